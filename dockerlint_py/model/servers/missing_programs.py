"""Servers and worker classes whose distribution is not in the image."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.knowledge.servers import WORKER_CLASSES, WorkerClass
from dockerlint_py.model.packages.presence import presence
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.servers.own_classes import base_of_own_class
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.server import RunningServer

LAUNCHED = ("aerich", "alembic", "arq", "django-admin", "dramatiq", "honcho", "supervisord")
"""Programs that are started beside servers, by the table of console scripts."""

OWN_CLASSES = ("uvicorn", "uvicorn-worker")
"""Distributions of worker classes that are named by their module; others gunicorn names itself."""

WITH_OTHER_NAME = {"fastapi run": "fastapi-cli", "fastapi dev": "fastapi-cli"}


class MissingProgram(NamedTuple):
    """Something that is started and is not installed: what, the distribution, and why."""

    name: str
    dist: str
    place: Place
    because: tuple[Known[str], ...]
    is_certain: bool


class WrongWorkerClass(NamedTuple):
    """A worker class that this gunicorn cannot load: what is wrong, and why that is known."""

    name: str
    place: Place
    reason: str
    because: tuple[Known[str], ...]
    is_certain: bool


class DeprecatedClass(NamedTuple):
    """A worker class that uvicorn will drop: what to use instead.

    `warns`: the uvicorn that is installed is known to say so itself, at each start.
    """

    given: Known[str]
    place: Place
    instead: str
    warns: bool


_DEPRECATED_SINCE = (0, 30)
_ASGI_SINCE = (24,)


def missing_programs(container: "Container") -> Iterator[MissingProgram]:
    """The servers, jobs and worker classes that nothing installs."""
    if container.process.unknown is not None:
        return
    for server in container.servers:
        if server.code is None and server.is_certain:
            dist = WITH_OTHER_NAME.get(server.name, server.kind.dist)
            yield from _missing(container, server.invocation, dist)
        yield from _missing_class(server)
    for invocation in container.process.invocations:
        if invocation.name in LAUNCHED and not invocation.is_conditional:
            yield from _missing_job(container, invocation)


def _missing_job(container: "Container", invocation: Invocation) -> Iterator[MissingProgram]:
    from dockerlint_py.knowledge.console_scripts import dist_of

    dist = dist_of(invocation.name)
    if dist is not None and invocation.serving is None:
        yield from _missing(container, invocation, dist)


def _missing(container: "Container", invocation: Invocation, dist: str) -> Iterator[MissingProgram]:
    absent = _absence(container, dist)
    if absent is None:
        return
    word = invocation.program.word
    because = (invocation.fact(), absent)
    certain = absent.confidence is Confidence.CERTAIN
    yield MissingProgram(invocation.name, dist, word.place, because, certain)


def _absence(container: "Container", dist: str) -> Known[str] | None:
    fact: Fact[bool] = presence(container, dist)
    if isinstance(fact, Unknown) or fact.value:
        return None
    return Known(dist, fact.places, fact.confidence, fact.says)


def _missing_class(server: "RunningServer") -> Iterator[MissingProgram]:
    given, row = _class_of(server)
    if given is None or row is None or row.needs not in OWN_CLASSES:
        return
    absent = _absence(server.container, row.needs)
    if absent is not None:
        place = given.places[0] if given.places else server.place
        certain = absent.confidence is Confidence.CERTAIN
        yield MissingProgram(
            f"the worker class {given.value}", row.needs, place, (given, absent), certain
        )


def _class_of(server: "RunningServer") -> tuple[Known[str] | None, WorkerClass | None]:
    fact = server.worker_class
    if not isinstance(fact, Known) or fact.value is None:
        return None, None
    given = Known(fact.value, fact.places, fact.confidence, fact.says)
    return given, WORKER_CLASSES.get(fact.value)


def wrong_worker_class(server: "RunningServer") -> WrongWorkerClass | None:
    """Why gunicorn cannot load its worker class; None when it can, or may be able to."""
    given, row = _class_of(server)
    if given is None or row is None or row.needs in OWN_CLASSES:
        return None
    place = given.places[0] if given.places else server.place
    for each in server.container.dependencies.distributions("gunicorn"):
        version = _release(each.version)
        reason = None if version is None else _unfit(row, version)
        if reason is not None:
            because = (given, each.fact())
            return WrongWorkerClass(given.value, place, reason, because, is_certain=True)
    absent = _absence(server.container, row.needs) if row.needs is not None else None
    if absent is None:
        return None
    certain = absent.confidence is Confidence.CERTAIN
    return WrongWorkerClass(
        given.value, place, f"nothing installs {row.needs}", (given, absent), certain
    )


def deprecated_class(server: "RunningServer") -> DeprecatedClass | None:
    """A worker class of `uvicorn.workers`, with what there is to use instead."""
    given, row = _class_of(server)
    if given is not None and row is None:
        given = base_of_own_class(server, given.value)
    if given is None or not given.value.startswith("uvicorn.workers."):
        return None
    distributions = server.container.dependencies.distributions
    place = given.places[0] if given.places else server.place
    versions = [_release(each.version) for each in distributions("uvicorn")]
    warns = any(version is None or version >= _DEPRECATED_SINCE for version in versions)
    instead = "uvicorn_worker.UvicornWorker of the package uvicorn-worker"
    gunicorn = [_release(each.version) for each in distributions("gunicorn")]
    has_own = any(version is not None and version >= _ASGI_SINCE for version in gunicorn)
    if has_own and not distributions("uvicorn-worker"):
        instead = "gunicorn's own `-k asgi`, or uvicorn-worker"
    return DeprecatedClass(given, place, instead, warns)


def _unfit(row: WorkerClass, version: tuple[int, ...]) -> str | None:
    shown = ".".join(map(str, version))
    if row.until is not None and version >= row.until:
        return f"gunicorn {shown} no longer has it"
    if row.since is not None and version < row.since:
        return f"gunicorn {shown} does not have it yet"
    return None


def _release(version: str | None) -> tuple[int, ...] | None:
    parts = (version or "").split(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 9 for part in parts):
        return None
    return tuple(int(part) for part in parts)
