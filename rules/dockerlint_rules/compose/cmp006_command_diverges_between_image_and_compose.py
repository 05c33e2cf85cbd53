"""A production service serves something else than its image does by itself.

## Why
The image was made and is tested with one command, and Compose runs another. Whoever runs the image
elsewhere, in a cluster or by hand, gets another server, another application or another port.

## Instead
Put the command of production into the image, and leave `command` out of the Compose file.

## References
- https://docs.docker.com/reference/dockerfile/#cmd
- https://docs.docker.com/reference/compose-file/services/#command
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Role, Severity, rule


@rule(
    "CMP006",
    "command-diverges-between-image-and-compose",
    on=Container,
    given="is_service",
    severities=(Severity.INFO,),
    profile="strict",
    tags=("compose", "dockerfile", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    found = container.network.divergence if container.role is Role.PROD else None
    if found is not None:
        message = f"the command of the image is not what runs here: {found.what}"
        yield container.finding(found.place, message, because=found.because)
