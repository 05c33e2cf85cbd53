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

from dockerlint_py.api import Container, Finding, Known, Severity, rule


@rule(
    "IMG004",
    "deprecated-base-image",
    on=Container,
    severities=(Severity.WARNING,),
    tags=("base-image", "dockerfile", "compose", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for base in container.bases:
        given_up = base.deprecation
        if isinstance(given_up, Known) and given_up.value is not None:
            row = given_up.value
            message = f"{base.name} should not be used: {row.why}; use {row.instead}"
            yield container.finding(base.place, message, because=(given_up,))
