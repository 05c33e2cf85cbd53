"""Whatever starts the container empties or drops the database.

## Why
The command runs at every start: each deployment, each restart after a crash or a reboot, each
further replica. `flush` in the entry script of a tutorial has cost people their data.

## Instead
Leave `migrate` in the start-up alone. Whoever wants an empty database gives the command by hand,
or the entry script of development does.

## References
- https://docs.djangoproject.com/en/stable/ref/django-admin/#flush
- https://alembic.sqlalchemy.org/en/latest/tutorial.html#downgrading
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "MIG007",
    "destructive-command-at-startup",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("migrations", "dockerfile", "compose", "data-loss"),
)
def check(container: Container) -> Iterator[Finding]:
    for program in container.schema.data_destroyed:
        yield container.finding(
            program.place,
            f"`{program.text}` deletes the data whenever the container starts",
            because=program.because,
        )
