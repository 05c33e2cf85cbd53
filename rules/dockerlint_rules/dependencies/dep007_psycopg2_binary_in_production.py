"""psycopg2-binary is installed in production.

## Why
Its authors made the binary package for development and tests: it brings a libpq and a libssl of its
own, which get no security updates from the distribution and can clash with the system's.

## Instead
Build `psycopg2` in a builder stage, or move to psycopg 3: `psycopg[c]`, or `psycopg[binary]`, which
is made for production too.

## References
- https://www.psycopg.org/docs/install.html#psycopg-vs-psycopg-binary
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule

NAME = "psycopg2-binary"


@rule(
    "DEP007",
    "psycopg2-binary-in-production",
    on=Container,
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("dependencies", "python", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for found in container.dependencies.distributions(NAME):
        if found.is_main:
            yield container.finding(
                found.place,
                "psycopg2-binary is not meant for production: build psycopg2, or use psycopg 3",
                because=(found.fact(),),
                key=NAME,
            )
