"""The container starts a program that nothing installs into its image.

## Why
A server on a developer's machine is not yet one in the image. Without it the container ends at
once: `exec: "gunicorn": executable file not found in $PATH`, "No module named gunicorn", or, for a
worker class, "class uri ... invalid or not found".

## Instead
Add the distribution to the file that the image is installed from. `fastapi run` needs
`fastapi[standard]`; `-k uvicorn_worker.UvicornWorker` needs `uvicorn-worker`.

## References
- https://docs.gunicorn.org/en/stable/install.html
- https://fastapi.tiangolo.com/fastapi-cli/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV004",
    "server-not-installed",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("server", "dockerfile", "start-up"),
    yields_to=("SRV015",),
)
def check(container: Container) -> Iterator[Finding]:
    for missing in container.missing_programs:
        yield container.finding(
            missing.place,
            f"{missing.name} is started, but nothing in the image installs {missing.dist}",
            because=missing.because,
            severity=Severity.ERROR if missing.is_certain else Severity.WARNING,
            key=missing.dist,
        )
