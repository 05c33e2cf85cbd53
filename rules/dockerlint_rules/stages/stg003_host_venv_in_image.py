"""A virtual environment of the host is copied into the image.

## Why
A virtual environment holds the absolute path of its interpreter and binaries for the machine that
made it. In the image its scripts fail to start, and one that lands on the image's own environment
replaces it.

## Instead
Exclude it in the `.dockerignore`: `**/.venv`, `**/venv`.

## References
- https://docs.astral.sh/uv/guides/integration/docker/#installing-a-project
"""

from collections.abc import Iterator

from dockerlint_py.api import Build, Finding, Severity, rule


@rule(
    "STG003",
    "host-venv-in-image",
    on=Build,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("stages", "dockerfile", "start-up"),
)
def check(build: Build) -> Iterator[Finding]:
    for taking in build.takings:
        for venv in taking.host_venvs:
            what = f"the virtual environment {venv.path}"
            lands = "is" if venv.exists else "of a developer's checkout is"
            yield build.finding(
                taking.place_of(venv.path),
                f"{what} {lands} copied into the image"
                + (f" over its own {venv.replaces}" if venv.replaces else ""),
                because=venv.facts,
                severity=Severity.ERROR if venv.replaces or venv.is_used else Severity.WARNING,
                key=venv.path,
            )
