"""A distribution has no wheel for the image, and what building it needs is not there.

## Why
pip then builds from source, which needs a compiler and the headers of libraries. Slim and Alpine
images have none of them, and the build fails.

## Instead
Install the packages in the stage that builds (a builder stage keeps them out of the final image),
or use a distribution that has wheels: `psycopg[binary]` instead of `psycopg2`.

## References
- https://www.psycopg.org/docs/install.html#build-prerequisites
- https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP006",
    "native-build-deps-missing",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("dependencies", "dockerfile", "python", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    for lack in container.dependencies.lacking_to_build:
        yield container.finding(
            lack.place,
            f"{lack.distribution.name} has no wheel for this image, and building it needs "
            f"{lack.text}: the build fails",
            because=lack.facts,
            key=lack.distribution.name,
        )
