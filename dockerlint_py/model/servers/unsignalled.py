"""Servers that are not told when their container is stopped: a shell is in front of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.programs.process import Final
from dockerlint_py.model.programs.signals import Keeper
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


class Unsignalled(NamedTuple):
    """A server behind a shell: the shell, and the command in it that leads to the server."""

    name: str
    keeper: Keeper
    place: Place
    because: tuple[Known[str], ...]


def unsignalled_servers(container: "Container") -> Iterator[Unsignalled]:
    """The servers that `docker stop` does not reach, the one for each command that they run by."""
    process = container.process
    if process.unknown is not None:
        return
    served = {id(each.invocation): each for each in container.servers}
    for final in process.finals:
        server = served.get(id(final.invocation))
        if final.keeper is None or server is None:
            continue
        place = _command_in(container, final, final.keeper)
        lines = tuple(line.value for line in process.lines)
        because = tuple(Known(line.text, (line.place,)) for line in lines)
        yield Unsignalled(server.name, final.keeper, place, (*because, server.fact()))


def _command_in(container: "Container", final: Final, keeper: Keeper) -> Place:
    """The command of the shell's own script: the server, `"$@"`, or another script."""
    own = keeper.place.source
    scripts = (script.command.place for script in container.process.scripts)
    places = (final.invocation.command.place, *scripts)
    return next((place for place in places if place.source is own), keeper.place)
