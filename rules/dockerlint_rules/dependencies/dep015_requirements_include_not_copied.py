"""A requirements file includes a file that is not in the stage.

## Why
pip opens what `-r` and `-c` name beside the file that names it, and local paths from the folder it
is run in. A file that was not copied makes the build fail.

## Instead
Copy the whole folder of requirements, or mount it: `COPY requirements/ requirements/`.

## References
- https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP015",
    "requirements-include-not-copied",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("dependencies", "dockerfile", "python", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    for missing in container.dependencies.missing_requirements:
        yield container.finding(
            missing.place,
            f"this reads {missing.name} too, which is not in the stage: the build fails",
            because=missing.facts,
            key=missing.name,
        )
