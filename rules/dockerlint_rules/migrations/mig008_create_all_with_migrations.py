"""The application creates its tables when it starts, beside migrations or several workers.

## Why
`create_all` makes tables that Alembic's history knows nothing of: the next `alembic upgrade head`
fails because a table exists, or a changed column never arrives, as existing tables are left alone.
Workers that start together may also try to create the same table, and one of them fails.

## Instead
`alembic upgrade head` in a job of its own before the application starts. `create_all` is for tests.

## References
- https://alembic.sqlalchemy.org/en/latest/cookbook.html#building-an-up-to-date-database-from-scratch
- https://fastapi.tiangolo.com/deployment/concepts/#previous-steps-before-starting
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "MIG008",
    "create-all-with-migrations",
    on=Application,
    severities=(Severity.WARNING,),
    tags=("migrations", "python", "start-up"),
)
def check(application: Application) -> Iterator[Finding]:
    for found in application.table_creations:
        if found.revisions:
            message = "create_all makes tables at the start that Alembic's revisions do not know of"
            yield application.finding(found.place, message, because=(found.revisions,))
        elif found.workers:
            message = f"{found.workers.value} workers create the same tables when they start"
            yield application.finding(found.place, message, because=(found.workers,))
