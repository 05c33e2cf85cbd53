"""A service starts without waiting for its database, or for its migrations.

## Why
Plain `depends_on: [db]` waits until the container of the database is started, not until it accepts
connections: a migration that runs first fails. A web server that does not wait for the job that
migrates answers with errors about missing tables.

## Instead
Give the database a `healthcheck` and wait for `service_healthy`; wait for the job with
`service_completed_successfully`.

## References
- https://docs.docker.com/compose/how-tos/startup-order/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "MIG006",
    "depends-on-without-condition",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING, Severity.INFO),
    tags=("migrations", "compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    race = container.race
    if race is not None:
        yield container.finding(
            race.place,
            f"nothing waits until {' and '.join(race.until)}",
            because=race.because,
            severity=Severity.WARNING if race.is_certain else Severity.INFO,
        )
