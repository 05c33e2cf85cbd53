"""Middleware that Starlette's family adds in code, and CORS in it and in Flask."""

from collections.abc import Iterator

from dockerlint_py.facts import Fact, Known
from dockerlint_py.python.evaluate import Evaluator
from dockerlint_py.python.evaluate.frame import Frame
from dockerlint_py.python.evaluate.inside import value_in
from dockerlint_py.python.evaluate.results import Python, from_python, to_fact
from dockerlint_py.python.evaluate.values import NOWHERE, Unresolved
from dockerlint_py.python.expressions import Call, Starred
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.receivers import Receivers
from dockerlint_py.python.records import CallSite
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

_CORS_MIDDLEWARE = "CORSMiddleware"
_STARLETTE_DEFAULTS: dict[str, object] = {
    "allow_origins": [],
    "allow_methods": ["GET"],
    "allow_headers": [],
    "allow_credentials": False,
    "allow_origin_regex": None,
}
"""https://www.starlette.io/middleware/#corsmiddleware"""
_FLASK_DEFAULTS: dict[str, object] = {
    "origins": "*",
    "methods": ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"],
    "supports_credentials": False,
}
"""https://corydolphin.com/flask-cors/api/"""


class Middleware(NamedTuple):
    """A middleware that `add_middleware` or `Middleware(...)` adds, by its full path."""

    path: str
    call: Call
    scope: int
    place: Place


class Cors(NamedTuple):
    """CORS of an application: its mechanism and its options under the evaluator's environment."""

    mechanism: str
    options: dict[str, Fact[Python]]
    place: Place

    def option(self, name: str) -> Fact[Python]:
        """An option, the framework's own value where the code gives none."""
        return self.options[name]


def middleware_in(evaluator: Evaluator, path: str) -> Iterator[Middleware]:
    """The middleware that a module adds in code, in the order of the file."""
    frame = evaluator.module(path)
    receivers = Receivers(frame.facts)
    for site in frame.facts.calls:
        added = site.path.endswith(".add_middleware")
        if not (added or site.path == "starlette.middleware.Middleware") or not site.call.args:
            continue
        cls = receivers.names.path(path_of(site.call.args[0]), site.scope)
        place = frame.place(site.call.start, site.call.end)
        yield Middleware(cls, site.call, site.scope, place)


def cors_in(evaluator: Evaluator, path: str) -> Iterator[Cors]:
    """The CORS that a module sets up for Starlette's family or Flask."""
    frame = evaluator.module(path)
    for found in middleware_in(evaluator, path):
        if found.path.rpartition(".")[2] == _CORS_MIDDLEWARE:
            options = _options(evaluator, frame, found.call, found.scope, _STARLETTE_DEFAULTS)
            yield Cors("Starlette", options, found.place)
    for site in frame.facts.calls_to("flask_cors.CORS", "flask_cors.cross_origin"):
        place = frame.place(site.call.start, site.call.end)
        options = _options(evaluator, frame, site.call, site.scope, _FLASK_DEFAULTS)
        yield Cors("Flask-CORS", _by_resources(evaluator, frame, site, options), place)


def _options(
    evaluator: Evaluator, frame: Frame, call: Call, scope: int, defaults: dict[str, object]
) -> dict[str, Fact[Python]]:
    """The options of a call; all are unknown when it takes `**something`."""
    hidden = any(keyword.name is None for keyword in call.keywords)
    hidden = hidden or any(isinstance(arg, Starred) for arg in call.args)
    options: dict[str, Fact[Python]] = {}
    for name, default in defaults.items():
        expr = call.keyword(name)
        if expr is not None:
            options[name] = to_fact(name, value_in(evaluator, frame, expr, scope))
        elif hidden:
            options[name] = to_fact(name, Unresolved("it may be in **options"))
        else:
            options[name] = to_fact(name, from_python(default, NOWHERE))
    return options


def _by_resources(
    evaluator: Evaluator,
    frame: Frame,
    site: CallSite,
    options: dict[str, Fact[Python]],
) -> dict[str, Fact[Python]]:
    """`resources={r"/api/*": {"origins": ...}}` overrides the options of the call."""
    expr = site.call.keyword("resources")
    if expr is None:
        return options
    fact = to_fact("resources", value_in(evaluator, frame, expr, site.scope))
    if not isinstance(fact, Known) or not isinstance(fact.value, dict):
        return {name: to_fact(name, Unresolved("resources are not known")) for name in options}
    for given in fact.value.values():
        for name in options:
            if isinstance(given, dict) and name in given:
                says = f"{name} is {given[name]!r}"
                options[name] = Known(given[name], fact.places, says=says)
    return options
