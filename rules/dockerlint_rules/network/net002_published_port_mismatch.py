"""A port is published, or named to a proxy, on which nothing in the container listens.

## Why
The second number of `ports` is a port inside the container. When the server listens on another one,
Docker still accepts connections on the host and drops them at once: the browser says that the
connection was reset. Proxies that read labels answer 502.

## Instead
Name the port that the server listens on: `"8080:8000"` for a server on 8000.

## References
- https://docs.docker.com/reference/compose-file/services/#ports
- https://docs.docker.com/reference/dockerfile/#expose
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET002",
    "published-port-mismatch",
    on=Container,
    severities=(Severity.ERROR, Severity.INFO),
    tags=("network", "compose", "dockerfile", "start-up"),
    yields_to=("NET003",),
)
def check(container: Container) -> Iterator[Finding]:
    for wrong in container.network.wrong_published_ports:
        message = f"nothing listens on port {wrong.port} in the container"
        yield container.finding(
            wrong.place, message, because=(wrong.listening,), key=str(wrong.port)
        )
    for wrong in container.network.wrong_exposed_ports:
        message = f"the server of the image does not listen on port {wrong.port}"
        yield container.finding(
            wrong.place,
            message,
            because=(wrong.listening,),
            severity=Severity.INFO,
            key=str(wrong.port),
        )
