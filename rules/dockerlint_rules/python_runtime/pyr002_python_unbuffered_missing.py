"""Python's output stays in a buffer because PYTHONUNBUFFERED is not set.

## Why
Python writes to a pipe in blocks. What a program prints is not in `docker logs` until some
kilobytes have come together, and it is lost when the container is killed. Handlers of `logging`
flush after every record and are not concerned.

## Instead
Set `ENV PYTHONUNBUFFERED=1` in the image, or start Python with `-u`. An empty value means off.

## References
- https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUNBUFFERED
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "PYR002",
    "python-unbuffered-missing",
    on=Container,
    severities=(Severity.WARNING,),
    role="prod",
    tags=("python-runtime", "dockerfile", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    variable = container.buffers
    if variable is not None:
        yield container.finding(
            container.lacking_place(lambda each: each.buffers),
            "nothing sets PYTHONUNBUFFERED: output that Python prints is delayed, or lost",
            because=(*container.process.lines, variable),
        )
