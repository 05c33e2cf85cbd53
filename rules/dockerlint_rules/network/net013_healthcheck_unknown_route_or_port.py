"""The health check asks a port on which nothing in the container listens.

## Why
The connection is refused each time. The container is never healthy, and what waits for that with
`service_healthy` never starts.

## Instead
Ask the port on which the server listens. That is the second number of `ports`, not the first one.

## References
- https://docs.docker.com/reference/dockerfile/#healthcheck
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET013",
    "healthcheck-unknown-route-or-port",
    on=Container,
    severities=(Severity.WARNING, Severity.ERROR),
    tags=("network", "compose", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for failing in container.network.misdirected_probes:
        message = f"the health check always fails: {failing.why}"
        yield container.finding(
            failing.probe.place,
            message,
            because=failing.because,
            severity=Severity.ERROR,
            key=str(failing.probe.port),
        )
