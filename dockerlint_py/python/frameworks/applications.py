"""Application objects: what a server or a worker is pointed at."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.python.evaluate import Evaluator, Value
from dockerlint_py.python.evaluate.values import FunctionValue, Made, Unresolved
from dockerlint_py.python.modules import Modules
from dockerlint_py.python.receivers import is_made_by
from dockerlint_py.python.records import CallSite, ModuleFacts
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source

Interface: TypeAlias = Literal["wsgi", "asgi", "worker"]


class Kind(NamedTuple):
    """A framework's application class or function: its name for people, and what it speaks."""

    framework: str
    interface: Interface


KINDS: dict[str, Kind] = {
    "fastapi.FastAPI": Kind("FastAPI", "asgi"),
    "fastapi.applications.FastAPI": Kind("FastAPI", "asgi"),
    "starlette.applications.Starlette": Kind("Starlette", "asgi"),
    "litestar.Litestar": Kind("Litestar", "asgi"),
    "litestar.app.Litestar": Kind("Litestar", "asgi"),
    "quart.Quart": Kind("Quart", "asgi"),
    "sanic.Sanic": Kind("Sanic", "asgi"),
    "falcon.asgi.App": Kind("Falcon", "asgi"),
    "django.core.asgi.get_asgi_application": Kind("Django", "asgi"),
    "channels.routing.ProtocolTypeRouter": Kind("Channels", "asgi"),
    "socketio.ASGIApp": Kind("python-socketio", "asgi"),
    "asgiref.wsgi.WsgiToAsgi": Kind("asgiref", "asgi"),
    "a2wsgi.WSGIMiddleware": Kind("a2wsgi", "asgi"),
    "flask.Flask": Kind("Flask", "wsgi"),
    "flask.app.Flask": Kind("Flask", "wsgi"),
    "bottle.Bottle": Kind("Bottle", "wsgi"),
    "falcon.App": Kind("Falcon", "wsgi"),
    "falcon.API": Kind("Falcon", "wsgi"),
    "apiflask.APIFlask": Kind("APIFlask", "wsgi"),
    "pyramid.config.Configurator().make_wsgi_app": Kind("Pyramid", "wsgi"),
    "django.core.wsgi.get_wsgi_application": Kind("Django", "wsgi"),
    "socketio.WSGIApp": Kind("python-socketio", "wsgi"),
    "whitenoise.WhiteNoise": Kind("WhiteNoise", "wsgi"),
    "a2wsgi.ASGIMiddleware": Kind("a2wsgi", "wsgi"),
    "celery.Celery": Kind("Celery", "worker"),
    "celery.app.Celery": Kind("Celery", "worker"),
}
_WRAPPERS = frozenset({"whitenoise.WhiteNoise"})

_SIGNATURES: dict[tuple[bool, tuple[str, ...]], Kind] = {
    (True, ("scope", "receive", "send")): Kind("plain Python", "asgi"),
    (False, ("environ", "start_response")): Kind("plain Python", "wsgi"),
    (False, ("env", "start_response")): Kind("plain Python", "wsgi"),
}
"""What a function is whose parameters have the names that the two standards give them."""


class Application(NamedTuple):
    """An application object, or a factory of it, in a module.

    `name` is what a server is pointed at after the colon; `arguments` are those of the constructor.
    """

    path: str
    name: str
    kind: Kind
    factory: bool
    site: CallSite
    place: Place


class FunctionApplication(NamedTuple):
    """A function of the repository that is an application itself, by its signature."""

    path: str
    name: str
    kind: Kind
    place: Place
    factory: bool = False


def applications_in(modules: Modules, facts: ModuleFacts) -> Iterator[Application]:
    """The applications that a module makes, at its top or in a function that returns one."""
    source = modules.source(facts.path)
    if not isinstance(source, Source):
        return
    for site in facts.calls:
        kind = KINDS.get(site.path)
        if kind is None:
            continue
        place = source.place(site.call.start, site.call.end)
        name, factory = _binding(facts, site)
        if name:
            yield Application(facts.path, name, kind, factory, site, place)


def _binding(facts: ModuleFacts, site: CallSite) -> tuple[str, bool]:
    """The name of what holds the application, and whether that is a factory."""
    if not facts.at_import(site.scope):
        return facts.scopes[_outermost(facts, site.scope)].name, True
    for item in facts.assignments:
        if is_made_by(item.value, site.call):
            return item.target, False
    return "", False


def _outermost(facts: ModuleFacts, scope: int) -> int:
    while facts.scopes[scope].parent > 0:
        scope = facts.scopes[scope].parent
    return scope


def application_at(
    evaluator: Evaluator, path: str, name: str
) -> Fact[Application | FunctionApplication]:
    """The application that a dotted target (`module:name`) means, followed through imports.

    `name` may be an attribute chain. A name that nothing binds is unknown as well: a module can
    define names in ways that are not followed.
    """
    head, *rest = name.split(".")
    value = evaluator.value(path, head)
    for part in rest:
        value = None if value is None else evaluator.attribute(value, part)
    if value is None:
        return Unknown(f"{path} binds no {name}")
    return application_of(evaluator, path, name, value)


def application_of(
    evaluator: Evaluator, path: str, name: str, value: Value
) -> Fact[Application | FunctionApplication]:
    """The application that a value is; `path` and `name` say for people where it is held."""
    if isinstance(value, FunctionValue):
        return _of_function(evaluator, name, value)
    if isinstance(value, Made) and value.path in _WRAPPERS and value.arguments:
        inner = application_of(evaluator, path, name, value.arguments[0])
        if isinstance(inner, Known):
            return inner
    if isinstance(value, Made) and value.path in KINDS and value.place is not None:
        found = _made_at(evaluator, value.place)
        if found is not None:
            # A function may have made it, but what is named is the application itself.
            return _known(found._replace(name=name, factory=False))
    why = value.why if isinstance(value, Unresolved) else "it is no application that is known"
    return Unknown(f"{name} of {path}: {why}", places=value.origin.places)


def _made_at(evaluator: Evaluator, place: Place) -> Application | None:
    modules = evaluator.graph.modules
    for found in applications_in(modules, modules.facts(place.path)):
        if found.place.span == place.span:
            return found
    return None


def _of_function(
    evaluator: Evaluator, name: str, value: FunctionValue
) -> Fact[Application | FunctionApplication]:
    modules = evaluator.graph.modules
    facts, source = modules.facts(value.path), modules.source(value.path)
    function = facts.functions[value.number]
    names = tuple(parameter.name for parameter in function.params)
    kind = _SIGNATURES.get((function.is_async, names))
    is_plain = not function.decorators and value.bound is None
    if kind is not None and is_plain and isinstance(source, Source):
        place = source.place(function.start, function.end)
        return _known(FunctionApplication(value.path, name, kind, place))
    for found in applications_in(modules, facts):
        if found.factory and found.name == function.name:
            return _known(found._replace(name=name))
    return Unknown(f"{name} of {value.path}: a function that makes no known application")


def _known(
    found: Application | FunctionApplication,
) -> Known[Application | FunctionApplication]:
    made = "is a factory of" if found.factory else "is"
    says = f"{found.path} {found.name} {made} {_article(found.kind.framework)} application"
    return Known(found, (found.place,), says=says)


def _article(framework: str) -> str:
    return f"{'an' if framework[0] in 'AEIOU' else 'a'} {framework}"
