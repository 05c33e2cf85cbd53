"""Variables that code must have when it is imported, and that nothing sets."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.programs.startups import Startup, startups_of_run
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.stage import Stage

_STANDARD = frozenset({"HOME", "HOSTNAME", "LANG", "LC_ALL", "PATH", "PORT", "PWD", "TZ", "USER"})
"""Variables that the shell, Docker or a platform sets."""


class MissingVariables(NamedTuple):
    """Variables that a program needs to start: what raises without them.

    `program` is what is started, `cause` the statement that raises, `place` where it is reported.
    """

    names: tuple[str, ...]
    program: Known[str]
    cause: Known[str]
    place: Place

    @property
    def text(self) -> str:
        """The names for people."""
        *others, last = self.names
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def prefix(self) -> str:
        """Assignments that a shell takes in front of a command."""
        return " ".join(f"{name}=build" for name in self.names)


def missing_at_start(container: "Container") -> Iterator[MissingVariables]:
    """What a Compose service does not set, one for each statement that raises.

    Secrets and configs may bring values in ways that are not seen, and a service that sets nothing
    at all may be meant to be given everything on the command line.
    """
    service = container.service
    if service is None or not (service.variables or service.env_files):
        return
    if service.value.get("secrets") is not None or service.value.get("configs") is not None:
        return
    causes: dict[Place, MissingVariables] = {}
    for startup in container.code.startups:
        for missing in _missing(startup, service.place):
            causes.setdefault(missing.cause.places[0], missing)
    yield from causes.values()


def missing_in_runs(stage: "Stage") -> Iterator[MissingVariables]:
    """What the RUNs of a stage do not have, one for each program."""
    for run in stage.runs:
        for startup in startups_of_run(stage, run):
            found = list(_missing(startup, startup.invocation.place))
            if found:
                names = tuple(dict.fromkeys(name for each in found for name in each.names))
                yield found[0]._replace(names=names)


def _missing(startup: Startup, place: Place) -> Iterator[MissingVariables]:
    program = startup.invocation.fact()
    for failure in startup.failures:
        names = tuple(n for n in failure.variables if n not in _STANDARD and "PYTHON" not in n)
        if names:
            where = f"{failure.place.path}:{failure.place.line}"
            says = f"{where} raises {failure.name} without {', '.join(names)}"
            yield MissingVariables(
                names, program, Known(failure.name, (failure.place,), says=says), place
            )
