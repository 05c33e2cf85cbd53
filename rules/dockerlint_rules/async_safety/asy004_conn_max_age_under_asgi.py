"""Django keeps database connections open although it is served through ASGI.

## Why
Under ASGI, each request has a thread of its own, and connections belong to threads: one that is
kept is never used again. It stays open until Python's garbage collector comes across it, and
connections pile up until the database refuses new ones.

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
        how_long = "for ever" if kept.seconds is None else f"for {kept.seconds} seconds"
        yield container.finding(
            kept.place,
            f"connections are kept {how_long}, but under ASGI Django uses none of them again",
            because=(kept.server,),
        )
