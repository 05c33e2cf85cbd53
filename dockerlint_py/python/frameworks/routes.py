"""Routes and request handlers, as far as literals show them."""

from collections.abc import Iterator

from dockerlint_py.python.expressions import Call, Const, Expr
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.receivers import Receivers
from dockerlint_py.python.records import Function, ModuleFacts
from dockerlint_py.record import NamedTuple

_METHODS = frozenset(
    {"get", "post", "put", "patch", "delete", "options", "head", "trace", "websocket", "route"}
)
_HOLDERS = {
    "fastapi.FastAPI()": "FastAPI",
    "fastapi.APIRouter()": "FastAPI",
    "starlette.applications.Starlette()": "Starlette",
    "flask.Flask()": "Flask",
    "flask.Blueprint()": "Flask",
    "quart.Quart()": "Quart",
    "quart.Blueprint()": "Quart",
}
_BARE = {
    "litestar.get": "Litestar",
    "litestar.post": "Litestar",
    "litestar.put": "Litestar",
    "litestar.patch": "Litestar",
    "litestar.delete": "Litestar",
    "rest_framework.decorators.api_view": "DRF",
    "celery.shared_task": "Celery",
}
_DJANGO = ("django.urls.path", "django.urls.re_path", "django.conf.urls.url")


class Handler(NamedTuple):
    """A function that answers requests (or runs as a task), and how it is told to."""

    framework: str
    method: str
    route: str | None
    function: Function


class DjangoRoute(NamedTuple):
    """A `path(...)` of a URL configuration: its literal, and what it leads to in path notation."""

    route: str | None
    view: str
    includes: str
    start: int
    end: int


def handlers_in(facts: ModuleFacts) -> Iterator[Handler]:
    """The request handlers and tasks of a module, by their decorators.

    Objects with handler decorators that come from another module of the repository are taken for
    what their decorator says: `@router.get("/x")` on a name that is not followed has no framework.
    """
    receivers = Receivers(facts)
    for function in facts.functions:
        for decorator in function.decorators:
            found = _handler(receivers, function, decorator)
            if found is not None:
                yield found
                break


def _handler(receivers: Receivers, function: Function, decorator: Expr) -> Handler | None:
    outer = receivers.facts.scopes[function.scope].parent
    path = receivers.names.path(path_of(decorator), outer).removesuffix("()")
    if path in _BARE:
        return Handler(_BARE[path], path.rpartition(".")[2], _literal(decorator), function)
    followed = receivers.follow(path, outer)
    holder, _, method = followed.rpartition(".")
    if method == "task" and holder.endswith("Celery()"):
        return Handler("Celery", "task", None, function)
    if method not in _METHODS or not holder:
        return None
    route = _literal(decorator)
    known = _HOLDERS.get(holder, "")
    return Handler(known, method, route, function) if known or route is not None else None


def _literal(decorator: Expr) -> str | None:
    first = decorator.argument(0, "path") if isinstance(decorator, Call) else None
    return first.value if isinstance(first, Const) and isinstance(first.value, str) else None


def django_routes(facts: ModuleFacts) -> Iterator[DjangoRoute]:
    """The `path()`, `re_path()` and `url()` calls of a module."""
    receivers = Receivers(facts)
    for site in facts.calls_to(*_DJANGO):
        view = site.call.argument(1, "view")
        route = site.call.argument(0, "route")
        literal = route.value if isinstance(route, Const) and isinstance(route.value, str) else None
        name = "" if view is None else receivers.names.path(path_of(view), site.scope)
        included = ""
        if isinstance(view, Call) and name == "django.urls.include()" and view.args:
            first = view.args[0]
            if isinstance(first, Const) and isinstance(first.value, str):
                included = first.value
        yield DjangoRoute(literal, name, included, site.call.start, site.call.end)
