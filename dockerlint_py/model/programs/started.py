"""Programs that are known to run when a container starts, or when its image is built."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.schema_commands import destroys_data, writes_migrations
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.schema.schema_calls import SchemaCall


class Started(NamedTuple):
    """Something that runs for certain: where, as what, and the facts that lead to it."""

    place: Place
    text: str
    because: tuple[Known[Any], ...] = ()


def migrations_written_by(container: "Container") -> Iterator[Started]:
    """What makes migration files in the container or in its image, where nobody commits them."""
    for invocation in _built(container):
        if writes_migrations(invocation.name, invocation.values):
            yield Started(invocation.place, invocation.text)
    for invocation in _started(container):
        if writes_migrations(invocation.name, invocation.values):
            yield _of_program(container, invocation)
    for call in _calls(container):
        if call.writes:
            yield Started(call.place, call.text, (_serves(container),))


def data_destroyed_by(container: "Container") -> Iterator[Started]:
    """What empties or drops a database whenever the container starts."""
    for invocation in _started(container):
        if destroys_data(invocation.name, invocation.values) or _clears(invocation):
            yield _of_program(container, invocation)
    for call in _calls(container):
        if call.destroys:
            yield Started(call.place, call.text, (_serves(container),))


def _started(container: "Container") -> Iterator[Invocation]:
    """The programs of its start that nothing may leave out."""
    return (each for each in container.process.invocations if not each.is_conditional)


def _built(container: "Container") -> Iterator[Invocation]:
    """The programs of the RUNs whose layers are in its image."""
    for stage in reversed(container.chain):
        for run in stage.runs:
            yield from (each for each in run.invocations if not each.is_conditional)


def _calls(container: "Container") -> "Iterator[SchemaCall]":
    """The calls in the code that it serves."""
    if container.repository.applications:
        from dockerlint_py.model.schema.schema_calls import served_schema_calls

        yield from (call for call, _ in served_schema_calls(container))


def _serves(container: "Container") -> Known[str]:
    """The server that starts that code."""
    return next(server.fact() for server in container.servers if server.is_web)


def _of_program(container: "Container", invocation: Invocation) -> Started:
    path = invocation.place.path
    lines = (line for line in container.process.lines if line.places)
    elsewhere = tuple(line for line in lines if line.places[0].path != path)
    return Started(invocation.place, invocation.text, elsewhere)


def _clears(invocation: Invocation) -> bool:
    """`sqlflush` prints what clears all tables: something else has to run it."""
    return invocation.values[:1] == ("sqlflush",) and invocation.command.after == "|"
