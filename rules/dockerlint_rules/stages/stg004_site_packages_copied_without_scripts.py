"""Packages are copied from another stage, and the scripts that start them are not.

## Why
`pip install gunicorn` puts the package into `site-packages` and the command `gunicorn` into
`/usr/local/bin`. Without the second the container ends with `executable file not found`. A folder
`python3.12/site-packages` is not looked into by Python 3.13 either.

## Instead
Copy `/usr/local/bin` too, start with `python -m gunicorn`, or copy a whole virtual environment.

## References
- https://docs.docker.com/build/building/multi-stage/
- https://docs.python.org/3/library/site.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STG004",
    "site-packages-copied-without-scripts",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("stages", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    missing = container.launch.script_missing_in_system()
    for copied in (c for stage in container.chain for c in stage.package_copies):
        misfit = copied.misfit(container.python)
        if misfit is not None:
            message = f"these packages are for another version than {misfit.value.title}"
            yield container.finding(copied.place, message, because=(copied.fact(), misfit))
        elif missing is not None and copied.version is not None:
            message = f"the packages are copied, but not the script that `{missing.name}` starts"
            because = (copied.fact(), missing.fact())
            yield container.finding(copied.place, message, because=because)
