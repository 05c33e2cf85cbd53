"""The health check asks a port where nothing listens, or a path that the application lacks.

## Why
The connection is refused each time, or the answer is 404. The container is never healthy, and what
waits for that with `service_healthy` never starts; or the check takes the 404 for health, and says
nothing.

## Instead
Ask the port on which the server listens, which is the second number of `ports`, not the first one,
and a path that it has. Prefixes count: those of a router, of `include_router`, of a blueprint, and
those in front of `include()`.

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
    tags=("network", "compose", "dockerfile", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for failing in container.network.misdirected_probes:
        probe = failing.probe
        severity = Severity.ERROR if failing.is_certain else Severity.WARNING
        yield container.finding(
            probe.place,
            f"the health check asks in vain: {failing.why}",
            because=failing.because,
            severity=severity,
            key=f"{probe.port}{probe.path}",
        )
