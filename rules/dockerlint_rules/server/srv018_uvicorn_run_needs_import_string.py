"""uvicorn.run is to start several workers, or to reload, and is given an object.

## Why
Each worker imports the application for itself, which needs its name. With an object, uvicorn says
"You must pass the application as an import string" and exits: the container ends at once.

## Instead
`uvicorn.run("app.main:app", workers=4)`.

## References
- https://www.uvicorn.org/deployment/#running-programmatically
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "SRV018",
    "uvicorn-run-needs-import-string",
    on=Application,
    severities=(Severity.ERROR,),
    tags=("server", "python", "start-up"),
)
def check(application: Application) -> Iterator[Finding]:
    for run in application.refused_runs:
        yield application.finding(
            run.place,
            f"with {run.option}, uvicorn.run takes the application as 'module:name' only and exits",
            because=(run.started,),
        )
