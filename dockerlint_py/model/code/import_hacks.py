"""Changes of `sys.path` and entries of PYTHONPATH that a project could do without."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.container_files import file_in, has_in
from dockerlint_py.model.finding import Severity
from dockerlint_py.model.image.paths import is_under, joined
from dockerlint_py.model.image.placement import paths_in
from dockerlint_py.python import ModuleFacts
from dockerlint_py.python.expressions import Const, Expr
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.startups import Startup

VARIABLE = "PYTHONPATH"
_WORDS = ("sys.path", "addsitedir")
_CHANGES = regex(r"\bsys\.path\b|\baddsitedir\b")
_CALLS = ("sys.path.append", "sys.path.insert", "sys.path.extend", "site.addsitedir")
_NAME = regex(r"[A-Za-z_]\w*")
_OWN = regex(
    r"__file__|\bgetcwd\(|\.cwd\(|\b_?(?:base|root|project|apps?|src|parent)_?(?:dir|path|root)\b",
    re.IGNORECASE,
)
"""What a path of the project is computed from."""
_OTHERS = regex(
    r"environ|getenv|vendor|third_?party|submodule|plugin|proto|grpc|pb2|generated|site-packages",
    re.IGNORECASE,
)
"""Code that is not written here, or is laid somewhere by whoever deploys."""
_ALONE = frozenset({"manage.py", "env.py", "conftest.py"})
"""Programs that are started from anywhere, and make the project importable for themselves."""
_ELSEWHERE = frozenset({"main", "typing", "except"})
_MAX_NAMES = 20
_SOURCE_FOLDERS = frozenset({"src", "lib", "python"})


class ImportHack(NamedTuple):
    """What is done, in words, and how bad it is."""

    place: Place
    message: str
    severity: Severity
    because: tuple[Known[Any], ...]
    key: str = ""


def import_hacks_of(application: "Application") -> Iterator[ImportHack]:
    """All of them in an application that runs in a container."""
    if not application.containers:
        return
    yield from _changes(application)
    seen: set[tuple[Place, str]] = set()
    for container in application.containers:
        for startup in container.code.startups:
            for hack in _of_variable(container, startup, application):
                if (hack.place, hack.key) not in seen:
                    seen.add((hack.place, hack.key))
                    yield hack


def _changes(application: "Application") -> Iterator[ImportHack]:
    """The statements of code that serves which put a folder of the project on `sys.path`."""
    files = application.python_files
    for path in files.with_text(_CHANGES, sorted(application.runtime), _WORDS):
        if path.rpartition("/")[2] in _ALONE:
            continue
        facts = files.facts(path)
        for expr, value, scope, guard in _statements(facts):
            kinds = {each.kind for each in facts.guards_of(guard)}
            if not facts.at_import(scope) or kinds & _ELSEWHERE:
                continue
            if _is_own(application, facts, value):
                place = files.source(path).place(expr[0], expr[1])
                message = "`sys.path` is changed to find modules of the project"
                yield ImportHack(place, message, Severity.INFO, ())


_Statement = tuple[tuple[int, int], Expr, int, int]


def _statements(facts: ModuleFacts) -> Iterator[_Statement]:
    """What changes `sys.path`: where it is, what is put there, its scope and its guard."""
    for site in facts.calls_to(*_CALLS):
        if site.call.args:
            span = (site.call.start, site.call.end)
            yield span, site.call.args[-1], site.scope, site.guard
    for item in facts.assignments:
        if item.target == "sys.path" and item.value is not None:
            yield (item.start, item.end), item.value, item.scope, item.guard


def _is_own(application: "Application", facts: ModuleFacts, value: Expr) -> bool:
    """Whether a value is made of a path of the project itself."""
    if isinstance(value, Const):
        return isinstance(value.value, str) and _is_own_literal(application, facts, value.value)
    text = _meaning(application, facts, value)
    return bool(_OWN.search(text)) and not _OTHERS.search(text)


def _is_own_literal(application: "Application", facts: ModuleFacts, literal: str) -> bool:
    if _OTHERS.search(literal):
        return False
    if not literal.startswith("/"):
        return True
    places = (paths_in(container, facts.path) for container in application.containers)
    return any(is_under(each, joined("/", literal)) for found in places for each in found)


def _meaning(application: "Application", facts: ModuleFacts, value: Expr) -> str:
    """The text of an expression and of what is assigned to the names in it."""
    text = application.python_files.text(facts.path)
    parts = [text[value.start : value.end]]
    names: set[str] = set()
    for part in parts:
        new = set(_NAME.findall(part)) - names if len(names) < _MAX_NAMES else set()
        names |= new
        parts += [
            text[item.value.start : item.value.end]
            for item in facts.assignments
            if item.target in new and item.value is not None
        ]
    return "\n".join(parts)


def _of_variable(
    container: "Container", startup: "Startup", application: "Application"
) -> Iterator[ImportHack]:
    variable, cwd = startup.invocation.env.get(VARIABLE), startup.invocation.cwd
    if startup.application is not application or isinstance(cwd, Unknown):
        return
    if isinstance(variable, Unknown) or not variable.value or not variable.places:
        return
    entries = [joined(cwd.value, each) for each in variable.value.split(":") if each]
    others = [each for each in dict.fromkeys(entries) if each != cwd.value]
    for entry in others:
        place = variable.places[0]
        yield from _missing(container, place, entry, is_only=len(others) == 1)
        if is_under(entry, cwd.value):
            yield from _doubled(container, place, entry)
    if len(others) == 1 and is_under(others[0], cwd.value):
        yield from _unneeded(application, variable.places[0], others[0])


def _missing(
    container: "Container", place: Place, entry: str, *, is_only: bool
) -> Iterator[ImportHack]:
    build = container.build
    facts = [has_in(each, entry) for each in (build.containers if build else (container,))]
    there = facts[0]
    absent = all(isinstance(fact, Known) and not fact.value for fact in facts)
    if isinstance(there, Known) and absent and container.repository.platform is None:
        message = f"there is no {entry}: Python passes over this entry of {VARIABLE}"
        severity = Severity.WARNING if is_only else Severity.INFO
        yield ImportHack(place, message, severity, (there,), entry)


def _doubled(container: "Container", place: Place, entry: str) -> Iterator[ImportHack]:
    init = file_in(container, f"{entry}/__init__.py")
    if isinstance(init, Known) and init.value is not None:
        because = Known(entry, (init.value.place(0, 0),), says=f"{init.value.path} is in it")
        message = f"{VARIABLE} names a package, {entry}: its modules are imported by two names"
        yield ImportHack(place, message, Severity.INFO, (because,), entry)


def _unneeded(application: "Application", place: Place, entry: str) -> Iterator[ImportHack]:
    """An entry that all code is in, so that the programs could as well be started there."""
    if not _SOURCE_FOLDERS.isdisjoint(entry.split("/")):
        return
    for container in application.containers:
        startups = container.code.startups
        if not startups or not all(_is_within(container, each, entry) for each in startups):
            return
    says = f"all code that is started lies in {entry}"
    message = f"{VARIABLE} is not needed if the programs are started in {entry}"
    yield ImportHack(place, message, Severity.INFO, (Known(entry, says=says),), entry)


def _is_within(container: "Container", startup: "Startup", folder: str) -> bool:
    """Whether all code that a program imports is known to be below a folder."""
    reached = startup.application.python_files.graph.reachable([startup.file])
    places = (paths_in(container, path) for path in reached)
    return all(found and all(is_under(each, folder) for each in found) for found in places)
