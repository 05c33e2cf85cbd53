"""A service waits until another one is healthy, which has no health check.

## Why
`docker compose config` accepts it, but `docker compose up` ends with "dependency failed to start:
container has no healthcheck configured". Neither the official database images nor the Python images
declare a health check.

## Instead
Give the other service a `healthcheck`, such as `pg_isready` for PostgreSQL, or declare a
`HEALTHCHECK` in the stage that it is built from.

## References
- https://docs.docker.com/compose/how-tos/startup-order/
- https://docs.docker.com/reference/compose-file/services/#healthcheck
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Severity, rule


@rule(
    "CMP013",
    "healthy-condition-without-healthcheck",
    on=Container,
    given="is_service",
    severities=(Severity.ERROR,),
    tags=("compose", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    needs = container.needs
    for need in needs.value if isinstance(needs, Known) else ():
        health = need.container.health_check.effective
        waits = need.is_strict and need.waits_until("service_healthy")
        if waits and isinstance(health, Known) and health.value is None:
            yield container.finding(
                need.condition_place,
                f"`{need.name}` has no health check: `docker compose up` fails",
                because=(health,),
                key=need.name,
            )
