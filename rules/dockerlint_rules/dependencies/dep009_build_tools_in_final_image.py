"""Compilers and headers are left in the production image.

## Why
They are needed while distributions are built, and never again: they make the image larger, and an
intruder finds them handy.

## Instead
Build in a stage of its own and copy the environment from it, or remove the packages in the same
RUN that installs them.

## References
- https://docs.docker.com/build/building/multi-stage/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP009",
    "build-tools-in-final-image",
    on=Container,
    severities=(Severity.INFO,),
    role="prod",
    tags=("dependencies", "dockerfile", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for tools in container.dependencies.build_tools:
        yield container.finding(
            tools.install.place,
            f"{tools.text}: only building needs this, and it stays in the image",
            because=(tools.install.fact(),),
        )
