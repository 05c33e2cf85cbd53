"""Servers and workers among the programs that are run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import Word

if TYPE_CHECKING:
    from dockerlint_py.knowledge.server_arguments import Arguments
    from dockerlint_py.knowledge.servers import Server

ENDS = ("--check-config", "--print-config", "--version", "--help")
"""Options with which a server does something else, and ends."""

MULTI_VERBS = ("start", "restart")
"""`celery multi start` leaves workers in the background."""


class Serving(NamedTuple):
    """A program that runs until it is stopped: what is known of it, and its own arguments.

    `options` are the arguments taken apart, None for a server without a table of options. `detach`
    is the word that sends it to the background.
    """

    server: "Server"
    words: tuple[Word, ...]
    options: "Arguments | None"
    detach: Word | None = None


def serving(name: str, arguments: Sequence[Word]) -> Serving | None:
    """The server that a program is, by its name and arguments; None when it is none."""
    from dockerlint_py.knowledge.server_arguments import parse_arguments
    from dockerlint_py.knowledge.servers import SERVERS, find_server

    values = [word.value for word in arguments]
    if name == "celery" and "multi" in values[:-1]:
        at = values.index("multi")
        if values[at + 1] in MULTI_VERBS:
            return Serving(SERVERS["celery worker"], tuple(arguments[at:]), None, arguments[at])
        return None
    found = find_server([_known_as(name), *values])
    if found is None or any(value in ENDS for value in values):
        return None
    server, start = found
    words = tuple(arguments[start - 1 :])
    options = parse_arguments(server.program, [word.value for word in words])
    detach = options and options.last(*server.daemon_options)
    return Serving(server, words, options, words[detach.word] if detach else None)


def _known_as(name: str) -> str:
    return "manage.py" if name == "django" else name
