"""All paths that a server answers, where the code of its application leaves no doubt about them."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.route_neutral import DJANGO_MIDDLEWARE
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.model.servers.served import ServedApplication
    from dockerlint_py.model.servers.server import RunningServer
    from dockerlint_py.python.routing.hosts import TrustedHosts
    from dockerlint_py.python.routing.patterns import Pattern
    from dockerlint_py.python.routing.reading import Reader

_SERVERS = frozenset(
    {
        *(
            "daphne",
            "fastapi dev",
            "fastapi run",
            "flask run",
            "granian",
            "gunicorn",
            "hypercorn",
            "uvicorn",
        ),
        "waitress-serve",
    }
)
"""Servers that hand every path on, but for a prefix that they are told."""
_QUIET_SETTINGS = {"PREPEND_WWW": False, "SECURE_SSL_REDIRECT": False, "WHITENOISE_ROOT": None}
"""Settings of Django that make it answer for any path, and what they have to be."""
_DJANGO = "django.core."


class RouteTable(NamedTuple):
    """The paths of an application. `place` is where it is made, or where its paths are listed.

    `trusted` are the hosts that middleware of Starlette lets in, one for each such middleware.
    """

    routes: "tuple[Pattern, ...]"
    place: Place
    trusted: "tuple[TrustedHosts, ...]" = ()

    def answers(self, path: str) -> bool:
        """Whether a route may answer a path, with or without a slash at its end."""
        from dockerlint_py.python.routing.patterns import answers

        return answers(self.routes, path)


def route_table(server: "RunningServer") -> RouteTable | None:
    """The routes of the application that a server serves; None unless they are all known."""
    from dockerlint_py.python.routing.reading import Reader, Unreadable

    served = server.served.application
    if server.name not in _SERVERS or not isinstance(served, Known):
        return None
    if not isinstance(server.root_path, Known) or server.root_path.value:
        return None
    try:
        return _table(server, Reader(server.served.evaluator), served.value)
    except Unreadable:
        return None


def _table(
    server: "RunningServer", reader: "Reader", served: "ServedApplication"
) -> RouteTable | None:
    from dockerlint_py.python.evaluate.values import Made

    made = _made(server, reader, served)
    if not isinstance(made, Made):
        return None
    if served.framework == "Django":
        settings = server.container.code.settings
        is_itself = made.path.startswith(_DJANGO) and len(settings) == 1
        return _of_django(reader, settings[0]) if is_itself else None
    paths = tuple(reader.evaluator.graph.reachable([_module(server, served), served.place.path]))
    if any(reader.facts(path).problems for path in paths):
        return None
    if served.framework in ("FastAPI", "Starlette"):
        from dockerlint_py.python.routing.fastapi import FastApiRoutes
        from dockerlint_py.python.routing.hosts import trusted_hosts_of

        routes = FastApiRoutes(reader, paths)
        return RouteTable(routes.of(made), served.place, trusted_hosts_of(reader, routes))
    if served.framework == "Flask":
        from dockerlint_py.python.routing.flask import FlaskRoutes

        return RouteTable(FlaskRoutes(reader, paths).of(made), served.place)
    return None


def _made(server: "RunningServer", reader: "Reader", served: "ServedApplication") -> object:
    """The application itself, not something that holds it, as evaluation gives it."""
    if server.code is not None and server.code.application is not None:
        return server.code.application
    if served.is_factory:
        return reader.made_at(served.place)
    if not served.name.isidentifier():
        return None
    return reader.evaluator.value(_module(server, served), served.name)


def _module(server: "RunningServer", served: "ServedApplication") -> str:
    """The file that the server is pointed at; the application may be made in another one."""
    target = server.served.module
    return target.value.path if isinstance(target, Known) else served.path


def _of_django(reader: "Reader", settings: "Settings") -> RouteTable | None:
    from dockerlint_py.python.routing.django import DjangoRoutes
    from dockerlint_py.python.routing.patterns import ANY

    root = settings.get("ROOT_URLCONF")
    files = settings.application.python_files
    dotted = root.value if isinstance(root, Known) else None
    path = files.graph.module(dotted, settings.path) if isinstance(dotted, str) else None
    if path is None or not files.is_understood(path) or not _hands_on(settings):
        return None
    routes = DjangoRoutes(reader, lambda name: _known(settings, name)).of(path)
    static = _known(settings, "STATIC_URL")
    if not routes or not (isinstance(static, str) or _is(settings, "STATIC_URL", None)):
        return None
    more = [f"/{static.lstrip('/')}{ANY}"] if isinstance(static, str) else []
    if _known(settings, "DEBUG") is not False:
        more.append("/")  # Django greets there while nothing but its admin is installed
    return RouteTable((*routes, *more), files.source(path).place(0, 0))


def _hands_on(settings: "Settings") -> bool:
    """Whether its middleware answers for no path that `urlpatterns` does not have."""
    middleware = settings.all_items("MIDDLEWARE")
    if middleware is None or not all(m.text.startswith(DJANGO_MIDDLEWARE) for m in middleware):
        return False
    return all(_is(settings, name, wanted) for name, wanted in _QUIET_SETTINGS.items())


def _is(settings: "Settings", name: str, wanted: object) -> bool:
    fact = settings.get(name)
    known = isinstance(fact, Known) and fact.value == wanted
    return known or (settings.has(name) is False and not wanted)


def _known(settings: "Settings", name: str) -> object:
    """A setting; None unless it is known."""
    fact = settings.get(name)
    return fact.value if isinstance(fact, Known) else None
