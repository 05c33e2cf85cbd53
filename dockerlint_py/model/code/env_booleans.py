"""Environment variables that are taken for booleans although they are texts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.python import ModuleFacts, ModuleKind
from dockerlint_py.python.environment import RAW_READERS, EnvRead, Range
from dockerlint_py.python.expressions import Compare, Const
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application

_CALL = regex(r"\bbool\(")
_COMPARED = regex(r"(?:==|\bis)[ \t]+(?:True|False)\b")
_KINDS = frozenset({ModuleKind.MODULE, ModuleKind.COMMAND, ModuleKind.SCRIPT})
_BOOLEAN_NAME = regex(
    r"(?:\A|_)(?:DEBUG|TESTING|USE|IS|ENABLED?|DISABLED?|ALLOW|SECURE|VERBOSE)(?:_|\Z)"
)
_IS_SET_NAME = regex(r"_(?:DSN|URL|URI|KEY|TOKEN|SECRET|PATH|FILE|DIR|HOST|PORT|NAME|ID)\Z")
"""Names of values, of which `bool(...)` asks whether they are given at all."""
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "0", "1"})
_OFF = frozenset({"false", "no", "off", "0", "f", "n"})
_DJANGO_BOOLEANS = frozenset(
    {
        "CORS_ALLOW_ALL_ORIGINS",
        "CORS_ALLOW_CREDENTIALS",
        "CORS_ORIGIN_ALLOW_ALL",
        "CSRF_COOKIE_HTTPONLY",
        "CSRF_COOKIE_SECURE",
        "CSRF_USE_SESSIONS",
        "DEBUG",
        "EMAIL_USE_SSL",
        "EMAIL_USE_TLS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SECURE_HSTS_PRELOAD",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SECURE",
        "USE_I18N",
        "USE_TZ",
        "USE_X_FORWARDED_HOST",
    }
)
"""Settings whose truth Django, or django-cors-headers, asks for."""


class EnvBoolean(NamedTuple):
    """A variable whose text is taken for a boolean, so that `False` counts as true.

    `off` is a container that sets it to such a text, None when none is known to. `is_never` tells
    that it is compared with a boolean instead, which no text is equal to.
    """

    variable: str
    place: Place
    off: Known[str] | None
    is_never: bool = False


def env_booleans_of(application: "Application") -> Iterator[EnvBoolean]:
    """The variables that `bool(...)` is made of, and Django's settings that are the bare text."""
    files = application.python_files
    for path in files.with_text(_CALL, application.files, ("bool(",)):
        if files.kind(path) in _KINDS:
            yield from _casts(application, path)
    for path in application.settings_files:
        yield from _bare_settings(application, path)
        yield from _gated_settings(application, path)
    for path in files.with_text(_COMPARED, application.files, ("True", "False")):
        if files.kind(path) in _KINDS:
            yield from _compared(application, path)


def _casts(application: "Application", path: str) -> Iterator[EnvBoolean]:
    facts = application.python_files.facts(path)
    casts = [site for site in facts.calls_to("bool") if len(site.call.args) == 1]
    arguments = [(site.call.args[0].start, site.call.args[0].end) for site in casts]
    reads = _raw_reads(application, path, frozenset(arguments))
    for site, argument in zip(casts, arguments, strict=True):
        read = reads.get(argument)
        if read is None or read.name is None or _IS_SET_NAME.search(read.name):
            continue
        off = _set_to_off(application, read.name)
        assigned = _assigned_name(facts, site.call.start)
        if off or _is_boolean(read) or _BOOLEAN_NAME.search(assigned):
            yield _found(application, path, read.name, site.call.start, site.call.end)


def _bare_settings(application: "Application", path: str) -> Iterator[EnvBoolean]:
    facts = application.python_files.facts(path)
    targets = [item.target for item in facts.assignments]
    values = [
        (item.value.start, item.value.end)
        for item in facts.assignments
        if item.scope == 0 and item.op == "=" and item.value is not None
        if item.target in _DJANGO_BOOLEANS and targets.count(item.target) == 1
    ]
    reads = _raw_reads(application, path, frozenset(values))
    for start, end in values:
        read = reads.get((start, end))
        if read is not None and read.name is not None:
            yield _found(application, path, read.name, start, end)


def _gated_settings(application: "Application", path: str) -> Iterator[EnvBoolean]:
    """`if os.environ.get("X"): DEBUG = True`."""
    facts = application.python_files.facts(path)
    tests = [
        (guard.test.start, guard.test.end)
        for item in facts.assignments
        if item.target in _DJANGO_BOOLEANS and isinstance(item.value, Const)
        for guard in facts.guards_of(item.guard)
        if guard.kind == "if" and guard.test is not None
    ]
    for span, read in _raw_reads(application, path, frozenset(tests)).items():
        if span in tests and read.name is not None and not _IS_SET_NAME.search(read.name):
            yield _found(application, path, read.name, *span)


def _compared(application: "Application", path: str) -> Iterator[EnvBoolean]:
    """`os.environ.get("X") == True`: text is never equal to a boolean."""
    values = (item.value for item in application.python_files.facts(path).assignments)
    tests = {
        (value.left.start, value.left.end): (value.start, value.end)
        for value in values
        if isinstance(value, Compare) and value.ops in (("==",), ("is",))
        if isinstance(value.rights[0], Const) and isinstance(value.rights[0].value, bool)
    }
    for span, read in _raw_reads(application, path, frozenset(tests)).items():
        if span in tests and read.name is not None:
            yield _found(application, path, read.name, *tests[span])._replace(is_never=True)


def _raw_reads(
    application: "Application", path: str, spans: frozenset[Range]
) -> dict[Range, EnvRead]:
    """The reads at some spans of a module that give the text of the variable."""
    reads = application.python_files.env_reads.of(path, spans)
    return {(read.start, read.end): read for read in reads if read.reader in RAW_READERS}


def _is_boolean(read: EnvRead) -> bool:
    """Whether the name or the default of a variable shows that it is meant as a boolean."""
    default = read.default.value if isinstance(read.default, Const) else None
    by_default = isinstance(default, bool) or str(default).lower() in _WORDS
    return by_default or bool(_BOOLEAN_NAME.search(read.name or ""))


def _assigned_name(facts: ModuleFacts, start: int) -> str:
    """The name that a call is assigned to."""
    for item in facts.assignments:
        if item.value is not None and item.value.start == start:
            return item.target.rpartition(".")[2].upper()
    return ""


def _set_to_off(application: "Application", variable: str) -> Known[str] | None:
    for container in application.containers:
        fact = container.start_env.get(variable)
        if isinstance(fact, Known) and (fact.value or "").lower() in _OFF and fact.value:
            return Known(fact.value, fact.places, says=f"{variable} is set to {fact.value}")
    return None


def _found(
    application: "Application", path: str, variable: str, start: int, end: int
) -> EnvBoolean:
    place = application.python_files.source(path).place(start, end)
    return EnvBoolean(variable, place, _set_to_off(application, variable))
