"""The application writes its log to a file in its container.

## Why
The file grows in the writable layer until the disk is full, and goes with the container; `docker
logs`, and all that collects logs, sees nothing. On a volume it stays, but several workers that
rotate one file rename it under each other: they write to old files, and lines are lost.

## Instead
Log to standard error with `logging.StreamHandler`: Docker keeps, rotates and hands on what comes.

## References
- https://12factor.net/logs
- https://docs.python.org/3/howto/logging-cookbook.html#logging-to-a-single-file-from-multiple-processes
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "PYR005",
    "log-file-in-container",
    on=Container,
    severities=(Severity.WARNING,),
    role="prod",
    tags=("python-runtime", "python", "compose", "data-loss"),
)
def check(container: Container) -> Iterator[Finding]:
    for log in container.code.risky_logs:
        message = f"the log in {log.path} is on no volume: it is lost with the container"
        if log.trouble == "raced":
            message = (
                f"several workers rotate {log.path} at once: they lose lines, or write to old files"
            )
        yield container.finding(log.place, message, because=log.because, key=log.path)
