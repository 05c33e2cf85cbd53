"""The paths of FastAPI applications: their own routes, and those of the routers they include.

Of those of Starlette it is known that code does nothing unseen to them, and their middleware.
"""

from collections.abc import Iterator

from dockerlint_py.knowledge.route_neutral import FASTAPI_TAKERS, MIDDLEWARE
from dockerlint_py.python.evaluate.values import Plain, Value
from dockerlint_py.python.expressions import Attr, Const, Expr, Keyword, Name, Sequence
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.receivers import Receivers
from dockerlint_py.python.records import CallSite
from dockerlint_py.python.routing.escapes import Dialect, Escapes
from dockerlint_py.python.routing.mentions import Mention
from dockerlint_py.python.routing.patterns import ANY, Pattern, of_starlette, of_value
from dockerlint_py.python.routing.reading import Reader, RoutingObject, Unreadable, is_open
from dockerlint_py.python.routing.registrations import Registration, Registrations
from dockerlint_py.record import NamedTuple

APPLICATIONS = ("fastapi.FastAPI", "fastapi.applications.FastAPI")
_STARLETTE = ("starlette.applications.Starlette",)
_ROUTERS = ("fastapi.APIRouter", "fastapi.routing.APIRouter")
_VERBS = frozenset({"delete", "get", "head", "options", "patch", "post", "put", "trace"})
_ROUTES = frozenset(
    {
        *("add_api_route", "add_api_websocket_route", "add_route", "add_websocket_route"),
        *("api_route", "route", "websocket", "websocket_route"),
    }
)
_BELOW = frozenset({"frontend", "host", "include_router", "mount"})
_ADD = "add_middleware"
_WRAPPERS = ("fastapi.middleware.Middleware", "starlette.middleware.Middleware")
_HARMLESS = frozenset(
    {
        *("add_event_handler", "dependency_overrides", "description", "extra", "on_event"),
        *("on_shutdown", "on_startup", "openapi", "openapi_schema", "openapi_tags", "state"),
        *("title", "url_path_for", "version"),
    }
)
_PLAIN_ARGUMENTS = frozenset(
    {
        *("callbacks", "contact", "debug", "default_response_class", "dependencies", "deprecated"),
        *("description", "generate_unique_id_function", "include_in_schema", "license_info"),
        *("on_shutdown", "on_startup", "openapi_external_docs", "openapi_tags"),
        *("redirect_slashes", "responses", "separate_input_output_schemas", "servers", "summary"),
        *("swagger_ui_init_oauth", "swagger_ui_parameters", "tags", "terms_of_service", "title"),
        *("version", "webhooks"),
    }
)
"""Arguments of applications and routers that change no path."""
_OWN = {
    "openapi_url": "/openapi.json",
    "docs_url": "/docs",
    "swagger_ui_oauth2_redirect_url": "/docs/oauth2-redirect",
    "redoc_url": "/redoc",
}
_CATCH_ALL = ("BaseException", "Exception", "HTTPException")
"""Exceptions whose handlers may answer for a path that is not there."""
_MAX_DEPTH = 12
_MAX_ROUTES = 4000


class Middleware(NamedTuple):
    """A middleware by its full name, and the call that adds it with its arguments."""

    name: str
    path: str
    site: CallSite


class FastApiRoutes:
    """The paths of one application, read from the files that `paths` names.

    `middleware` is what stands before it, known with its paths.
    """

    def __init__(self, reader: Reader, paths: tuple[str, ...]) -> None:
        self.middleware: list[Middleware] = []
        self._reader = reader
        self._registrations = Registrations(reader, _VERBS, _ROUTES | _BELOW | {_ADD})
        self._registrations.read(paths)
        self._escapes = Escapes(reader, self._registrations, Dialect(_HARMLESS, _is_judged, _takes))

    def of(self, made: Value) -> tuple[Pattern, ...]:
        """The patterns of all paths that an application may answer."""
        found = self._reader.object(made, *APPLICATIONS, *_STARLETTE)
        if found is None:
            raise Unreadable
        routes = [*self._own(found), *self._routes(found, "", 0)]
        if len(routes) > _MAX_ROUTES:
            raise Unreadable
        return tuple(dict.fromkeys(routes))

    def _own(self, found: RoutingObject) -> Iterator[Pattern]:
        """The documentation, unless it is switched off."""
        given = {**found.made.keywords}
        if found.made.path in _STARLETTE or _is_off(given.get("openapi_url")):
            return
        for name, usual in _OWN.items():
            value = given.get(name)
            if name == "swagger_ui_oauth2_redirect_url" and _is_off(given.get("docs_url")):
                continue
            if not _is_off(value):
                yield usual if value is None else of_value(value)

    def _routes(self, found: RoutingObject, prefix: Pattern, depth: int) -> Iterator[Pattern]:
        if depth > _MAX_DEPTH or found.made.arguments:
            raise Unreadable
        for keyword in found.site.call.keywords:
            if keyword.name == "routes":
                yield prefix + ANY
            elif not self._leaves_paths(found, keyword):
                raise Unreadable
        self._escapes.check(found)
        own = found.made.keywords.get("prefix")
        prefix += "" if own is None else of_starlette(of_value(own))
        for each in self._registrations.of(found.place):
            if each.method == _ADD:
                self._added(each.path, each.site)
            elif each.method in _BELOW:
                yield from self._below(each, prefix, depth)
            else:
                yield prefix + of_starlette(self._argument(each, 0, "path"))

    def _below(self, each: Registration, prefix: Pattern, depth: int) -> Iterator[Pattern]:
        if each.method == "host":
            raise Unreadable
        if each.method != "include_router":
            yield prefix + of_starlette(self._argument(each, 0, "path")).rstrip("/") + ANY
            return
        if is_open(each.call) or not each.call.args:
            raise Unreadable
        given = each.call.keyword("prefix")
        inner = prefix if given is None else prefix + self._argument(each, 1, "prefix")
        site = each.site
        value = self._reader.value(each.path, each.call.args[0], site.scope, site.guard)
        router = self._reader.object(value, *_ROUTERS)
        if router is None:
            yield inner + ANY
        else:
            yield from self._routes(router, of_starlette(inner), depth + 1)

    def _argument(self, each: Registration, position: int, name: str) -> Pattern:
        expr = None if is_open(each.call) else each.call.argument(position, name)
        if expr is None:
            raise Unreadable
        site = each.site
        return of_value(self._reader.value(each.path, expr, site.scope, site.guard))

    def _leaves_paths(self, found: RoutingObject, keyword: Keyword) -> bool:
        """Whether an argument of an application or router changes nothing about its paths."""
        if keyword.name in (*_PLAIN_ARGUMENTS, *_OWN, "prefix"):
            return True
        if keyword.name == "lifespan":
            return self._is_quiet_lifespan(found, keyword.value)
        return keyword.name == "middleware" and all(self._listed(found, keyword.value))

    def _is_quiet_lifespan(self, found: RoutingObject, expr: Expr) -> bool:
        """Whether a lifespan is a function that only uses the state of the application."""
        named = expr.name if isinstance(expr, Name) else ""
        place = self._reader.function_named(found.path, named) if named else None
        if place is None or len(place[1].params) != 1:
            return False
        return self._escapes.uses_well(*place)

    def _listed(self, found: RoutingObject, expr: Expr) -> Iterator[bool]:
        """Whether each of the middleware in a list hands on what it gets."""
        if isinstance(expr, Name):
            index = self._escapes.index(found.path)
            expr = index.display_named(expr.name, found.assignment.scope) or expr
        if not isinstance(expr, Sequence):
            yield False
            return
        facts = self._reader.facts(found.path)
        sites = {site.call.start: site for site in facts.calls_to(*_WRAPPERS)}
        for item in expr.items:
            site = sites.get(item.start)
            yield site is not None and bool(site.call.args)
            if site is not None and site.call.args:
                self._added(found.path, site)

    def _added(self, path: str, site: CallSite) -> None:
        """Takes note of a middleware; one that may answer by itself is not understood."""
        expr = site.call.args[0] if site.call.args else None
        names = Receivers(self._reader.facts(path)).names
        named = names.path(path_of(expr), site.scope) if expr is not None else ""
        if named not in MIDDLEWARE:
            raise Unreadable
        self.middleware.append(Middleware(named, path, site))


def _is_off(value: Value | None) -> bool:
    """Whether an argument is given, and empty or None."""
    return isinstance(value, Plain) and not value.value


def _takes(reader: Reader, path: str, site: CallSite) -> bool:
    func = site.call.func
    del reader, path
    return site.path in FASTAPI_TAKERS or (isinstance(func, Attr) and func.attr == "include_router")


def _is_judged(reader: Reader, path: str, mention: Mention, site: CallSite | None) -> bool:
    """Handlers of exceptions that a view raises, not of paths that are not there."""
    if mention.attribute not in ("add_exception_handler", "exception_handler"):
        return False
    if site is None or not site.call.args:
        return False
    first = site.call.args[0]
    if isinstance(first, Const):
        return first.value not in (404, 405)
    named = Receivers(reader.facts(path)).names.path(path_of(first), site.scope)
    return "." in named and not named.endswith(_CATCH_ALL)
