"""A database lets everybody in, or has a password that everybody knows.

## Why
Whoever reaches the port of the database, from a container beside it or through a port that is
published, reads and changes all data. `trust` asks for no password at all; `postgres`, `admin` or
`changeme` are tried first.

## Instead
Let the deployment give the password, and fail without it: `${POSTGRES_PASSWORD:?}`; or name a
file: `POSTGRES_PASSWORD_FILE: /run/secrets/db_password`.

## References
- https://github.com/docker-library/docs/blob/master/postgres/README.md
- https://docs.docker.com/compose/how-tos/use-secrets/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Security, Severity, rule


@rule(
    "CFG012",
    "insecure-database-credentials",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING, Severity.ERROR),
    role="prod",
    tags=("configuration", "compose", "security"),
    security=Security(1391, 7.5),
)
def check(container: Container) -> Iterator[Finding]:
    ports = container.service.published_to_all if container.service else ()
    says = "a port is published on all addresses of the host"
    because = tuple(Known("", (port.place,), says=says) for port in ports[:1])
    for weak in container.weak_logins:
        severity = Severity.ERROR if because else Severity.WARNING
        yield container.finding(
            weak.place, weak.why, because=because, severity=severity, key=weak.variable
        )
