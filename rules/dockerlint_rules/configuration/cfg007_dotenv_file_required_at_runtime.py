"""The code loads a file of variables that is not in the container.

## Why
`load_dotenv()`, `read_env()` and `env_file=` pass over a file that is not there: what it would set
is empty, or a default, and nothing says so. `RepositoryEnv` of decouple raises.

## Instead
Give the variables to the service, `env_file: .env.prod` or `environment:`, and leave files of
variables out of the image.

## References
- https://12factor.net/config
- https://docs.docker.com/compose/how-tos/environment-variables/set-environment-variables/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CFG007",
    "dotenv-file-required-at-runtime",
    on=Container,
    given="may_run_code",
    severities=(Severity.WARNING, Severity.ERROR),
    role="prod",
    tags=("configuration", "python", "compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for absent in container.code.absent_env_files:
        message = f"{absent.file} is not in the container: loading it raises"
        if not absent.raises:
            names = ", ".join(absent.names)
            message = f"{absent.file} is not in the container, and nothing else sets {names}"
        yield container.finding(
            absent.place,
            message,
            because=(absent.program,),
            severity=Severity.ERROR if absent.raises else Severity.WARNING,
            key=absent.file,
        )
