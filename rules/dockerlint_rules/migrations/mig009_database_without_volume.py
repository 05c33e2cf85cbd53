"""The data of a database or broker is in no volume that outlives its container.

## Why
Without a named volume or a bind mount the data is in an anonymous volume. `docker compose down`
removes the container, and the next `up` makes a new, empty volume: the data is gone.

## Instead
Mount a named volume at the folder of the data: `pgdata:/var/lib/postgresql/data`, from PostgreSQL
18 on `pgdata:/var/lib/postgresql`.

## References
- https://docs.docker.com/engine/storage/volumes/
- https://hub.docker.com/_/postgres
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "MIG009",
    "database-without-volume",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("migrations", "compose", "data-loss"),
)
def check(container: Container) -> Iterator[Finding]:
    lost = container.lost_data
    if lost is None:
        return
    store = lost.datastore
    message = f"no volume holds {store.folder}: the data of {store.title} goes with the container"
    if lost.is_missed:
        message = f"{store.title} keeps its data in {store.folder}, not in this volume: it is lost"
    yield container.finding(
        lost.place,
        message,
        because=(store.fact,),
        severity=Severity.INFO if store.is_disposable else Severity.WARNING,
    )
