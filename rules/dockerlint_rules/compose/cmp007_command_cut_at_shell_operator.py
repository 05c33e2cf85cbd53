"""A command in one string is cut at the first shell operator.

## Why
Compose splits a string into words without a shell, and stops at the first `;`, `&`, `|`, `<` or
`>` outside of quotes. What follows is dropped without a word: in `migrate && gunicorn` the server
never starts.

## Instead
Give the whole text to a shell: `command: ["sh", "-c", "python manage.py migrate && exec gunicorn
shop.wsgi"]`.

## References
- https://docs.docker.com/reference/compose-file/services/#command
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CMP007",
    "command-cut-at-shell-operator",
    on=Container,
    given="is_service",
    severities=(Severity.ERROR,),
    tags=("compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for command in container.given_commands:
        if command.cut is not None:
            message = f"Compose drops the command from `{command.cut.text}` on: no shell reads it"
            yield container.finding(command.cut, message)
