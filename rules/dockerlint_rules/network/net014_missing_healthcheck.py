"""Another service starts after a web server, and nothing tells when that works.

## Why
A container that runs is not yet a server that answers. Without a health check, what comes after it
starts at once and meets refused connections; nothing notices a server that hangs either.

## Instead
Give the service a `healthcheck`, and wait for `condition: service_healthy`.

## References
- https://docs.docker.com/compose/how-tos/startup-order/
- https://docs.docker.com/reference/compose-file/services/#healthcheck
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET014",
    "missing-healthcheck",
    on=Container,
    given="is_service",
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("network", "compose", "dockerfile", "start-up"),
    equivalents=("DL3057",),
    yields_to=("CMP013",),
)
def check(container: Container) -> Iterator[Finding]:
    for need in container.network.unchecked_by[:1]:
        message = "there is no health check, and another service starts after this one"
        yield container.finding(container.place, message, because=(need.fact,))
