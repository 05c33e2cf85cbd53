"""A SQLite database is inside of a container, or is shared by its replicas.

## Why
A file in a container goes with the container: each deployment starts with an empty database, or
with the one that was copied into the image. Replicas that share the file lock one another out;
replicas that do not have a database each.

## Instead
Put the file into a folder of its own and mount a volume there, or use a database server.

## References
- https://docs.docker.com/engine/storage/volumes/
- https://www.sqlite.org/whentouse.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "MIG011",
    "sqlite-in-container",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING, Severity.ERROR, Severity.INFO),
    role="prod",
    tags=("migrations", "compose", "python", "data-loss"),
)
def check(container: Container) -> Iterator[Finding]:
    for risky in container.risky_sqlite:
        message = f"no volume holds {risky.path}: the SQLite database goes with the container"
        if risky.replicas and risky.is_lost:
            message = f"each of {risky.replicas} replicas has a SQLite database of its own"
        elif risky.replicas:
            message = f"{risky.replicas} replicas share the SQLite database {risky.path}"
        yield container.finding(
            risky.file.place,
            message,
            because=risky.file.because,
            severity=Severity.ERROR if risky.replicas else Severity.WARNING,
        )
