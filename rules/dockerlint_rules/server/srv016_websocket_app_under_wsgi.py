"""Django Channels routes WebSockets, and every server of production speaks WSGI.

## Why
WSGI knows no WebSockets: the routes of `ProtocolTypeRouter` are never reached, and browsers get 404
where they ask for a socket.

## Instead
Serve `asgi.py` with an ASGI server (uvicorn, daphne, gunicorn with an ASGI worker), for everything
or in a second service for the sockets alone.

## References
- https://channels.readthedocs.io/en/stable/deploying.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV016",
    "websocket-app-under-wsgi",
    on=Container,
    given="servers",
    severities=(Severity.ERROR,),
    tags=("server", "dockerfile", "compose", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        routes = server.problems.unreachable_websockets
        if routes is not None:
            yield container.finding(
                server.place,
                f"{server.name} serves WSGI, and {routes.value} routes WebSockets: "
                "nothing answers them",
                because=(server.fact(), routes),
                key=server.name,
            )
