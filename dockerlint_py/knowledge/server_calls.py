"""Calls of Python code that start a server and do not come back: `uvicorn.run(app)`.

A path is that of `python.records.CallSite`; `flask.Flask().run` is a method of what a call of
`flask.Flask` gave. Defaults are those of the functions' signatures.
"""

from collections.abc import Mapping

from dockerlint_py.knowledge.server_settings import (
    GRANIAN,
    HYPERCORN,
    RUNSERVER,
    UVICORN,
    WAITRESS,
    Setting,
    SettingName,
    Settings,
)
from dockerlint_py.knowledge.servers import SERVERS, Server
from dockerlint_py.record import NamedTuple

SOURCE = "the signatures of the released libraries"
DATE = "2026-11-24"


class StartCall(NamedTuple):
    """A call that serves: as which server, the settings by keyword, those given by position."""

    server: Server
    settings: Settings
    positions: tuple[str, ...] = ()
    is_complete: bool = True


_ANY = "0.0.0.0"
_LOOPBACK = "127.0.0.1"


def _pair(host: str, port: str, *, reload: str = "", host_key: str = "host") -> Settings:
    table: dict[SettingName, Setting] = {
        "application": Setting(key="app"),
        "host": Setting(key=host_key, default=host),
        "port": Setting(key="port", default=port),
        "socket": Setting(key="path"),
    }
    if reload:
        table["reload"] = Setting(key=reload, default="false")
    return table


_FLASK = Server("Flask.run", "flask", "web", "wsgi", _LOOPBACK, 5000, development=True)
_FLASK_SETTINGS = _pair(_LOOPBACK, "5000", reload="debug")
_SOCKETIO = _FLASK._replace(program="SocketIO.run", dist="flask-socketio")
_DASH = _FLASK._replace(program="Dash.run", dist="dash", port=8050)
_QUART = Server("Quart.run", "quart", "web", "asgi", _LOOPBACK, 5000, development=True)
_BOTTLE = Server("bottle.run", "bottle", "web", "wsgi", _LOOPBACK, 8080, development=True)
_WERKZEUG = Server("werkzeug.run_simple", "werkzeug", "web", "wsgi", development=True)
_AIOHTTP = Server("aiohttp.web.run_app", "aiohttp", "web", None, _ANY, 8080)
_SANIC = Server("Sanic.run", "sanic", "web", "asgi", _LOOPBACK, 8000)
_WSGIREF = Server("wsgiref", "python", "web", "wsgi", development=True)

CALLS: Mapping[str, StartCall] = {
    "uvicorn.run": StartCall(SERVERS["uvicorn"], UVICORN, ("app",)),
    "uvicorn.main.run": StartCall(SERVERS["uvicorn"], UVICORN, ("app",)),
    "uvicorn.Config": StartCall(SERVERS["uvicorn"], UVICORN, ("app",)),
    "uvicorn.config.Config": StartCall(SERVERS["uvicorn"], UVICORN, ("app",)),
    "hypercorn.asyncio.serve": StartCall(
        SERVERS["hypercorn"], HYPERCORN, ("app",), is_complete=False
    ),
    "waitress.serve": StartCall(SERVERS["waitress-serve"], WAITRESS, ("app",)),
    "granian.Granian": StartCall(SERVERS["granian"], GRANIAN, ("target", "address", "port")),
    "granian.server.Granian": StartCall(SERVERS["granian"], GRANIAN, ("target", "address", "port")),
    "aiohttp.web.run_app": StartCall(_AIOHTTP, _pair(_ANY, "8080"), ("app",)),
    "bottle.run": StartCall(_BOTTLE, _pair(_LOOPBACK, "8080", reload="reloader"), ("app",)),
    "bottle.Bottle().run": StartCall(_BOTTLE, _pair(_LOOPBACK, "8080", reload="reloader")),
    "werkzeug.serving.run_simple": StartCall(
        _WERKZEUG,
        _pair("", "", reload="use_reloader", host_key="hostname"),
        ("hostname", "port", "application"),
    ),
    "wsgiref.simple_server.make_server": StartCall(
        _WSGIREF, _pair("", ""), ("host", "port", "app")
    ),
    "flask.Flask().run": StartCall(_FLASK, _FLASK_SETTINGS, ("host", "port", "debug")),
    "flask.app.Flask().run": StartCall(_FLASK, _FLASK_SETTINGS, ("host", "port", "debug")),
    "apiflask.APIFlask().run": StartCall(_FLASK, _FLASK_SETTINGS, ("host", "port", "debug")),
    "flask_socketio.SocketIO().run": StartCall(_SOCKETIO, _FLASK_SETTINGS, ("app", "host", "port")),
    "dash.Dash().run": StartCall(_DASH, _pair(_LOOPBACK, "8050", reload="debug")),
    "dash.Dash().run_server": StartCall(_DASH, _pair(_LOOPBACK, "8050", reload="debug")),
    "quart.Quart().run": StartCall(
        _QUART, _pair(_LOOPBACK, "5000", reload="use_reloader"), ("host", "port")
    ),
    "sanic.Sanic().run": StartCall(
        _SANIC, _pair(_LOOPBACK, "8000", reload="auto_reload"), ("host", "port")
    ),
}
"""By path of what is called."""

DJANGO_COMMANDS: Mapping[str, StartCall] = {
    name: StartCall(SERVERS[f"manage.py {name}"], RUNSERVER, is_complete=False)
    for name in ("runserver", "runserver_plus")
}
"""By name, the commands of Django that serve, for code that calls one of the functions below."""

DJANGO_CALLERS = (
    "django.core.management.execute_from_command_line",
    "django.core.management.call_command",
)

METHODS = frozenset(path.rpartition(".")[2] for path in CALLS)
"""The last parts of those paths: other calls are not looked at."""
