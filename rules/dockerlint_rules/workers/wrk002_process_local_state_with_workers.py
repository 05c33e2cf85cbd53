"""Several processes serve an application that shares state through its memory.

## Why
Workers and replicas share no memory. A rate limit of 10 becomes 10 for each of them, a session or
a message is known to one process only, and the next request comes to another one.

## Instead
Keep it where all processes see it: `storage_uri="redis://..."` for a limiter, Redis or the
database for Django's cache, sessions and channel layers. What only saves work, such as
`functools.lru_cache` or a cache of answers, may differ and is not reported.

## References
- https://docs.djangoproject.com/en/stable/topics/cache/#local-memory-caching
- https://flask-limiter.readthedocs.io/en/stable/#configuring-a-storage-backend
- https://channels.readthedocs.io/en/stable/topics/channel_layers.html#in-memory-channel-layer
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "WRK002",
    "process-local-state-with-workers",
    on=Application,
    severities=(Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("workers", "python", "data-loss"),
)
def check(application: Application) -> Iterator[Finding]:
    for state in application.web_processes.split_states:
        yield application.finding(
            state.place,
            f"each of {state.crowd.words} {state.effect}",
            because=(state.crowd.number,),
            severity=Severity.WARNING if state.is_sure else Severity.INFO,
        )
