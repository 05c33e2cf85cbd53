"""A volume of PostgreSQL is not where this version of the image keeps its data.

## Why
From 18 on the image declares its volume at `/var/lib/postgresql` and refuses to start when
something is mounted at `/var/lib/postgresql/data`. Before 18 it declares
`/var/lib/postgresql/data`: with a mount one level higher the data still goes to an anonymous volume
of its own, which `docker compose down` leaves behind.

## Instead
Mount `/var/lib/postgresql` from 18 on, and `/var/lib/postgresql/data` before.

## References
- https://github.com/docker-library/postgres/pull/1259
- https://hub.docker.com/_/postgres
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "MIG010",
    "postgres18-volume-path",
    on=Container,
    given="is_service",
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("migrations", "compose", "data-loss"),
)
def check(container: Container) -> Iterator[Finding]:
    volume = container.misplaced_volume
    if volume is not None:
        yield container.finding(
            volume.mount.place,
            volume.message,
            because=volume.because,
            severity=Severity.ERROR if volume.is_certain else Severity.WARNING,
        )
