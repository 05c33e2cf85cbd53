"""A variable is set by one name and read by another that one mistake tells apart.

## Why
Nobody complains of a variable that is not read, and `os.environ.get` gives a default for one that
is not set: the value that the deployment means to give never arrives.

## Instead
Use one name in both places. Reading with `os.environ["X"]` makes such a mistake visible at the
start.

## References
- https://docs.python.org/3/library/os.html#os.environ
- https://12factor.net/config
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CFG009",
    "env-name-typo",
    on=Container,
    given="may_run_code",
    severities=(Severity.WARNING, Severity.INFO),
    tags=("configuration", "python", "compose", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for found in container.code.mistyped_variables:
        message = f"{found.read} is read, and nothing sets a variable of that spelling"
        if found.given:
            message = f"{found.given} is set and never read; {found.read} is read and never set"
        yield container.finding(
            found.place,
            message,
            because=found.because,
            severity=Severity.WARNING if found.given else Severity.INFO,
            key=found.given or found.read,
        )
