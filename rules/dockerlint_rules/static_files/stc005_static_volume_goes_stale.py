"""A volume keeps the static files of the first image that was deployed.

## Why
Docker copies what an image has at the place of a named volume into the volume only while that is
empty: once. Static files that a later build collects stay hidden below it, so that the web server
goes on to serve old files, and none at all under names with new hashes.

## Instead
Run `collectstatic` when the container starts, copy the files over at the start, or build an image
of the web server that has them.

## References
- https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container
- https://docs.djangoproject.com/en/stable/howto/static-files/deployment/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STC005",
    "static-volume-goes-stale",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING,),
    role="prod",
    tags=("static-files", "dockerfile", "compose", "python", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    for stale in container.static.stale_volumes:
        yield container.finding(
            stale.place,
            f"`{stale.name}` keeps old files: only builds of the image fill {stale.folder}",
            because=stale.because,
            key=stale.name,
        )
