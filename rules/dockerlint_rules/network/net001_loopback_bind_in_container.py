"""A server listens on the loopback interface: nothing outside its container gets there.

## Why
`127.0.0.1` in a container is the container itself: neither a published port nor another service
gets through, however right everything else is. gunicorn, uvicorn, Hypercorn, Daphne, Granian,
`flask run` and `runserver` listen there unless they are told otherwise.

## Instead
Let it listen on `0.0.0.0`. What of that is open to the world is decided by the ports that are
published. Linters of Python that warn of `0.0.0.0` (S104, B104) do not know about containers:
ignore that warning for what a container starts.

## References
- https://docs.docker.com/engine/network/
- https://www.uvicorn.org/settings/#socket-binding
- https://docs.gunicorn.org/en/stable/settings.html#bind
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET001",
    "loopback-bind-in-container",
    on=Container,
    given="servers",
    severities=(Severity.ERROR,),
    tags=("network", "dockerfile", "compose", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for found in container.network.unreachable_servers:
        message = f"{found.server.name} listens on {found.host}: only its own container gets there"
        because = (found.binds, found.wanted)
        yield container.finding(found.place, message, because=because, key=found.host)
