"""The image is Alpine, and distributions have no wheels for it.

## Why
Wheels for Alpine's C library (musl) are a matter of their own. A distribution without one is
compiled in every build: minutes instead of seconds, and a compiler has to be there.

## Instead
Take a Debian slim image, `python:3.13-slim`, or distributions that have musllinux wheels.

## References
- https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/#musllinux
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP010",
    "alpine-without-wheels",
    on=Container,
    severities=(Severity.INFO,),
    tags=("dependencies", "dockerfile", "performance"),
)
def check(container: Container) -> Iterator[Finding]:
    for slow in container.dependencies.musl_builds:
        yield container.finding(
            slow.stage.image_place,
            f"no wheels for Alpine: {slow.text}; every build compiles from source",
            because=slow.facts,
            key="musl",
        )
