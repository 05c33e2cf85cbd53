"""Programs that are known to run when a container starts, or when its image is built."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.schema_commands import destroys_data, writes_migrations
from dockerlint_py.model.invocation import Invocation
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


class Started(NamedTuple):
    """A program that runs for certain, and the facts that lead to it."""

    invocation: Invocation
    because: tuple[Known[Any], ...]

    @property
    def place(self) -> Place:
        """From the program to its last argument."""
        return self.invocation.place

    @property
    def text(self) -> str:
        """The program and its arguments for people."""
        return self.invocation.text


def started_by(container: "Container") -> Iterator[Started]:
    """The programs of its start that nothing may leave out."""
    process = container.process
    for invocation in process.invocations:
        if not invocation.is_conditional:
            path = invocation.place.path
            lines = (line for line in process.lines if line.places and line.places[0].path != path)
            yield Started(invocation, tuple(lines))


def built_by(container: "Container") -> Iterator[Started]:
    """The programs of the RUNs whose layers are in its image."""
    for stage in reversed(container.chain):
        for run in stage.runs:
            for invocation in run.invocations:
                if not invocation.is_conditional:
                    yield Started(invocation, ())


def migrations_written_by(container: "Container") -> tuple[Started, ...]:
    """What makes migration files in the container or in its image, where nobody commits them."""
    programs = (*started_by(container), *built_by(container))
    return tuple(p for p in programs if writes_migrations(p.invocation.name, p.invocation.values))


def data_destroyed_by(container: "Container") -> tuple[Started, ...]:
    """What empties or drops a database whenever the container starts."""
    return tuple(
        program
        for program in started_by(container)
        if destroys_data(program.invocation.name, program.invocation.values) or _clears(program)
    )


def _clears(program: Started) -> bool:
    """`sqlflush` prints what clears all tables: something else has to run it."""
    invocation = program.invocation
    return invocation.values[:1] == ("sqlflush",) and invocation.command.after == "|"
