"""The words of a command written over several lines, where they do not mean what they seem to.

Compose knows no lines: a line feed is a space, and a backslash before it makes it a part of a word.
"""

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place


class CommandWord(NamedTuple):
    """One word of the command line, and where it stands."""

    text: str
    place: Place


_PROGRAMS = frozenset(
    "aerich alembic cd celery chmod chown cp daphne django-admin echo export fastapi flask granian "
    "gunicorn hypercorn mkdir node npm pip pip3 pipenv poetry python python3 sleep source uv "
    "uvicorn yarn".split()
)
"""Programs that a line which goes on with arguments does not begin with."""

_RUNNERS = frozenset("exec pipenv poetry python python3 uv".split())
"""Those whose second word may be a subcommand that takes a program."""


def second_command(words: tuple[CommandWord, ...]) -> CommandWord | None:
    """The word of a later line that begins a command of its own; None when no line does."""
    start = 0
    for number, word in enumerate(words):
        if number == 0 or word.place.line == words[number - 1].place.line:
            continue
        if word.text in _PROGRAMS and _is_complete(words[start:number]):
            return word
        start = number
    return None


def _is_complete(line: tuple[CommandWord, ...]) -> bool:
    """Whether a line is a command that does not go on: no wrapper, no option that wants a value."""
    first, last = line[0].text, line[-1].text
    if first not in _PROGRAMS or last.startswith("-"):
        return False
    return len(line) > (2 if first in _RUNNERS else 1)


def line_feed_word(words: tuple[CommandWord, ...]) -> CommandWord | None:
    """The word that begins with a backslash at the end of a line; None when there is none."""
    return next((word for word in words if word.place.text.startswith("\\\n")), None)
