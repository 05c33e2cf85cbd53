"""What a health check runs, and the requests that it makes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.image.scripts import ScriptReader
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.programs.tools import has_tool
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import Command
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.command import CommandLine

TOOLS = ("curl", "wget", "nc", "pg_isready", "redis-cli", "jq")
"""Programs that health checks use and images often lack."""

_ENDINGS = ("exit", "false", "kill", "true", "echo", "return", ":")
"""What stands behind `||` and checks nothing by itself."""


class MissingTool(NamedTuple):
    """A program that a health check needs and its container does not have."""

    name: str
    place: Place
    fact: Known[bool]


def health_programs(container: "Container") -> tuple[Invocation, ...]:
    """The programs of the health check; none when there is none, or it is not known."""
    check = container.health_check.effective
    if not isinstance(check, Known) or check.value is None:
        return ()
    return tuple(_programs(container, check.value))


def _programs(container: "Container", line: "CommandLine") -> Iterator[Invocation]:
    reader = ScriptReader(container.configuration, at_start=True)
    if line.argv is not None:
        reader.take(Command.from_argv(line.argv))
    elif line.script is not None:
        reader.read(line.script)
    yield from reader.invocations


def missing_tools(container: "Container") -> Iterator[MissingTool]:
    """What the health check runs in any case and the container lacks."""
    programs = container.network.health_programs
    for number, program in enumerate(programs):
        if program.is_conditional or program.wrappers or program.name not in TOOLS:
            continue
        if _has_alternative(programs[number + 1 :]):
            continue
        fact = has_tool(container, program.name)
        if isinstance(fact, Known) and not fact.value:
            yield MissingTool(program.name, program.argv[0].place, fact)


def _has_alternative(later: tuple[Invocation, ...]) -> bool:
    """Whether another check is made when this one fails."""
    return any(each.command.before == "||" and each.name not in _ENDINGS for each in later)
