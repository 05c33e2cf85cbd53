"""A library that an installed distribution is linked with is not in the final image.

## Why
The builder stage has the library; the final stage gets the Python files alone. Importing the
distribution fails when the container starts: `libpq.so.5: cannot open shared object file`.

## Instead
Install the runtime package in the final stage (`libpq5`, not `libpq-dev`), or use a distribution
whose wheels bring the library.

## References
- https://www.psycopg.org/docs/install.html#runtime-requirements
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP008",
    "runtime-library-missing",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("dependencies", "dockerfile", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for lack in container.dependencies.lacking_to_run:
        yield container.finding(
            lack.place,
            f"the image lacks {lack.text}, which {lack.distribution.name} needs when it is "
            "imported",
            because=lack.facts,
            key=lack.distribution.name,
        )
