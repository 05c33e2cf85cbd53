"""gunicorn uses the worker class of uvicorn that uvicorn has deprecated.

## Why
`uvicorn.workers` warns at each start since uvicorn 0.30 and is to go: without it gunicorn
does not start any more. The class lives on in a distribution of its own.

## Instead
Install `uvicorn-worker` and write `-k uvicorn_worker.UvicornWorker`, or leave gunicorn out:
`uvicorn --workers 4` and `fastapi run --workers 4` watch over their workers themselves. gunicorn 24
and later have an ASGI worker of their own, `-k asgi`.

## References
- https://www.uvicorn.org/deployment/#gunicorn
- https://pypi.org/project/uvicorn-worker/
- https://docs.gunicorn.org/en/stable/settings.html#worker-class
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV005",
    "deprecated-uvicorn-worker",
    on=Container,
    given="servers",
    severities=(Severity.WARNING, Severity.INFO),
    tags=("server", "dockerfile", "compose", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        found = server.problems.deprecated_class
        if found is not None:
            yield container.finding(
                found.place,
                f"{found.given.value} is deprecated: use {found.instead}",
                because=(server.fact(), found.given),
                severity=Severity.WARNING if found.warns else Severity.INFO,
                key=found.given.value,
            )
