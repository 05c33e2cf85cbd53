"""A port number is outside of 1 to 65535.

## Why
A port has 16 bits. Docker refuses the file, often with a message that names no line, and nothing
is built or started. The usual cause is two numbers that have run into one.

## Instead
Write the port that the program listens on, and a range from the lower to the higher port.

## References
- https://docs.docker.com/reference/dockerfile/#expose
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Severity, Stage, rule


@rule(
    "NET003",
    "invalid-port-number",
    on=Stage,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("network", "dockerfile", "build"),
    equivalents=("DL3011",),
)
def check(stage: Stage) -> Iterator[Finding]:
    for exposed in stage.exposed:
        if exposed.problem is None:
            continue
        text = exposed.text
        yield stage.finding(
            text.places[0],
            f"{text.value} is no port: {exposed.problem}",
            because=(text,),
            severity=Severity.WARNING if exposed.ports else Severity.ERROR,
            key=text.value,
        )
