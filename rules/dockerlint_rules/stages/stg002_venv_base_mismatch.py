"""A virtual environment or its packages are copied to an image with another Python.

## Why
A virtual environment holds no interpreter, only links to the one that it was made with, and its
compiled packages fit one minor version and one C library. In an image where Python has another path
or version, nothing in it can be started or imported.

## Instead
Build and run on the same image. With uv, start from an image with Python and set
`UV_PYTHON_DOWNLOADS=0`, or copy the folder of the Python that uv loaded as well.

## References
- https://docs.astral.sh/uv/guides/integration/docker/
- https://github.com/astral-sh/uv-docker-example
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Severity, Stage, rule


@rule(
    "STG002",
    "venv-base-mismatch",
    on=Stage,
    severities=(Severity.ERROR,),
    tags=("stages", "dockerfile", "start-up"),
)
def check(stage: Stage) -> Iterator[Finding]:
    for crossing in stage.crossings if stage.feeds else ():
        yield stage.finding(
            crossing.place, crossing.why, because=crossing.because, key=crossing.path
        )
