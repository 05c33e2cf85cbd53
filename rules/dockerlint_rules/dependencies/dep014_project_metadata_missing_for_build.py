"""The project is built before a file that its metadata names is in the stage.

## Why
Build backends read the README, the licence and the package itself when the project is installed,
and stop with an error when one of them is not there.

## Instead
Install only the dependencies in the first step (`uv sync --no-install-project`,
`poetry install --no-root`), and the project after its files have been copied.

## References
- https://docs.astral.sh/uv/guides/integration/docker/#intermediate-layers
- https://python-poetry.org/docs/cli/#install
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP014",
    "project-metadata-missing-for-build",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("dependencies", "dockerfile", "python", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    for missing in container.dependencies.missing_for_build:
        yield container.finding(
            missing.place,
            f"this builds the project, but {missing.name} is not in the stage: the build fails",
            because=missing.facts,
            key=missing.name,
        )
