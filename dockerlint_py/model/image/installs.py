"""What the RUNs of a stage install, remove and clean up."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.manifests.installers import (
    CleanupCommand,
    InstallCommand,
    installer,
    read_fetched,
    with_environment,
)
from dockerlint_py.model.image.runs import Run
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

FETCHERS = ("curl", "wget")


class Install(NamedTuple):
    """One installer command of a RUN: what it says, and what it sees."""

    run: Run
    invocation: Invocation
    command: InstallCommand | CleanupCommand

    @property
    def name(self) -> str:
        """The program and what it does: `apt-get update`, also for `python -m pip install`."""
        program = self.command.program.rpartition("/")[2]
        named = self.command.tool if program.startswith(("python", "pypy")) else program
        return f"{named} {self.command.verb}"

    @property
    def place(self) -> Place:
        """The command, from the program to its last argument."""
        return self.invocation.place

    def place_of(self, at: int) -> Place:
        """A word of the command by its number, as the command's parts give it; -1 is the whole."""
        argv = self.invocation.argv
        return argv[at].place if 0 <= at < len(argv) else self.place

    def fact(self) -> Known[str]:
        """The command, to be cited."""
        return self.invocation.fact()


def installs_of(stage: "Stage") -> tuple[Install, ...]:
    """The installer commands of a stage, in order."""
    return tuple(install for run in stage.runs for install in _installs(run))


def _installs(run: Run) -> Iterator[Install]:
    before: Invocation | None = None
    for invocation in run.invocations:
        command = installer(invocation.argv) or _fetched(before, invocation)
        before = invocation
        if isinstance(command, InstallCommand):
            yield Install(run, invocation, with_environment(command, invocation.env.get))
        elif command is not None:
            yield Install(run, invocation, command)


def _fetched(before: Invocation | None, invocation: Invocation) -> InstallCommand | None:
    """`curl URL | python3 -`: the two sides of a pipe."""
    if before is None or before.name not in FETCHERS or before.command.after != "|":
        return None
    return read_fetched(before.argv, invocation.argv)
