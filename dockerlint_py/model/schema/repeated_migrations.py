"""Migrations that several containers start at the same time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.schema.migrations import is_migration
from dockerlint_py.model.services.needs import COMPLETED, HEALTHY
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

MAX_DEPTH = 20
"""Services that wait for one another; a longer chain is taken for one that waits."""

_LOCK = regex(r"(?i:flock|advisory|\block|[_-]lock)")


class RepeatedMigration(NamedTuple):
    """A migration at a start, and who runs it, in words."""

    place: Place
    text: str
    who: str
    because: tuple[Known[Any], ...]


def repeated_migrations_of(container: "Container") -> Iterator[RepeatedMigration]:
    """The migrations at the start of a server that more than one process runs at once."""
    found = _by_command(container)
    if found is not None:
        yield found
    if container.repository.applications:
        yield from _by_code(container)


def _by_code(container: "Container") -> Iterator[RepeatedMigration]:
    """Code that migrates when its application starts, in each of several workers or replicas."""
    from dockerlint_py.model.schema.schema_calls import served_schema_calls

    for call, crowds in served_schema_calls(container):
        if not call.applies or call.is_locked:
            continue
        for crowd in crowds:
            # What is imported before the workers part runs once.
            once = isinstance(crowd.preloads, Unknown) or crowd.preloads.value
            if crowd.are_containers or not (call.at_import and once):
                who = f"each of {crowd.words}"
                yield RepeatedMigration(call.place, call.text, who, (crowd.number,))
                break


def _by_command(container: "Container") -> RepeatedMigration | None:
    """The migration that a command runs before a server starts."""
    service, migration = container.service, migration_at_start(container)
    if service is None or migration is None:
        return None
    count = service.replicas
    if isinstance(count, Known) and count.value is not None and count.value > 1:
        places = count.places or (service.place,)
        fact = Known(count.value, places, says=f"{service.name} has {count.value} replicas")
        who = f"each of {count.value} replicas"
        return RepeatedMigration(migration.place, migration.text, who, (fact,))
    others = list(_beside(container, migration))
    if not others:
        return None
    names = " and ".join(f"`{name}`" for name in sorted([service.name, *others])[:3])
    fact = Known(service.name, (service.place,), says=f"{service.name} starts it")
    return RepeatedMigration(migration.place, migration.text, names, (fact,))


def migration_at_start(container: "Container") -> Invocation | None:
    """What migrates before a server of a container starts; None without either, or with a lock."""
    process = container.process
    if process.unknown is not None or not any(i.serving for i in process.invocations):
        return None
    for invocation in process.invocations:
        if is_migration(invocation) and not invocation.is_conditional:
            wrapped = " ".join(word.value for word in invocation.command.words)
            return None if _LOCK.search(wrapped) else invocation
    return None


def _beside(container: "Container", migration: Invocation) -> Iterator[str]:
    """The names of other services that run the very same command, and do not wait for this one."""
    assert container.file_set is not None
    for other in container.file_set.containers:
        theirs = migration_at_start(other) if other is not container else None
        if theirs is None or theirs.place != migration.place or other.service is None:
            continue
        if not _waits(container, other, MAX_DEPTH) and not _waits(other, container, MAX_DEPTH):
            yield other.service.name


def _waits(container: "Container", other: "Container", depth: int) -> bool:
    """Whether a container is started when another one is done; true when that is not known."""
    if isinstance(container.needs, Unknown) or depth == 0:
        return True
    for need in container.needs.value:
        if isinstance(need.condition, Unknown):
            return True
        ready = need.waits_until(HEALTHY) or need.waits_until(COMPLETED)
        if (ready and need.container is other) or _waits(need.container, other, depth - 1):
            return True
    return False
