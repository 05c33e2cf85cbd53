"""Where debugging is switched on in a container: Django, Flask, Starlette and FastAPI."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.code.running_code import RunningCode
from dockerlint_py.python import ModuleKind
from dockerlint_py.python.expressions import Call
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate import Value
    from dockerlint_py.python.frameworks.applications import Application

_DEBUGGED = regex(r"\b(?i:debug)\b")
_SETS_DEBUG = regex(r"\bDEBUG\b|\bdebug[ ]?=")
_OFF_FOR_FLASK = ("", "0", "false", "no")
"""https://flask.palletsprojects.com/en/stable/config/#DEBUG"""
_VARIABLE = "FLASK_DEBUG"


class DebugSwitch(NamedTuple):
    """A switch that is on, the fact to be cited, and where it is switched on."""

    name: str
    fact: Known[str]
    place: Place


def debug_switches_of(code: RunningCode) -> Iterator[DebugSwitch]:
    """The switches of Django's settings, and of the application objects in its entries."""
    from dockerlint_py.python.frameworks.applications import applications_in

    yield from _of_django(code)
    files = code.application.python_files
    for path in code.application.entries:
        for found in applications_in(files.modules, files.facts(path)):
            if found.kind.framework == "Flask":
                yield from _of_flask(code, found)
            elif found.kind.framework in ("FastAPI", "Starlette"):
                yield from _of_argument(code, found.path, found.site.call, found.site.scope)
    yield from _of_flask_servers(code)


def _of_django(code: RunningCode) -> Iterator[DebugSwitch]:
    settings = code.settings
    if settings is None:
        return
    place, value = settings.place_of("DEBUG"), settings.value_of("DEBUG")
    if place is not None and value is not None:
        yield from _if_on(code, "DEBUG", value, place)


def _if_on(code: RunningCode, name: str, value: "Value", place: Place) -> Iterator[DebugSwitch]:
    """A switch with a value that is true; it is reported where the environment switches it on."""
    from dockerlint_py.python.evaluate.results import to_fact

    fact = to_fact(name, value)
    if not isinstance(fact, Known) or not fact.value:
        return
    for read in value.origin.reads:
        given = code.env.get(read.name)
        if read.state == "set" and given.places:
            place = given.places[0]
    yield DebugSwitch(name, Known(name, fact.places, says=fact.says), place)


def _of_argument(
    code: RunningCode, path: str, call: Call, scope: int, position: int | None = None
) -> Iterator[DebugSwitch]:
    """`debug=` of a call."""
    from dockerlint_py.python.evaluate.inside import value_in

    expr = call.keyword("debug") if position is None else call.argument(position, "debug")
    if expr is not None:
        frame = code.evaluator.module(path)
        place = frame.place(expr.start, expr.end)
        yield from _if_on(code, "debug", value_in(code.evaluator, frame, expr, scope), place)


def _of_flask(code: RunningCode, found: "Application") -> Iterator[DebugSwitch]:
    """`app.debug`, `app.config["DEBUG"]`, and the variable that holds when neither is set."""
    from dockerlint_py.python.frameworks.flask import FlaskConfig

    value = FlaskConfig(code.evaluator, found).values.get("DEBUG")
    if value is not None:
        if value.origin.places:
            yield from _if_on(code, "DEBUG", value, value.origin.places[0])
        return
    fact = code.env.get(_VARIABLE)
    if isinstance(fact, Known) and (fact.value or "").lower() not in _OFF_FOR_FLASK and fact.places:
        says = f"{_VARIABLE} is {fact.value}"
        yield DebugSwitch(_VARIABLE, Known(_VARIABLE, fact.places, says=says), fact.places[0])


def switched_off_for_flask(code: RunningCode) -> Known[str] | None:
    """That the Flask applications of some code surely run without debugging, to be cited."""
    from dockerlint_py.python.frameworks.applications import applications_in

    files = code.application.python_files
    facts = [
        _off(code, found)
        for path in code.application.entries
        for found in applications_in(files.modules, files.facts(path))
        if found.kind.framework == "Flask"
    ]
    return facts[0] if facts and all(fact is not None for fact in facts) else None


def _off(code: RunningCode, found: "Application") -> Known[str] | None:
    """That the debugging of an application is off, and no other file speaks of it."""
    from dockerlint_py.python.evaluate.results import to_fact
    from dockerlint_py.python.frameworks.flask import FlaskConfig

    files, config = code.application.python_files, FlaskConfig(code.evaluator, found)
    value, variable = config.values.get("DEBUG"), code.env.get(_VARIABLE)
    others = (path for path in code.application.files if value is None or path != found.path)
    kinds = (ModuleKind.TEST, ModuleKind.MIGRATION)
    if not config.is_understood or any(
        _SETS_DEBUG.search(files.text(path)) for path in others if files.kind(path) not in kinds
    ):
        return None
    if value is not None:
        fact = to_fact("DEBUG", value)
        is_off = isinstance(fact, Known) and not fact.value
        return Known("DEBUG", fact.places, says="DEBUG is off") if is_off else None
    if not isinstance(variable, Known) or (variable.value or "").lower() not in _OFF_FOR_FLASK:
        return None
    return Known(_VARIABLE, variable.places, says=f"nothing sets DEBUG or {_VARIABLE}")


def _of_flask_servers(code: RunningCode) -> Iterator[DebugSwitch]:
    """`app.run(debug=True)` of a program that the container starts."""
    files = code.application.python_files
    for server in code.container.servers:
        started = server.code
        if started is None or not server.is_certain or server.name != "Flask.run":
            continue
        if started.path not in code.application.files:
            continue
        for site in files.facts(started.path).calls:
            if site.call.start == started.place.span.start:
                yield from _of_argument(code, started.path, site.call, site.scope, position=2)
