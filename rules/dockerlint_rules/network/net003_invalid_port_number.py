"""A port number is outside of 1 to 65535, or a host port is published twice.

## Why
A port has 16 bits. Docker refuses the file, often with a message that names no line, and nothing
is built or started. The usual cause is two numbers that have run into one. Of two services that
publish the same port of the host, only one can start.

## Instead
Write the port that the program listens on, and a range from the lower to the higher port. Publish
each service on a host port of its own, or only the proxy before them.

## References
- https://docs.docker.com/reference/dockerfile/#expose
- https://docs.docker.com/reference/compose-file/services/#ports
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Role, Severity, rule


@rule(
    "NET003",
    "invalid-port-number",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("network", "dockerfile", "compose", "build"),
    equivalents=("DL3011",),
)
def check(container: Container) -> Iterator[Finding]:
    for exposed in (each for stage in container.needed_stages for each in stage.exposed):
        if exposed.problem is not None:
            text, severity = exposed.text, Severity.WARNING if exposed.ports else Severity.ERROR
            message = f"{text.value} is no port: {exposed.problem}"
            place, key = text.places[0], text.value
            yield container.finding(place, message, because=(text,), severity=severity, key=key)
    for problem in container.file_set.problems("port") if container.file_set else ():
        message = f"Compose refuses the file: {problem.message}"
        yield container.finding(problem.place, message, key=problem.place.text)
    for clash in container.port_clashes:
        message = f"host port {clash.number} is published by another service, too"
        alone = container.role in (Role.DEV, Role.TEST) or not clash.together
        severity = Severity.WARNING if alone else Severity.ERROR
        place, because = clash.port.place, (clash.first,)
        yield container.finding(
            place, message, because=because, severity=severity, key=clash.number
        )
