"""`poetry export` is run by a Poetry that has no export plugin.

## Why
Since Poetry 2.0 the plugin is not installed with Poetry. The command does not exist without it, and
the build fails.

## Instead
Install both, in versions that you choose: `pip install poetry==2.2.1 poetry-plugin-export==1.9.0`.

## References
- https://github.com/python-poetry/poetry-plugin-export
- https://python-poetry.org/blog/announcing-poetry-2.0.0/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP013",
    "poetry-export-plugin-missing",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("dependencies", "dockerfile", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    for export in container.dependencies.pluginless_exports:
        yield container.finding(
            export.installation.place,
            "`poetry export` does not exist here: poetry-plugin-export is not installed",
            because=(export.poetry,),
        )
