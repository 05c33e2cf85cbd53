"""Migrations are not in the repository, or cannot be applied as they are.

## Why
An image is built from what is committed. Without its migrations `migrate` makes no table for an
app, and migrations that each machine writes for itself never agree with one another. What is
checked is that they are there: whether they describe the models as they are, only
`makemigrations --check` can tell.

## Instead
Commit every migration, `__init__.py` included, and take the line out of `.gitignore`. Join two
heads of Alembic with `alembic merge`.

## References
- https://docs.djangoproject.com/en/stable/topics/migrations/#version-control
- https://alembic.sqlalchemy.org/en/latest/branches.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "MIG001",
    "migrations-not-committed",
    on=Application,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("migrations", "python", "start-up"),
)
def check(application: Application) -> Iterator[Finding]:
    for missing in application.missing_migrations:
        yield application.finding(
            missing.place,
            missing.message,
            because=missing.because,
            severity=Severity.ERROR if missing.is_certain else Severity.WARNING,
            key=missing.key,
        )
