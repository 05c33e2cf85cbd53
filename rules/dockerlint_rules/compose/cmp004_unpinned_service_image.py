"""The image of a service leaves open which release it is.

## Why
Whoever pulls next may get another major release than the others run: a database that does not read
its old files, a broker that needs other settings.

## Instead
Name at least the major version: `postgres:17`, `redis:8`.

## References
- https://docs.docker.com/reference/compose-file/services/#image
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Severity, rule


@rule(
    "CMP004",
    "unpinned-service-image",
    on=Container,
    given="is_service",
    severities=(Severity.INFO,),
    tags=("compose", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    base = container.base
    floats = base.version_floats
    if not container.pulls_image or not isinstance(floats, Known) or not floats.value:
        return
    message = f"{base.name} does not say which release: the next pull may get another one"
    if base.facts.product == "postgresql":
        message += ", and PostgreSQL does not start on the files of another major release"
    yield container.finding(base.place, message, because=(floats,))
