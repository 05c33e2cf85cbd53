"""gunicorn's sync workers face the internet with no proxy before them.

## Why
A sync worker is busy for as long as its client takes to send and to read: a few slow clients, meant
or not, keep all workers from answering. gunicorn's documentation asks for a proxy that buffers.

## Instead
Put nginx or the like before it and publish that, publish on `127.0.0.1` alone, or use threads or
an asynchronous worker class.

## References
- https://docs.gunicorn.org/en/stable/deploy.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV019",
    "gunicorn-sync-exposed-directly",
    on=Container,
    given="servers",
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("server", "compose", "performance"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        exposed = server.problems.exposed_sync
        if exposed is not None:
            port, worker_class = exposed
            yield container.finding(
                port.place,
                "sync workers of gunicorn answer everybody: slow clients hold them all",
                because=(server.fact(), worker_class),
                key=server.name,
            )
