"""The code names a folder of static files or templates that its container does not have.

## Why
`StaticFiles(directory=...)` of Starlette and FastAPI looks for its folder when the application is
imported, and ends the server if there is none; restarted, it ends again. A folder of templates is
missed by the first request that renders one. On a developer's machine all is well, since the folder
lies in the project; it is the image that it was not copied to, or not to the place that a relative
path means there.

## Instead
Copy the folder, and name it from the module's own place: `Path(__file__).parent / "static"`.

## References
- https://www.starlette.io/staticfiles/
- https://fastapi.tiangolo.com/tutorial/static-files/
- https://flask.palletsprojects.com/en/stable/api/#flask.Flask
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STC010",
    "static-dir-missing-in-image",
    on=Container,
    given="may_run_code",
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("static-files", "python", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for missing in container.missing_folders:
        yield container.finding(
            missing.place,
            f"{missing.path} does not exist in the image: {missing.consequence}",
            because=missing.because,
            severity=Severity.ERROR if missing.is_fatal else Severity.WARNING,
            key=missing.path,
        )
