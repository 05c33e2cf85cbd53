"""An entry without a value hides a value, or a volume hides a folder of the same name.

## Why
A variable without a value in `environment` takes the one of the shell that calls Compose. Where
that has none, the container has none either: the value of `env_file` does not come through. In
`volumes`, `src:/app` means a volume of the name `src`, not the folder beside the file.

## Instead
Remove the entry without a value. Write `./src:/app` for a folder.

## References
- https://docs.docker.com/compose/how-tos/environment-variables/envvars-precedence/
- https://docs.docker.com/reference/compose-file/services/#volumes
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CMP017",
    "null-hides-env-file-value",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING, Severity.ERROR),
    tags=("compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for hidden in container.service.hidden_values if container.service else ():
        message = f"{hidden.name} has no value here, which hides the one of the env_file"
        yield container.finding(hidden.place, message, because=(hidden.value,), key=hidden.name)
    for folder in container.folders_taken_for_volumes:
        message = f"this is a volume that is not defined, not the folder: write ./{folder.value}"
        severity = Severity.ERROR
        yield container.finding(folder.places[0], message, severity=severity, key=folder.value)
