"""Environment variables that are taken for booleans although they are texts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.code.env_texts import Asked, EnvText, env_texts_of
from dockerlint_py.python import ModuleFacts, ModuleKind
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
    sites = {}
    for site in facts.calls_to("bool"):
        if len(site.call.args) == 1 and not site.call.keywords:
            sites[Asked(site.call.args[0], site.scope, site.guard)] = site.call
    for asked, text in env_texts_of(application.python_files, path, sites):
        if _IS_SET_NAME.search(text.variable):
            continue
        call = sites[asked]
        off = _set_to_off(application, text.variable)
        assigned = _assigned_name(facts, call.start)
        if off or _is_boolean(text) or _BOOLEAN_NAME.search(assigned):
            yield _found(application, path, text.variable, call.start, call.end)


def _bare_settings(application: "Application", path: str) -> Iterator[EnvBoolean]:
    facts = application.python_files.facts(path)
    targets = [item.target for item in facts.assignments]
    values = [
        Asked(item.value, item.scope, item.guard)
        for item in facts.assignments
        if item.scope == 0 and item.op == "=" and item.value is not None
        if item.target in _DJANGO_BOOLEANS and targets.count(item.target) == 1
    ]
    for asked, text in env_texts_of(application.python_files, path, values):
        yield _found(application, path, text.variable, *asked.span)


def _gated_settings(application: "Application", path: str) -> Iterator[EnvBoolean]:
    """`if os.environ.get("X"): DEBUG = True`."""
    facts = application.python_files.facts(path)
    tests = dict.fromkeys(
        Asked(guard.test, item.scope, guard.parent)
        for item in facts.assignments
        if item.target in _DJANGO_BOOLEANS and isinstance(item.value, Const)
        for guard in facts.guards_of(item.guard)
        if guard.kind == "if" and guard.test is not None
    )
    for asked, text in env_texts_of(application.python_files, path, tests):
        if not _IS_SET_NAME.search(text.variable):
            yield _found(application, path, text.variable, *asked.span)


def _compared(application: "Application", path: str) -> Iterator[EnvBoolean]:
    """`os.environ.get("X") == True`: text is never equal to a boolean."""
    tests = {
        Asked(item.value.left, item.scope, item.guard): item.value
        for item in application.python_files.facts(path).assignments
        if isinstance(item.value, Compare) and item.value.ops in (("==",), ("is",))
        if isinstance(item.value.rights[0], Const) and isinstance(item.value.rights[0].value, bool)
    }
    for asked, text in env_texts_of(application.python_files, path, tests):
        span = tests[asked].start, tests[asked].end
        yield _found(application, path, text.variable, *span)._replace(is_never=True)


def _is_boolean(text: EnvText) -> bool:
    """Whether the name or the default of a variable shows that it is meant as a boolean."""
    by_default = isinstance(text.default, bool) or str(text.default).lower() in _WORDS
    return by_default or bool(_BOOLEAN_NAME.search(text.variable))


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
