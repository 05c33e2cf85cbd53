"""The base image was given up by its makers.

## Why
A deprecated image gets no new Python, no security fixes and no answers to questions. What it added
is mostly done by the programs themselves now: uvicorn and `fastapi run` start several workers.

## Instead
Start from an official image and install what the application needs.

## References
- https://fastapi.tiangolo.com/deployment/docker/#base-docker-image
- https://github.com/tiangolo/uvicorn-gunicorn-docker
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Known, Severity, Stage, rule


@rule(
    "IMG004",
    "deprecated-base-image",
    on=Stage,
    severities=(Severity.WARNING,),
    tags=("base-image", "dockerfile", "hygiene"),
)
def check(stage: Stage) -> Iterator[Finding]:
    given_up = stage.base.deprecation
    if not (stage.names_image and stage.feeds and isinstance(given_up, Known) and given_up.value):
        return
    row = given_up.value
    yield stage.finding(
        stage.image_place,
        f"{stage.base.name} should not be built on: {row.why}; use {row.instead}",
        because=(given_up,),
    )
