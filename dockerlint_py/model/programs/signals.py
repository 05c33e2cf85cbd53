"""Whether a signal to the container reaches a program: inits and shells in front of it."""

from collections.abc import Sequence

from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import Script, ShellFamily, Wrapper
from dockerlint_py.text import Place

INITS = ("tini", "tini-static", "docker-init", "catatonit", "dumb-init")
CAUGHT = ("TERM", "SIGTERM", "15", "INT", "SIGINT", "QUIT", "SIGQUIT", "EXIT", "0")


class Keeper(NamedTuple):
    """A shell that waits for a program, and keeps signals to itself.

    `place` is the text that it reads, `of_file` tells that this is a script file.
    """

    place: Place
    family: ShellFamily
    of_file: bool


class Path(NamedTuple):
    """What is between the container's first process and a program.

    `open` tells whether signals pass, None where that is not known; `keeper` is the first shell
    that stops them. `to_group`: an init sends them to all processes.
    """

    open: bool | None = True
    keeper: Keeper | None = None
    to_group: bool = False

    def through(self, wrappers: Sequence[Wrapper]) -> "Path":
        """The path behind the wrappers of a command."""
        return self._replace(to_group=True) if self.open and _to_group(wrappers) else self

    def behind(self, keeper: Keeper, *, replaced: bool | None, catches: bool) -> "Path":
        """The path behind a shell, unless the program has replaced it.

        A shell that `catches` signals may hand them on.
        """
        if self.to_group or replaced or self.open is False:
            return self
        if replaced is None or catches:
            return self._replace(open=None)
        return self._replace(open=False, keeper=keeper)


DIRECT = Path()
"""Nothing is in between."""


def _to_group(wrappers: Sequence[Wrapper]) -> bool:
    """Whether the first process is an init that signals a whole group: `tini -g`, `dumb-init`.

    dumb-init does it unless it is told otherwise.
    """
    inits = [wrapper for wrapper in wrappers if wrapper.name in INITS]
    if not inits:
        return False
    if inits[0].name == "dumb-init":
        return not inits[0].has("-c", "--single-child")
    return inits[0].has("-g")


def catches_signals(script: Script) -> bool:
    """Whether a script sets a handler for the signals that stop a container."""
    return any(
        command.name == "trap"
        and len(command.words) > 2
        and any(word.value.upper() in CAUGHT for word in command.words[2:])
        for command in script.commands
    )
