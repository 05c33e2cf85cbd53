"""Tools for tests and development are installed in a production image.

## Why
Test runners, debuggers and linters make the image larger, bring vulnerabilities of their own, and
some of them (debuggers, toolbars) open doors when they are switched on by accident.

## Instead
Keep them in a dependency group and leave it out of the image: `uv sync --no-dev`,
`poetry install --only main`, `pdm sync --prod`, a requirements file of its own for developers.

## References
- https://docs.astral.sh/uv/concepts/projects/dependencies/#development-dependencies
- https://python-poetry.org/docs/managing-dependencies/#dependency-groups
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP003",
    "dev-dependencies-in-image",
    on=Container,
    severities=(Severity.WARNING,),
    role="prod",
    tags=("dependencies", "dockerfile", "python", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for found in container.dependencies.dev_dependencies:
        yield container.finding(
            found.place,
            f"this installs {found.what} ({found.text}) in the image; {found.advice}",
            because=found.facts,
            key=found.what,
        )
    for found in container.dependencies.misplaced_tools:
        yield container.finding(
            found.place,
            f"production installs tools of developers from here: {found.text}; {found.advice}",
            because=found.facts,
            key=found.what,
        )
