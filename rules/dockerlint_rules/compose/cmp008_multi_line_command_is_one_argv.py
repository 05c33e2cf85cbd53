"""The lines of a command are the arguments of one program.

## Why
Compose reads a string without a shell: the end of a line is a space, so a second command on the
next line becomes arguments of the first one. A backslash at the end of a line does not join lines
either: the line feed behind it becomes a part of an argument.

## Instead
Give several commands to a shell: `command: ["sh", "-c", "python manage.py migrate && exec gunicorn
shop.wsgi"]`. Continue a long command on the next line without a backslash.

## References
- https://docs.docker.com/reference/compose-file/services/#command
"""

from collections.abc import Iterator

from dockerlint_py.api import Confidence, Container, Finding, Known, Severity, rule


@rule(
    "CMP008",
    "multi-line-command-is-one-argv",
    on=Container,
    given="is_service",
    severities=(Severity.ERROR,),
    tags=("compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for command in container.given_commands:
        first, second, feed = command.words[:1], command.second_command, command.line_feed_word
        if second is not None:
            fact = Known(second.text, (second.place,), Confidence.LIKELY)
            message = f"`{second.text}` is not started: this line is arguments of `{first[0].text}`"
            yield container.finding(second.place, message, because=(fact,), key=second.text)
        if feed is not None:
            message = "the backslash joins no lines: the program gets a line feed in an argument"
            yield container.finding(feed.place, message, key="line feed")
