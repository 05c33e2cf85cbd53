"""The image does not have the migrations that it is told to apply.

## Why
Without its migrations Django's `migrate` ends well and makes no table for an app, so
nobody notices until the first query fails. `alembic upgrade` fails when it finds no configuration
where it is started.

## Instead
Copy the migrations with the code, take them out of `.dockerignore`, and start Alembic in the folder
of its `alembic.ini` or give it the path with `-c`.

## References
- https://docs.djangoproject.com/en/stable/topics/migrations/
- https://alembic.sqlalchemy.org/en/latest/tutorial.html#editing-the-ini-file
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "MIG002",
    "migrations-not-in-image",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("migrations", "dockerfile", "compose", "python", "start-up"),
    yields_to=("CTX005",),
)
def check(container: Container) -> Iterator[Finding]:
    for lacking in container.schema.lacking_migrations:
        yield container.finding(
            lacking.place, lacking.message, because=lacking.because, key=lacking.key
        )
