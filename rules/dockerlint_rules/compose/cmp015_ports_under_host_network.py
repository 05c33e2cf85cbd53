"""Ports are published by a service that uses the network of the host.

## Why
With `network_mode: host` there is nothing to publish: the process listens on the host itself, on
the port that it chooses. Docker discards `ports`, so a mapping such as `80:8000` has no effect,
and an address such as `127.0.0.1` does not protect anything.

## Instead
Remove `ports`, and let the program listen on the address and port that are wanted; or remove
`network_mode`.

## References
- https://docs.docker.com/reference/compose-file/services/#ports
- https://docs.docker.com/engine/network/drivers/host/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Severity, rule


@rule(
    "CMP015",
    "ports-under-host-network",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING,),
    tags=("compose", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    service = container.service
    if service is None:
        return
    mode, ports = service.text("network_mode"), service.get("ports")
    if ports is not None and service.ports and isinstance(mode, Known) and mode.value == "host":
        yield container.finding(
            ports.subject,
            "Docker discards these ports: the container uses the network of the host",
            because=(mode.saying("network_mode is host"),),
        )
