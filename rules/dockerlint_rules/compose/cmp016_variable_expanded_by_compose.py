"""A variable of the container is replaced by Compose, by nothing.

## Why
Compose replaces `$NAME` when it reads the file, from the shell that calls it and from `.env`. It
does not look into `environment` or `env_file`: these are for the container. The command is started
with an empty text in place of the value.

## Instead
Write `$$NAME`, and a shell that replaces it in the container: `command: ["sh", "-c", "exec
gunicorn shop.wsgi -w $$WEB_CONCURRENCY"]`.

## References
- https://docs.docker.com/reference/compose-file/interpolation/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CMP016",
    "variable-expanded-by-compose",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING,),
    tags=("compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for use in container.service.swallowed_variables if container.service else ():
        message = f"Compose replaces {use.name} by nothing before the container is there"
        yield container.finding(use.place, message, because=(use.value,), key=use.name)
