"""Migrations use a database that stands in alembic.ini, the application another one.

## Why
The application reads where its database is from the environment, `alembic upgrade` from a file that
is the same everywhere: on a server the migrations go to another database, or to none. The password
is in the repository besides.

## Instead
Hand the URL of the application on in `env.py`:
`config.set_main_option("sqlalchemy.url", settings.database_url)`, and leave it out of the file.

## References
- https://alembic.sqlalchemy.org/en/latest/tutorial.html#editing-the-ini-file
- https://alembic.sqlalchemy.org/en/latest/api/config.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "CFG015",
    "database-url-hardcoded-in-alembic-ini",
    on=Application,
    severities=(Severity.WARNING,),
    tags=("configuration", "python", "data-loss"),
)
def check(application: Application) -> Iterator[Finding]:
    for found in application.hardcoded_urls:
        yield application.finding(
            found.place,
            f"migrations always use this database, whatever {found.read.value} says",
            because=(found.env, found.read),
        )
