"""Asynchronous code uses a database whose only driver blocks.

## Why
psycopg2, mysqlclient and PyMySQL wait for each answer of the database. In an `async def` the event
loop waits with them, and with it all other requests of the worker.

## Instead
An asynchronous driver: `asyncpg` or `psycopg` 3 for PostgreSQL, `asyncmy` for MySQL, with
SQLAlchemy's `create_async_engine`. Or plain `def` endpoints, which FastAPI runs in threads: those
are not reported. A blocking driver beside an asynchronous one (for Alembic) is not reported either.

## References
- https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html
- https://fastapi.tiangolo.com/async/
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "ASY002",
    "sync-db-driver-in-async-app",
    on=Application,
    severities=(Severity.WARNING,),
    tags=("async-safety", "python", "performance"),
)
def check(application: Application) -> Iterator[Finding]:
    for driver in application.async_code.sync_drivers:
        yield application.finding(
            driver.place,
            f"{driver.name} blocks, and asynchronous code has no other driver for its database",
            because=(driver.used,),
            key=driver.name,
        )
