"""A database, a broker or an administration tool is open to every network of the host.

## Why
`"5432:5432"` listens on all addresses of the host, and Docker's own firewall rules let it through,
past the ones of the host. Flower without a login shows and stops the tasks of everybody.

## Instead
Publish nothing: containers reach one another without it. For the host itself, name its address:
`"127.0.0.1:5432:5432"`.

## References
- https://docs.docker.com/engine/network/packet-filtering-firewalls/
- https://flower.readthedocs.io/en/latest/auth.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Security, Severity, rule


@rule(
    "NET015",
    "internal-service-published",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING, Severity.ERROR),
    role="prod",
    tags=("network", "compose", "security"),
    security=Security(1327, 6.5),
)
def check(container: Container) -> Iterator[Finding]:
    ports = container.service.published_to_all if container.service else ()
    internal = container.internal_service if ports else None
    if internal is None:
        return
    message = f"{internal.name.value} is published on all addresses of the host"
    if internal.is_open:
        message += ", and asks for no login"
    severity = Severity.ERROR if internal.is_open else Severity.WARNING
    for port in ports:
        key = str(port.target.value) if isinstance(port.target, Known) else ""
        yield container.finding(
            port.place, message, because=(internal.name,), severity=severity, key=key
        )
