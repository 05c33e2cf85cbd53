"""Production mounts the project's source over the source in the image.

## Why
What runs is whatever lies in that folder of the server, not the image that was built and tested:
a `git pull` changes a running service, and two servers with the same image run different code.

## Instead
Take the mount out of the production file and put it into `compose.override.yaml`, which is for
development.

## References
- https://docs.docker.com/compose/how-tos/production/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CMP002",
    "source-bind-mount-in-production",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("compose", "dockerfile", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    survivors = {survivor.kept.value for survivor in container.survivors}
    for source in container.source_mounts:
        mount = source.mount
        if mount.place.text not in survivors:
            yield container.finding(
                mount.place,
                "the source of this folder runs, not that of the image",
                because=(mount.fact, source.because),
                severity=Severity.INFO if source.is_read_only else Severity.WARNING,
            )
