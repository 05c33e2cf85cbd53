"""The base image's tag leaves open which release it is.

## Why
With `python:3` the next build may get another minor version of Python: packages without wheels for
it fail to install, and what worked yesterday cannot be built again.

## Instead
Name the minor version, and best the release of the distribution too: `python:3.13-slim-trixie`.

## References
- https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Known, Role, Severity, Stage, rule


@rule(
    "IMG003",
    "unpinned-base-image",
    on=Stage,
    severities=(Severity.INFO,),
    tags=("base-image", "dockerfile", "build"),
    equivalents=("DL3006", "DL3007"),
)
def check(stage: Stage) -> Iterator[Finding]:
    base, floats = stage.base, stage.base.version_floats
    if not (stage.names_image and isinstance(floats, Known) and floats.value):
        return
    if base.name in stage.repository.built_images:
        return
    if any(container.role in (Role.PROD, Role.UNKNOWN) for container in stage.containers):
        what = "which Python" if base.facts.product == "python" else "which release"
        message = f"{base.name} does not say {what}: the next build may get another one"
        yield stage.finding(stage.image_place, message, because=(floats,))
