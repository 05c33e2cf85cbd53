"""WebSockets are routed, and a server of WSGI or an nginx keeps them from the application.

## Why
WSGI knows no WebSockets: the routes of `ProtocolTypeRouter` are never reached, and browsers get 404
where they ask for a socket. An nginx in front of an ASGI server passes their handshake on only when
it is told to: without `Upgrade` the application gets a plain GET, and answers with 404 as well.

## Instead
Serve `asgi.py` with an ASGI server (uvicorn, daphne, gunicorn with an ASGI worker), for everything
or in a second service for the sockets alone. In nginx:

```nginx
proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection "upgrade";
```

## References
- https://channels.readthedocs.io/en/stable/deploying.html
- https://nginx.org/en/docs/http/websocket.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV016",
    "websocket-app-under-wsgi",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("server", "dockerfile", "compose", "python", "nginx", "start-up"),
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
    for blocked in container.network.blocked_websockets:
        yield container.finding(
            blocked.place,
            f"nothing passes `Upgrade` on, and {blocked.routes.value} routes WebSockets: "
            "their handshake fails",
            because=blocked.because,
            severity=Severity.WARNING,
            key="nginx",
        )
