"""Who runs an asynchronous function: requests, the start of the application, or nobody known."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from dockerlint_py.facts import Confidence, Known
from dockerlint_py.model.code.django_views import DjangoView, django_views_of
from dockerlint_py.python.expressions import Expr
from dockerlint_py.python.frameworks.routes import Handler, handlers_in
from dockerlint_py.python.notation import last_name, path_of
from dockerlint_py.python.records import CallSite, Function, ModuleFacts
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.code.async_code import AsyncCode

Runner: TypeAlias = Literal["request", "start", "other loop", "unknown"]

_MAX_CALLERS = 200
_OTHER_FRAMEWORKS = frozenset({"Flask", "Celery", "DRF"})
_AT_START = frozenset(
    {"on_event", "before_serving", "after_serving", "listener", "asynccontextmanager", "lifespan"}
)
"""Last parts of decorators of functions that run when nothing is served yet, or any more."""
_DEPENDS = ("fastapi.Depends", "fastapi.Security", "fastapi.params.Depends", "litestar.di.Provide")
_ADDERS = ("add_api_route", "add_route", "add_api_websocket_route", "add_websocket_route")
_ROUTES = ("starlette.routing.Route", "starlette.routing.WebSocketRoute")
_CLASSES = frozenset(
    {
        *("BaseHTTPMiddleware", "HTTPEndpoint", "HTTPMethodView", "WebSocketEndpoint"),
        *("AsyncConsumer", "AsyncHttpConsumer"),
        *("AsyncJsonWebsocketConsumer", "AsyncWebsocketConsumer"),
    }
)
"""Classes of Starlette, Sanic and Django Channels whose methods requests run."""
_HOOKS = frozenset(
    {
        *("dispatch", "get", "post", "put", "patch", "delete", "on_receive"),
        *("connect", "disconnect", "receive", "receive_json", "handle"),
    }
)


class Asked(NamedTuple):
    """Why a function runs on the loop of the application; `answers`: for requests, surely."""

    because: tuple[Known[str], ...]
    answers: bool


class AsyncCallers:
    """Follows asynchronous functions back to what runs them."""

    def __init__(self, code: "AsyncCode") -> None:
        self._code = code
        self._files = code.application.python_files
        self._handlers: dict[str, dict[int, Handler]] = {}
        self._given = _Given(code)

    def asked(self, path: str, function: Function) -> Asked | None:
        """Why a function runs on the loop; None when it does not, or at the start only."""
        seen = {(path, function.start)}
        queue: list[tuple[str, Function, tuple[Known[str], ...]]] = [(path, function, ())]
        runners: set[Runner] = set()
        for where, each, chain in queue:
            runner, fact = self._runner(where, each)
            if runner == "request" and fact is not None:
                return Asked((fact, *chain), answers=True)
            uses = (
                [] if runner == "start" else list(self._code.application.origins.uses(where, each))
            )
            runners |= {runner} if runner == "start" or not uses else set()
            for use in uses[:_MAX_CALLERS]:
                caller = self._files.facts(use.file).function_of(use.site.scope)
                if caller is None or not caller.is_async:
                    runners.add("other loop")
                elif (use.file, caller.start) not in seen and len(seen) < _MAX_CALLERS:
                    seen.add((use.file, caller.start))
                    place = self._place(use.file, use.site.call.start, use.site.call.end)
                    says = f"{caller.name} calls {each.name}"
                    link = Known(caller.name, (place,), says=says)
                    queue.append((use.file, caller, (link, *chain)))
        if "unknown" not in runners or not self._code.servers:
            return None
        return Asked((self._import(path),), answers=False)

    def _runner(self, path: str, function: Function) -> tuple[Runner, Known[str] | None]:
        facts = self._files.facts(path)
        if any(last_name(decorator) in _AT_START for decorator in function.decorators):
            return "start", None
        handler = self._handlers_of(path).get(function.start)
        if handler is not None and handler.framework not in _OTHER_FRAMEWORKS:
            says = f"it answers {handler.method.upper()} {handler.route or function.name}"
            return "request", self._head(path, function, says)
        if _is_middleware(function) or _is_hook(facts, function):
            return "request", self._head(path, function, "every request runs it")
        view = self._views.get((path, function.start))
        if view is not None:
            says = f"it answers /{(view.route or '').lstrip('/')}"
            return "request", Known(function.name, (view.place,), says=says)
        place = self._given.place(path, function)
        if place is not None:
            return "request", Known(function.name, (place,), says="requests run it")
        return "unknown", None

    @cached_property
    def _views(self) -> dict[tuple[str, int], DjangoView]:
        """The views of Django by file and start."""
        application = self._code.application
        views = django_views_of(application) if application.settings else ()
        return {(view.file, view.function.start): view for view in views}

    def _handlers_of(self, path: str) -> dict[int, Handler]:
        if path not in self._handlers:
            found = handlers_in(self._files.facts(path))
            self._handlers[path] = {each.function.start: each for each in found}
        return self._handlers[path]

    def _head(self, path: str, function: Function, says: str) -> Known[str]:
        first = function.decorators[0] if function.decorators else None
        start, end = (first.start, first.end) if first else (function.start, function.start + 9)
        return Known(function.name, (self._place(path, start, end),), says=says)

    def _place(self, path: str, start: int, end: int) -> Place:
        return self._files.source(path).place(start, end)

    def _import(self, path: str) -> Known[str]:
        server = self._code.server_of(path)
        says = f"{path} is part of the application in {server.value}"
        return Known(path, server.places, Confidence.LIKELY, says)


class _Given:
    """The functions that are handed over as dependencies or endpoints."""

    def __init__(self, code: "AsyncCode") -> None:
        self._code = code
        self._places: dict[tuple[str, int], Place] | None = None

    def place(self, path: str, function: Function) -> Place | None:
        """Where a function is handed over; None when it is not."""
        if self._places is None:
            self._places = dict(self._found())
        return self._places.get((path, function.start))

    def _found(self) -> Iterator[tuple[tuple[str, int], Place]]:
        origins, files = self._code.application.origins, self._code.application.python_files
        for path in sorted(self._code.files):
            facts = files.facts(path)
            for site in facts.calls:
                expr = _handed_over(site)
                if expr is None:
                    continue
                name = origins.receivers(path).names.path(path_of(expr), site.scope)
                origin = origins.of(name, site.scope, path)
                function = origins.function(origin)
                if function is not None and origin.file is not None:
                    place = files.source(path).place(site.call.start, site.call.end)
                    yield (origin.file, function.start), place


def _handed_over(site: CallSite) -> Expr | None:
    """The function that a call makes a dependency or an endpoint."""
    if site.path in _DEPENDS:
        return site.call.argument(0, "dependency")
    if site.path in _ROUTES or site.path.rpartition(".")[2] in _ADDERS:
        return site.call.argument(1, "endpoint")
    return None


def _is_middleware(function: Function) -> bool:
    return any(last_name(decorator) == "middleware" for decorator in function.decorators)


def _is_hook(facts: ModuleFacts, function: Function) -> bool:
    """Whether it is a method of a class that a framework calls for each request."""
    if function.name not in _HOOKS:
        return False
    parent = facts.scopes[function.scope].parent
    return any(
        cls.scope == parent and not _CLASSES.isdisjoint(map(last_name, cls.bases))
        for cls in facts.classes
    )
