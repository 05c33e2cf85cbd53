"""The image has another Python than the project asks for.

## Why
pip, Poetry and pipenv refuse to install the project, and the build fails. uv downloads another
Python instead: the one of the image is dead weight, and the environment breaks in a later stage.
A `.python-version` that names another Python means that nobody develops with what production runs.

## Instead
Choose the tag of the base image by `requires-python`, and keep `.python-version` at the same minor
version. With uv, `UV_PYTHON_DOWNLOADS=never` turns the silent download into an error.

## References
- https://packaging.python.org/en/latest/specifications/core-metadata/#requires-python
- https://docs.astral.sh/uv/concepts/python-versions/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Outcome, Severity, rule

TEXTS = {
    Outcome.FAILS: "the project asks for {}: the installation fails",
    Outcome.DOWNLOADS: "the project asks for {}: uv downloads another Python",
    Outcome.WARNS: "the project asks for {}",
    Outcome.DIFFERS: "developers are told to use {}",
}


@rule(
    "DEP011",
    "python-version-mismatch",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("dependencies", "dockerfile", "python", "build"),
    yields_to=("STG002",),
)
def check(container: Container) -> Iterator[Finding]:
    for mismatch in container.dependencies.python_mismatches:
        is_error = mismatch.outcome in (Outcome.FAILS, Outcome.DOWNLOADS)
        yield container.finding(
            mismatch.stage.image_place,
            f"the image has Python {mismatch.python}, "
            + TEXTS[mismatch.outcome].format(mismatch.wanted),
            because=mismatch.facts,
            severity=Severity.ERROR if is_error else Severity.WARNING,
            key="python",
        )
