"""Django keeps database connections open although it is served through ASGI.

## Why
Under ASGI, requests run in threads that come and go, and a connection that is kept for one of them
is not used again before it ends: connections pile up until the database refuses new ones.

## Instead
`CONN_MAX_AGE = 0`, and a pool: `"OPTIONS": {"pool": True}` with psycopg 3, or PgBouncer.

## References
- https://docs.djangoproject.com/en/stable/ref/databases/#persistent-connections
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "ASY004",
    "conn-max-age-under-asgi",
    on=Container,
    given="may_run_code",
    severities=(Severity.WARNING,),
    role="prod",
    tags=("async-safety", "python", "performance"),
)
def check(container: Container) -> Iterator[Finding]:
    for kept in container.code.persistent_connections:
        yield container.finding(
            kept.place,
            f"connections are kept for {kept.seconds} seconds, which Django cannot do under ASGI",
            because=(kept.server,),
        )
