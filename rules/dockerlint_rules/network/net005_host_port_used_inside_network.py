"""A service is asked for on the port that it has on the host, not on its own one.

## Why
`ports: ["5433:5432"]` opens 5433 on the host only. Between containers a service is reached on the
port on which it listens, published or not; on the other one the connection is refused.

## Instead
Name the second number, or the one on which the program listens: `db:5432`.

## References
- https://docs.docker.com/compose/how-tos/networking/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET005",
    "host-port-used-inside-network",
    on=Container,
    given="is_service",
    severities=(Severity.ERROR,),
    tags=("network", "compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for wrong in container.network.wrong_ports:
        yield container.finding(
            wrong.endpoint.place, wrong.why, because=wrong.because, key=wrong.endpoint.name
        )
