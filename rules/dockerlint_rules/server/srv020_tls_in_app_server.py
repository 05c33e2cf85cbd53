"""The application server speaks TLS itself.

## Why
Keys are in reach of the application, certificates are read at the start only, and each server
has its own idea of safe settings. A proxy renews certificates, redirects and buffers as well.

## Instead
Terminate TLS in nginx, Traefik or Caddy, and speak plain HTTP inside of the container network.

## References
- https://docs.gunicorn.org/en/stable/deploy.html
- https://www.uvicorn.org/deployment/#running-behind-nginx
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV020",
    "tls-in-app-server",
    on=Container,
    given="servers",
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("server", "dockerfile", "compose", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        tls = server.problems.own_tls
        if tls is not None:
            yield container.finding(
                tls.places[0] if tls.places else server.place,
                f"{server.name} terminates TLS itself: leave that to a proxy",
                because=(server.fact(), tls),
                key=server.name,
            )
