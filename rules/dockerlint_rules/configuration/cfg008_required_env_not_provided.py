"""A variable that the code needs to start is not set for the service.

## Why
`os.environ["X"]`, `env("X")` of django-environ, `config("X")` of decouple, and a field of a
pydantic settings class without a default raise when the variable is not set. The container ends
when it is started, and `restart` starts it over and over.

## Instead
Name the variable in `environment` and let Compose refuse to start without it: `X: ${X:?}`. Or give
the read a default that is safe in production.

## References
- https://docs.docker.com/compose/how-tos/environment-variables/set-environment-variables/
- https://docs.docker.com/reference/compose-file/interpolation/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CFG008",
    "required-env-not-provided",
    on=Container,
    given="may_run_code",
    severities=(Severity.ERROR,),
    tags=("configuration", "compose", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for missing in container.code.missing_variables:
        yield container.finding(
            missing.place,
            f"{missing.text} is not set, and the code raises {missing.cause.value} without it",
            because=(missing.program, missing.cause),
            key=missing.names[0],
        )
