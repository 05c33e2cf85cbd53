"""Routes for WebSockets of Django Channels, and whether a server can serve them."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.finding import Role
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.server import RunningServer

_ROUTER = "channels.routing.ProtocolTypeRouter"
_WORD = regex(r"\bProtocolTypeRouter\b")
_DECORATOR = regex(r"\.websocket\(")
_DECORATING = ("FastAPI", "Starlette")
_KEY = regex(r"""["']websocket["']""")


def unreachable_websockets(server: "RunningServer") -> Known[str] | None:
    """The routes of a Django application that is served by WSGI servers alone."""
    served = server.served.application
    if not isinstance(served, Known) or served.value.framework != "Django":
        return None
    if served.value.interface != "wsgi" or not server.is_certain:
        return None
    path = served.value.path
    for application in server.container.repository.applications:
        if path in application.files and _all_by_wsgi(application):
            return _routes(application)
    return None


def websocket_routes(server: "RunningServer") -> Known[str] | None:
    """The routes for WebSockets of the application that an ASGI server serves."""
    served = server.served.application
    if not isinstance(served, Known) or served.value.interface != "asgi":
        return None
    for application in server.container.repository.applications:
        if served.value.path not in application.files:
            continue
        if served.value.framework in ("Channels", "Django"):
            return _routes(application)
        if served.value.framework in _DECORATING:
            return _decorated(application)
    return None


def _decorated(application: "Application") -> Known[str] | None:
    """`@app.websocket("/ws")` in code that is imported."""
    from dockerlint_py.python.frameworks.routes import handlers_in

    files = application.python_files
    paths = (path for path in application.files if path in application.runtime)
    for path in files.with_text(_DECORATOR, paths, (".websocket(",)):
        for handler in handlers_in(files.facts(path)):
            if handler.method == "websocket" and handler.framework in _DECORATING:
                function = handler.function
                place = files.source(path).place(function.start, function.end)
                return Known(path, (place,), says=f"{path} routes WebSockets")
    return None


def _routes(application: "Application") -> Known[str] | None:
    """Where the protocol `websocket` is routed, if Channels is one of the installed apps."""
    installed = [
        item.text for each in application.settings for item in each.items("INSTALLED_APPS")
    ]
    if not any(name == "channels" or name.startswith("channels.") for name in installed):
        return None
    files = application.python_files
    for path in files.with_text(_WORD, application.files, ("ProtocolTypeRouter",)):
        for site in files.facts(path).calls_to(_ROUTER):
            place = files.source(path).place(site.call.start, site.call.end)
            if _KEY.search(place.text):
                return Known(path, (place,), says=f"{path} routes WebSockets")
    return None


def _all_by_wsgi(application: "Application") -> bool:
    """Whether it is known of all containers that may serve it that they do so by WSGI."""
    containers = application.containers
    return all(_is_by_wsgi(c) for c in containers if c.role not in (Role.DEV, Role.TEST))


def _is_by_wsgi(container: "Container") -> bool:
    if container.process.unknown is not None:
        return False
    interfaces = [server.interface for server in container.servers if server.is_web]
    return all(isinstance(each, Known) and each.value == "wsgi" for each in interfaces)
