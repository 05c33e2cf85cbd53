"""One container keeps several programs of different kinds running.

## Why
Docker watches one process: when another one dies, nothing notices, nothing restarts it. Logs mix,
limits are shared, and the web server cannot be scaled or updated without the worker.

## Instead
One service for each, from the same image: `web` with the server, `worker` with celery, and so on.

## References
- https://docs.docker.com/engine/containers/multi-service_container/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV012",
    "multiple-processes-in-container",
    on=Container,
    severities=(Severity.WARNING,),
    role="prod",
    tags=("server", "dockerfile", "compose", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    company = container.company
    if company is not None:
        yield container.finding(
            company.place,
            f"one container runs {company.text}: give each a service of its own",
            because=company.because,
        )
