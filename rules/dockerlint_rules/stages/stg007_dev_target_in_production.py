"""Production is built from a stage that is meant for development or tests.

## Why
Without a target Docker builds the last stage of the file. When that is `dev` or `test`, production
gets the tools, the settings and the command of development.

## Instead
Name the target (`target: prod`, `docker build --target prod`), or make production the last stage.

## References
- https://docs.docker.com/build/building/multi-stage/#stop-at-a-specific-build-stage
- https://docs.docker.com/reference/compose-file/build/#target
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STG007",
    "dev-target-in-production",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING),
    role="prod",
    tags=("stages", "dockerfile", "compose", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    wrong = container.wrong_target
    if wrong is None:
        return
    message = f"the image is built to the stage {wrong.stage}"
    if not wrong.is_named:
        message = f"no target is named, so {message}, the last one"
    yield container.finding(wrong.place, message, because=wrong.because)
