"""Whether servers have the time to end that they are told to take."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.compose import Service
    from dockerlint_py.model.servers.server import RunningServer

DEFAULT_GRACE = 10
"""Seconds that Docker waits between SIGTERM and SIGKILL."""


class ShortGrace(NamedTuple):
    """A container that is killed while its server still works.

    `needed` are the seconds that the server takes, None for as long as its tasks run.
    """

    place: Place
    seconds: float
    needed: int | None
    because: tuple[Known[int | None], ...]


def short_grace(server: "RunningServer") -> ShortGrace | None:
    """The grace period of a service when it is shorter than its server's; None when it is not."""
    service = server.container.service
    if service is None or not server.is_certain or service.get("stop_signal") is not None:
        return None
    grace = service.stop_grace_period
    if not isinstance(grace, Known):
        return None
    seconds = DEFAULT_GRACE if grace.value is None else grace.value / 1e9
    place = _place(service)
    if server.name == "celery worker":
        known = Known[int | None](None, says="a celery worker finishes its tasks after SIGTERM")
        return ShortGrace(place, seconds, None, (known,)) if seconds <= DEFAULT_GRACE else None
    needed = server.graceful_timeout
    if not server.is_web or not isinstance(needed, Known) or needed.value is None:
        return None
    if needed.value <= seconds:
        return None
    return ShortGrace(place, seconds, needed.value, (needed,))


def _place(service: "Service") -> Place:
    value = service.get("stop_grace_period")
    return value.place if value is not None else service.place
