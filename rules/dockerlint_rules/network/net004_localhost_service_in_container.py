"""A container looks for a database or a broker in itself, where another service is meant.

## Why
`localhost` in a container is the container itself. The connection is refused, although the same
settings work on the machine of a developer who publishes the port of the database.

## Instead
Name the service: Compose makes its name a host name. Give it by a variable, so that the settings of
developers stay as they are: `environment: {DB_HOST: db}`.

## References
- https://docs.docker.com/compose/how-tos/networking/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET004",
    "localhost-service-in-container",
    on=Container,
    given="is_service",
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("network", "compose", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for wrong in container.network.wrong_hosts:
        severity = Severity.ERROR if wrong.is_certain else Severity.WARNING
        yield container.finding(
            wrong.endpoint.place,
            wrong.why,
            because=wrong.because,
            severity=severity,
            key=wrong.endpoint.name,
        )
