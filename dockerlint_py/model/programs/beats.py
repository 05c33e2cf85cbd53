"""Schedulers of Celery, of which there may be one only."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.server import RunningServer

Trouble: TypeAlias = Literal["replicas", "twice", "embedded"]

_EMBEDDED = ("-B", "--beat")
_LOCKING = "redbeat"
"""RedBeat's schedulers agree on one that works."""


class RepeatedBeat(NamedTuple):
    """A beat that is not alone, or one inside of a worker.

    `is_locked` tells that its scheduler lets one of them work.
    """

    trouble: Trouble
    place: Place
    is_locked: bool
    because: tuple[Known[str], ...]


def repeated_beats_of(container: "Container") -> Iterator[RepeatedBeat]:
    """What is amiss with the beats of a container."""
    for beat in beats_of(container):
        place = beat.invocation.place
        locked = _LOCKING in beat.invocation.text or bool(
            container.dependencies.distributions("celery-redbeat")
        )
        replicas = container.service.replicas if container.service is not None else None
        other = _other(container, beat)
        if isinstance(replicas, Known) and (replicas.value or 1) > 1:
            says = f"{replicas.value} replicas of it run"
            fact = Known(str(replicas.value), replicas.places, says=says)
            yield RepeatedBeat("replicas", place, locked, (fact,))
        elif other is not None:
            yield RepeatedBeat("twice", place, locked, (other.fact(),))
        elif beat.name == "celery worker":
            yield RepeatedBeat("embedded", place, locked, ())


def beats_of(container: "Container") -> "tuple[RunningServer, ...]":
    """The beats that a container is sure to start, those in workers too."""
    return tuple(
        server
        for server in container.servers
        if server.is_certain
        and (
            server.name == "celery beat"
            or (server.name == "celery worker" and server.invocation.has(*_EMBEDDED))
        )
    )


def _other(container: "Container", beat: "RunningServer") -> "RunningServer | None":
    """A beat of the same application in another service that starts with this one."""
    if container.file_set is None or container.build is None or not _starts(container):
        return None
    others = (each for each in container.file_set.containers if each.build is container.build)
    for other in others:
        for found in beats_of(other) if other is not container and _starts(other) else ():
            if _application(found) == _application(beat):
                return found
    return None


def _starts(container: "Container") -> bool:
    """Whether a service starts without a profile being asked for."""
    return container.service is not None and container.service.enabled


def _application(server: "RunningServer") -> str | None:
    """What `-A` names; None when it is not given."""
    words = (*server.invocation.values, "")
    for word, following in pairwise(words):
        if word in ("-A", "--app"):
            return following
        if word.startswith(("-A", "--app=")):
            return word.removeprefix("--app=").removeprefix("-A")
    return None
