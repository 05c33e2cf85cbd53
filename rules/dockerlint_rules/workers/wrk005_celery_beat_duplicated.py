"""More than one Celery beat runs for an application.

## Why
Beat knows nothing of other beats: each sends every periodic task, so that all of them run several
times. A beat inside of a worker (`-B`) is one more with each replica of the worker.

## Instead
One service for beat alone (`celery -A core beat`) that is never scaled, and workers without `-B`.

## References
- https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#starting-the-scheduler
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Role, Severity, rule

_MESSAGES = {
    "replicas": "each replica runs a beat, and sends every periodic task",
    "twice": "another service runs a beat of the same application: periodic tasks are sent twice",
    "embedded": "a beat inside of a worker: it is one more with each worker that is added",
}


@rule(
    "WRK005",
    "celery-beat-duplicated",
    on=Container,
    severities=(Severity.ERROR, Severity.INFO),
    tags=("workers", "dockerfile", "compose", "data-loss"),
)
def check(container: Container) -> Iterator[Finding]:
    for beat in container.repeated_beats:
        is_alone = beat.trouble == "embedded"
        if is_alone and container.role is not Role.PROD:
            continue
        severity = Severity.INFO if is_alone or beat.is_locked else Severity.ERROR
        message = _MESSAGES[beat.trouble]
        yield container.finding(beat.place, message, because=beat.because, severity=severity)
