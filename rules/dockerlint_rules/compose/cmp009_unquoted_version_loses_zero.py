"""A version without quotes is a number, and loses the zero at its end.

## Why
YAML reads `3.10` as the number 3.1, and that is what the container or the build gets: another
version of Python, or one that does not exist.

## Instead
Write it in quotes: `PYTHON_VERSION: "3.10"`.

## References
- https://docs.docker.com/reference/compose-file/services/#environment
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CMP009",
    "unquoted-version-loses-zero",
    on=Container,
    given="is_service",
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("compose", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    for lost in container.service.lost_zeros if container.service else ():
        if lost.is_version:
            severity = Severity.ERROR if "." in lost.arrives else Severity.WARNING
            message = f"{lost.name} is {lost.arrives}, not {lost.written}: it is read as a number"
            yield container.finding(lost.place, message, severity=severity, key=lost.name)
