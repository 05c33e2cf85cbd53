"""Services that may start before what they need is ready."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Known, Unknown
from dockerlint_py.model.programs.restarting import stays_down
from dockerlint_py.model.schema.migrations import (
    is_migration,
    may_wait,
    needs_database,
    waits_for_migrations,
)
from dockerlint_py.model.services.needs import COMPLETED, HEALTHY, Need
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

SQLITE_ENGINES = ("django.db.backends.sqlite3", "django.contrib.gis.db.backends.spatialite")
_SQLITE = regex(r"\bbackends\.(?:sqlite3|spatialite)\b")

MAX_DEPTH = 20
"""Services that wait for one another; a longer chain is taken for one that waits."""


class Race(NamedTuple):
    """What a service does not wait for: `until` in words. `is_certain`: it then fails for good."""

    place: Place
    until: tuple[str, ...]
    because: tuple[Known[str], ...]
    is_certain: bool


def race_of(container: "Container") -> Race | None:
    """The race of a service at its start; None when it waits for all, or that is not known."""
    needs = container.needs
    if container.service is None or not isinstance(needs, Known) or container.process.unknown:
        return None
    if container.file_set is None or container.file_set.loaded.gaps:
        return None
    parts = [*_against_database(container, needs.value), *_against_job(container, needs.value)]
    if not parts:
        return None
    return Race(
        _place(container),
        tuple(part.until for part in parts),
        tuple(fact for part in parts for fact in part.because),
        any(part.is_certain for part in parts),
    )


class _Part(NamedTuple):
    """One thing that is not waited for."""

    until: str
    because: tuple[Known[str], ...]
    is_certain: bool


def _place(container: "Container") -> Place:
    service = container.service
    assert service is not None
    listed = service.get("depends_on")
    return listed.subject if listed is not None and service.dependencies else service.place


def _against_database(container: "Container", needs: tuple[Need, ...]) -> Iterator[_Part]:
    """A program that uses the database at once, or a server whose author lists the database."""
    databases = [c for c in _others(container) if c.datastore is not None and c.datastore.is_sql]
    starts = [each for each in container.process.invocations if needs_database(each)]
    listed = [need for need in needs if need.container in databases]
    serves = any(final.invocation.serving for final in container.process.finals)
    if not databases or not (starts or (listed and serves)) or _may_use_sqlite(container):
        return
    if any(may_wait(each) for each in container.process.invocations):
        return
    if any(_waits_for_database(need, databases, MAX_DEPTH) for need in needs):
        return
    database = listed[0].container if listed else databases[0]
    names = [c.service.name for c in (database,) if c.service is not None]
    cited = [need.fact for need in listed[:1]] or [_nothing_said(container)]
    fact = starts[0].fact() if starts else container.process.lines[-1].saying("it serves")
    used = Known(names[0], fact.places, Confidence.LIKELY, fact.says) if starts else None
    because = (*cited, *((used,) if used is not None else ()))
    yield _Part(
        f"`{names[0]}` accepts connections", because, bool(starts) and stays_down(container)
    )


def _may_use_sqlite(container: "Container") -> bool:
    """Whether Django's default database may be a file: the server is there, but nobody asks it."""
    engines = [each.entry("DATABASES", "default", "ENGINE") for each in container.code.settings]
    known = [engine.value for engine in engines if isinstance(engine, Known)]
    if known:
        return all(value in SQLITE_ENGINES for value in known)
    files = container.repository.python_files
    return any(files.with_text(_SQLITE, files.modules.paths, ("sqlite3", "spatialite")))


def _waits_for_database(need: Need, databases: "list[Container]", depth: int) -> bool:
    """Whether the database is ready when this need is met; true when that is not known."""
    if isinstance(need.condition, Unknown) or depth == 0:
        return True
    other = need.container
    if need.waits_until(HEALTHY) and (other in databases or not other.base.is_known):
        return True
    if not (need.waits_until(HEALTHY) or need.waits_until(COMPLETED)):
        return False
    if any(may_wait(each) for each in other.process.invocations) or other.process.unknown:
        return True
    return isinstance(other.needs, Unknown) or any(
        _waits_for_database(each, databases, depth - 1) for each in other.needs.value
    )


def _against_job(container: "Container", needs: tuple[Need, ...]) -> Iterator[_Part]:
    """A web server beside a job that migrates the database of the same application."""
    programs = container.process.invocations
    serves = any(each.serving and each.serving.server.role == "web" for each in programs)
    if not serves or any(is_migration(each) or waits_for_migrations(each) for each in programs):
        return
    jobs = [other for other in _others(container) if _is_job_for(other, container)]
    if not jobs or any(_waits_for_job(need, jobs, MAX_DEPTH) for need in needs):
        return
    job = jobs[0]
    name = job.service.name if job.service is not None else ""
    migration = next(each for each in job.process.invocations if is_migration(each))
    listed = [need.fact for need in needs if need.container is job]
    because = (migration.fact(f"{name} runs `{migration.text}`"), *listed)
    yield _Part(f"`{name}` has finished", because, is_certain=True)


def _is_job_for(job: "Container", container: "Container") -> bool:
    """Whether a container migrates and ends, and has the same image as another one."""
    programs = job.process.invocations
    cut = job.service is None or job.service.command.cut is not None
    if cut or job.process.unknown or not any(is_migration(each) for each in programs):
        return False
    if any(each.serving for each in programs) or job.image is None:
        return False
    same_file = job.dockerfile is not None and job.dockerfile is container.dockerfile
    return same_file or job.image == container.image


def _waits_for_job(need: Need, jobs: "list[Container]", depth: int) -> bool:
    """Whether a job has ended when this need is met; true when that is not known."""
    if isinstance(need.condition, Unknown) or depth == 0:
        return True
    if need.container in jobs:
        return need.waits_until(COMPLETED)
    if not (need.waits_until(HEALTHY) or need.waits_until(COMPLETED)):
        return False
    inner = need.container.needs
    return isinstance(inner, Unknown) or any(
        _waits_for_job(each, jobs, depth - 1) for each in inner.value
    )


def _others(container: "Container") -> "list[Container]":
    file_set = container.file_set
    return [c for c in file_set.containers if c is not container] if file_set is not None else []


def _nothing_said(container: "Container") -> Known[str]:
    assert container.service is not None
    return Known("", (container.service.place,), Confidence.LIKELY, "it does not wait for it")
