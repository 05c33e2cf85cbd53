"""The code of an application that runs when it serves, and what it should not do there."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.finding import Role
from dockerlint_py.python import ModuleFacts, ModuleKind
from dockerlint_py.python.expressions import Attr, Bool, Call, Compare, Const, Expr, Name, Unary
from dockerlint_py.python.frameworks.routes import handlers_in
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import Assert, CallSite
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application

_PRINT = regex(r"\bprint[ \t]*\(")
_ASSERT = regex(r"^[ \t]*assert\b", re.MULTILINE)
_EXCUSED = regex(r"#[ \t]*noqa:[^#\n]{0,80}\b(?:T201|S101)\b")
_COMMAND_LINES = ("argparse", "click", "typer", "fire", "docopt", "rich_click")
_LOADED_BY_DJANGO = frozenset(
    {
        *("admin.py", "apps.py", "asgi.py", "consumers.py", "context_processors.py"),
        *("middleware.py", "models.py", "routing.py", "signals.py", "tasks.py", "urls.py"),
        *("views.py", "wsgi.py"),
    }
)
"""Modules that Django, Channels and Celery import by their names."""
_CHANGES = frozenset(
    {
        *("acquire", "add", "commit", "create", "delete", "discard", "execute", "insert", "next"),
        *("pop", "popitem", "popleft", "remove", "save", "send", "setdefault", "update", "write"),
    }
)
"""Last parts of calls that are made for what they do."""
_ACCESS = regex(
    r"\b(?:is_staff|is_superuser|is_authenticated|has_perms?|has_permission|authenticated"
    r"|authorized|is_admin|check_permission|check_password)\b"
)


class Prints(NamedTuple):
    """The calls of `print` in one file: the one to show, and how many there are.

    `answers` tells that it is in a task or in what answers requests, `buffered` that what a
    container of the application prints waits in a buffer.
    """

    place: Place
    number: int
    answers: bool
    buffered: Known[str | None] | None


class Asserts(NamedTuple):
    """The asserts in one file: the one to show, and how many there are.

    `guards_access` tells that it decides who may do something, `has_effect` that it also does
    something that the rest relies on; `stripped` is what takes all of
    them out of a container of production.
    """

    place: Place
    number: int
    guards_access: bool
    has_effect: bool
    stripped: Known[str] | None


def runtime_of(application: "Application") -> frozenset[str]:
    """What its entries and its servers and workers import, and what Django imports by itself."""
    files = application.python_files
    seeds = [*application.entries, *(each.path for each in application.settings)]
    seeds += [
        startup.file
        for container in application.containers
        for startup in container.code.startups
        if startup.application is application and startup.invocation.serving is not None
    ]
    if application.settings:
        names = ((path, path.rpartition("/")[2]) for path in application.files)
        seeds += [path for path, name in names if name in _LOADED_BY_DJANGO]
    reached = files.graph.reachable(path for path in seeds if files.kind(path) is ModuleKind.MODULE)
    members = set(application.files)
    return frozenset(
        path for path in reached if path in members and files.kind(path) is ModuleKind.MODULE
    )


def prints_of(application: "Application") -> Iterator[Prints]:
    """What prints while it serves; programs for the command line are left alone."""
    files = application.python_files
    for path in files.with_text(_PRINT, application.files, ("print",)):
        if path not in application.runtime or path in application.settings_files:
            continue
        facts = files.facts(path)
        if facts.has_main_guard or _is_for_command_line(facts):
            continue
        sites = [s for s in facts.calls_to("print") if _is_output(application, facts, s)]
        if not sites:
            continue
        handlers = {handler.function.start for handler in handlers_in(facts)}
        around = [(facts.function_of(site.scope), site.call) for site in sites]
        answering = [call for each, call in around if each is not None and each.start in handlers]
        call = answering[0] if answering else sites[0].call
        place = files.source(path).place(call.start, call.end)
        yield Prints(place, len(sites), bool(answering), _buffered(application))


def _buffered(application: "Application") -> Known[str | None] | None:
    """Why what a container of the application prints is delayed."""
    deployed = (c for c in application.containers if c.role in (Role.PROD, Role.UNKNOWN))
    return next((c.buffers for c in deployed if c.buffers is not None), None)


def asserts_of(application: "Application") -> Iterator[Asserts]:
    """What is asserted while it serves; what only tells a type checker something is left alone."""
    files = application.python_files
    for path in files.with_text(_ASSERT, application.files, ("assert",)):
        if path not in application.runtime:
            continue
        facts = files.facts(path)
        found = [item for item in facts.asserts if _is_judged(application, facts, item)]
        if found:
            source = files.source(path)
            access = [i for i in found if _ACCESS.search(source.text[i.start : i.end])]
            effects = [i for i in found if _has_effect(facts, source.text, i)]
            shown = (access or effects or found)[0]
            place = source.place(shown.start, shown.end)
            yield Asserts(
                place, len(found), bool(access), bool(effects), application.stripped_asserts
            )


def stripped_asserts_of(application: "Application") -> Known[str] | None:
    """What makes Python leave out asserts in a container of production."""
    for container in application.containers:
        if container.role is not Role.PROD or container.process.unknown:
            continue
        for program in container.process.python:
            if "O" in program.program.python_flags:
                return Known("-O", (program.place,), says="Python runs with -O")
            fact = program.env.get("PYTHONOPTIMIZE")
            if isinstance(fact, Known) and fact.value not in (None, "", "0"):
                return Known("PYTHONOPTIMIZE", fact.places, says=f"PYTHONOPTIMIZE is {fact.value}")
    return None


def _is_output(application: "Application", facts: ModuleFacts, site: CallSite) -> bool:
    """Whether a `print` is for the log: not for debugging, and not of a console script."""
    around = facts.guards_of(site.guard)
    debugging = any(guard.test and "DEBUG" in path_of(guard.test) for guard in around)
    if site.call.keyword("file") or debugging:
        return False
    return not (
        _is_excused(application, facts.path, site.call.start)
        or _is_console_script(application, facts, site.scope)
    )


def _is_console_script(application: "Application", facts: ModuleFacts, scope: int) -> bool:
    """Whether the manifest names the function around something as a program."""
    manifest = application.repository.snapshot.text(
        f"{application.folder}/pyproject.toml".strip("/")
    )
    if manifest is None:
        return False
    module = application.python_files.graph.name_of(facts.path)
    names = (around.name for around in facts.scopes_of(scope) if around.kind == "function")
    return any(f"{module}:{name}" in manifest.text for name in names)


def _is_excused(application: "Application", path: str, at: int) -> bool:
    """Whether a comment for another linter on a line says that it is meant."""
    source = application.python_files.source(path)
    line = source.line_span(source.position(at).line)
    return bool(_EXCUSED.search(source.text[line.start : line.end]))


def _is_for_command_line(facts: ModuleFacts) -> bool:
    return any(item.module.partition(".")[0] in _COMMAND_LINES for item in facts.imports)


def _is_judged(application: "Application", facts: ModuleFacts, item: Assert) -> bool:
    around = facts.guards_of(item.guard)
    if _is_excused(application, facts.path, item.start):
        return False
    return not _narrows(item.test) and not any(g.kind in ("main", "typing") for g in around)


def _has_effect(facts: ModuleFacts, text: str, item: Assert) -> bool:
    """Whether its test assigns, awaits, or calls a method that changes something."""
    start, end = item.test.start, item.test.end
    if ":=" in text[start:end]:
        return True
    calls = (site for site in facts.calls if start <= site.call.start < end)
    return any(site.awaited or site.path.rpartition(".")[2] in _CHANGES for site in calls)


def _narrows(test: Expr) -> bool:
    """Whether a test only tells what type something has, or that a line is never reached."""
    if isinstance(test, Bool):
        return all(_narrows(value) for value in test.values)
    if isinstance(test, Unary):
        return _narrows(test.operand)
    if isinstance(test, Compare):
        nothing = all(isinstance(right, Const) and right.value is None for right in test.rights)
        return nothing and all(op in ("is", "is not") for op in test.ops)
    if isinstance(test, Call):
        return path_of(test.func) in ("isinstance", "issubclass", "callable", "hasattr")
    if isinstance(test, Attr):
        return not _ACCESS.search(path_of(test))
    return isinstance(test, Name | Const)
