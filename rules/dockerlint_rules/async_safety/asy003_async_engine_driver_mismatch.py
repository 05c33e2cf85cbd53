"""A SQLAlchemy engine is made for a driver that it cannot work with.

## Why
`create_async_engine` refuses a driver that is not asynchronous ("The asyncio extension requires an
async driver"), so the program does not start. `create_engine` takes an asynchronous driver, and
the first query fails with `MissingGreenlet`. `postgresql://` means psycopg2 before SQLAlchemy 2.1.

## Instead
Name the driver in the URL: `postgresql+asyncpg://` or `postgresql+psycopg://` (psycopg 3 is both),
`mysql+asyncmy://`, `sqlite+aiosqlite://`, also where a variable gives the URL.

## References
- https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html
- https://docs.sqlalchemy.org/en/20/core/engines.html#database-urls
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "ASY003",
    "async-engine-driver-mismatch",
    on=Application,
    severities=(Severity.ERROR,),
    tags=("async-safety", "python", "start-up"),
)
def check(application: Application) -> Iterator[Finding]:
    for engine in application.async_code.mismatched_engines:
        message = f"create_async_engine refuses {engine.scheme}://: its driver is not asynchronous"
        if not engine.is_async:
            message = f"create_engine cannot use {engine.scheme}://: its driver is asynchronous"
        yield application.finding(engine.place, message, because=engine.because, key=engine.scheme)
