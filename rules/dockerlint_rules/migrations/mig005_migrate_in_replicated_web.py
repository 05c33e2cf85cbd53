"""Several containers or workers run the migrations at the same time.

## Why
Neither Django nor Alembic keeps a second one away: two that start together both find the same
migration unapplied, and one of them fails half way. With an entry script that every service of
the image shares, the workers race the web server; code that migrates when the application starts
does so in every worker.

## Instead
Migrate in a service of its own that ends, and let the others wait for it with
`service_completed_successfully`; or take an advisory lock of the database around it.

## References
- https://fastapi.tiangolo.com/deployment/concepts/#previous-steps-before-starting
- https://docs.docker.com/compose/how-tos/startup-order/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "MIG005",
    "migrate-in-replicated-web",
    on=Container,
    severities=(Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("migrations", "compose", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for repeated in container.schema.repeated_migrations:
        yield container.finding(
            repeated.place,
            f"`{repeated.text}` is run by {repeated.who} at the same time",
            because=repeated.because,
        )
