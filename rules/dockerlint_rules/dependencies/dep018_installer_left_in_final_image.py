"""An installer of packages is left in the production image.

## Why
It is never used there, makes the image larger, and helps an intruder to bring in tools. `uv run`
and its like as the start command check, or even change, the environment at every start.

## Instead
Install in a builder stage and copy the environment; call its programs themselves:
`ENV PATH=/app/.venv/bin:$PATH` and `CMD ["gunicorn", ...]`.

## References
- https://docs.astral.sh/uv/guides/integration/docker/#non-editable-installs
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP018",
    "installer-left-in-final-image",
    on=Container,
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("dependencies", "dockerfile", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for installer in container.dependencies.leftover_installers:
        if installer.starts:
            message = f"the container starts through {installer.name}: call the program itself"
        else:
            message = f"{installer.name} stays in the image, and nothing uses it when it runs"
        yield container.finding(
            installer.place, message, because=installer.facts, key=installer.name
        )
