"""Code of the application prints where it should log.

## Why
A printed line has no level, time or origin, cannot be switched off or sent elsewhere, and stays in
a buffer unless Python runs unbuffered. It weighs more where the buffer is on, and in tasks and
request handlers, whose lines are what one looks for when something went wrong.

## Instead
`logger = logging.getLogger(__name__)`, and `logger.info("done")`.

## References
- https://docs.python.org/3/howto/logging.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "PYR001",
    "print-instead-of-logging",
    on=Application,
    severities=(Severity.INFO, Severity.WARNING),
    role="prod",
    tags=("python-runtime", "python", "hygiene"),
)
def check(application: Application) -> Iterator[Finding]:
    for prints in application.prints:
        calls = "print() is called" if prints.number == 1 else f"{prints.number} calls of print()"
        where = "in a task or a request handler" if prints.answers else "in code that serves"
        buffered = prints.buffered
        yield application.finding(
            prints.place,
            f"{calls} {where}: a logger gives level, time and origin",
            because=() if buffered is None else (buffered,),
            severity=Severity.WARNING if prints.answers or buffered else Severity.INFO,
        )
