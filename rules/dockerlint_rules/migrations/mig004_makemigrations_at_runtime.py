"""Migrations are written when a container starts or its image is built.

## Why
`makemigrations` in a container writes files that are lost with it: they are in no commit, and the
next container, or the container beside it, writes others of its own. The database then records
migrations that no code has.

## Instead
Run `makemigrations` or `alembic revision` on a developer's machine and commit the result; only
`migrate` belongs into the deployment. `makemigrations --check` in the pipeline finds what was
forgotten.

## References
- https://docs.djangoproject.com/en/stable/topics/migrations/#version-control
- https://alembic.sqlalchemy.org/en/latest/tutorial.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "MIG004",
    "makemigrations-at-runtime",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("migrations", "dockerfile", "compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for program in container.schema.migrations_written:
        yield container.finding(
            program.place,
            f"`{program.text}` writes migrations that are in no commit",
            because=program.because,
        )
