"""What an application has in its code that should come with its deployment."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dockerlint_py.facts import Known
from dockerlint_py.model.finding import Role
from dockerlint_py.python import ModuleFacts
from dockerlint_py.python.expressions import Const
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application

_KEY_NAMES = frozenset({"JWT_SECRET", "JWT_SECRET_KEY", "SECRET_KEY", "SESSION_SECRET"})
_SECRET = ("SECRET", "secret", "Secret")
_KEY_TEXT = regex(r"\b(?:JWT_SECRET|JWT_SECRET_KEY|SECRET_KEY|SESSION_SECRET)\b", re.IGNORECASE)
_NAME_OF_A_KEY = regex(r"[A-Z][A-Z0-9_]*\Z")
"""`SECRET_KEY = "SECRET_KEY"` names a variable or a field."""
_DEBUGGED = regex(r"\bdebug[ \t]*=")
_OTHER_STAGES = regex(r"(?:\A|[/_.-])(?:dev|develop|development|local|test|testing|ci)(?:[/_.-])")
"""Files of settings for development and tests."""


class SecretKey(NamedTuple):
    """A key that is written in code, and what it is set to."""

    name: str
    place: Place


class DebugSwitch(NamedTuple):
    """A switch that is on, and the fact to be cited."""

    name: str
    fact: Known[str]
    place: Place


def secret_keys_of(application: "Application") -> Iterator[SecretKey]:
    """The keys that the settings of production, Flask's configuration or constants hold."""
    for settings in application.production_settings:
        fact, place = settings.get("SECRET_KEY"), settings.place_of("SECRET_KEY")
        if isinstance(fact, Known) and isinstance(fact.value, str) and fact.value and place:
            yield SecretKey("SECRET_KEY", place)
    if application.settings:
        return
    files = application.python_files
    for path in files.with_text(_KEY_TEXT, application.files, _SECRET):
        if path in application.runtime and not _OTHER_STAGES.search(path):
            yield from _flask_keys(application, path)
            yield from _constant_keys(application, files.facts(path))


def _flask_keys(application: "Application", path: str) -> Iterator[SecretKey]:
    from dockerlint_py.python.frameworks.applications import applications_in
    from dockerlint_py.python.frameworks.flask import FlaskConfig

    files = application.python_files
    for found in applications_in(files.modules, files.facts(path)):
        if found.kind.framework != "Flask":
            continue
        fact = FlaskConfig(files.evaluator(), found).get("SECRET_KEY")
        if isinstance(fact, Known) and fact.value and fact.places:
            yield SecretKey("SECRET_KEY", fact.places[0])


def _constant_keys(application: "Application", facts: ModuleFacts) -> Iterator[SecretKey]:
    targets = [item.target for item in facts.assignments]
    source = application.python_files.source(facts.path)
    for item in facts.assignments:
        value = item.value.value if isinstance(item.value, Const) else None
        if item.scope or item.guard >= 0 or item.target not in _KEY_NAMES or item.value is None:
            continue
        is_key = isinstance(value, str) and value and not _NAME_OF_A_KEY.match(value)
        if is_key and targets.count(item.target) == 1:
            yield SecretKey(item.target, source.place(item.value.start, item.value.end))


def debug_switches_of(application: "Application") -> Iterator[DebugSwitch]:
    """Django's `DEBUG`, and `debug=True` of applications of Starlette's family."""
    for settings in application.production_settings:
        fact, place = settings.get("DEBUG"), settings.place_of("DEBUG")
        if isinstance(fact, Known) and fact.value is True and place:
            yield DebugSwitch("DEBUG", Known("DEBUG", fact.places, says=fact.says), place)
    if any(container.role is Role.PROD for container in application.containers):
        yield from _debugged_applications(application)


def _debugged_applications(application: "Application") -> Iterator[DebugSwitch]:
    from dockerlint_py.python.frameworks.applications import applications_in

    files = application.python_files
    for path in files.with_text(_DEBUGGED, application.entries):
        for found in applications_in(files.modules, files.facts(path)):
            debug = found.site.call.keyword("debug")
            starlette = found.kind.framework in ("FastAPI", "Starlette")
            if starlette and isinstance(debug, Const) and debug.value is True:
                place = files.source(path).place(debug.start, debug.end)
                yield DebugSwitch("debug", Known("debug", (place,), says="debug is True"), place)
