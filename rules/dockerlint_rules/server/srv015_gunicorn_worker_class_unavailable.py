"""gunicorn is told to use a worker class that its image does not have.

## Why
gunicorn ends at its start when it cannot load the class. `gevent`, `eventlet` and `tornado` need
the distribution of that name; the native `asgi` class came with gunicorn 24, `eventlet` went with
gunicorn 26.

## Instead
Install what the class needs (`gunicorn[gevent]`), or choose one that this gunicorn has.

## References
- https://docs.gunicorn.org/en/stable/settings.html#worker-class
- https://docs.gunicorn.org/en/stable/news.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV015",
    "gunicorn-worker-class-unavailable",
    on=Container,
    given="servers",
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("server", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        wrong = server.problems.wrong_worker_class
        if wrong is not None:
            yield container.finding(
                wrong.place,
                f"gunicorn cannot load the worker class {wrong.name}: {wrong.reason}",
                because=wrong.because,
                severity=Severity.ERROR if wrong.is_certain else Severity.WARNING,
                key=wrong.name,
            )
