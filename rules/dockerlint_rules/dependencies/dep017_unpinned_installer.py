"""An installer of packages comes in whatever version is the newest.

## Why
Poetry, pipenv, uv and pip change what they do and which Pythons they run on. Without a version the
same Dockerfile builds something else tomorrow, or nothing: on a Python past its end of life the
newest installer refuses to run.

## Instead
Name the version: `pip install poetry==2.2.1`, `COPY --from=ghcr.io/astral-sh/uv:0.9.26 ...`, or a
variable with a default such as `ARG POETRY_VERSION=2.2.1`.

## References
- https://docs.astral.sh/uv/guides/integration/docker/#installing-uv
- https://python-poetry.org/docs/#installing-with-the-official-installer
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Known, Severity, Stage, rule


@rule(
    "DEP017",
    "unpinned-installer",
    on=Stage,
    severities=(Severity.INFO, Severity.WARNING),
    tags=("dependencies", "dockerfile", "build"),
    equivalents=("DL3013",),
)
def check(stage: Stage) -> Iterator[Finding]:
    end = stage.base.software_end
    is_old = isinstance(end, Known) and end.value.is_past(stage.repository.today)
    for installer in stage.unpinned_installers:
        because: tuple[Known[object], ...] = (installer.fact,)
        severity = Severity.INFO
        if isinstance(end, Known) and is_old and installer.needs_python:
            because, severity = (installer.fact, end), Severity.WARNING
        yield stage.finding(
            installer.place,
            f"{installer.name} comes in the newest version: name the one that you have tried",
            because=because,
            severity=severity,
            key=installer.name,
        )
