"""The image is installed from requirements that leave versions open, without a lock.

## Why
The same commit gives another image tomorrow: a new release of any dependency comes in without
review, and the image that worked cannot be built again.

## Instead
Pin every requirement with `==`, or install from a lock file: `uv sync --locked`,
`poetry install`, a file made by `pip-compile`, or `pip install -r ... -c constraints.txt`.

## References
- https://pip.pypa.io/en/stable/topics/repeatable-installs/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP001",
    "unpinned-dependencies",
    on=Container,
    severities=(Severity.WARNING,),
    tags=("dependencies", "dockerfile", "python", "build"),
    equivalents=("DL3013",),
)
def check(container: Container) -> Iterator[Finding]:
    for unpinned in container.dependencies.unpinned:
        yield container.finding(
            unpinned.place,
            f"the version of {unpinned.text} is left open: every build may install another one",
            because=(unpinned.installation.fact(),),
        )
