"""Nothing logs the requests that gunicorn answers.

## Why
gunicorn writes no access log unless it is told to, unlike most servers. With no proxy that
logs before it, nobody can tell who asked for what, nor how long it took.

## Instead
`--access-logfile -` writes it to the container's log.

## References
- https://docs.gunicorn.org/en/stable/settings.html#accesslog
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "PYR006",
    "access-log-disabled",
    on=Container,
    given="servers",
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("python-runtime", "dockerfile", "compose", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        proxy = server.problems.lost_requests
        if proxy is not None:
            yield container.finding(
                server.place,
                "gunicorn writes no access log, and no proxy does",
                because=(server.fact(), proxy),
                key=server.name,
            )
