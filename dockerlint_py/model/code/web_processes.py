"""How many processes serve an application, and what it keeps in the memory of each of them."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known
from dockerlint_py.model.finding import Role
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.code.async_views import AsyncViews
    from dockerlint_py.model.code.schedulers import RepeatedScheduler
    from dockerlint_py.model.code.split_metrics import SplitMetrics
    from dockerlint_py.model.code.split_sockets import SplitSockets
    from dockerlint_py.model.code.split_states import SplitState
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.server import RunningServer


class Crowd(NamedTuple):
    """Several processes of one server that serve the same application.

    `number` counts them in words that say why; `preloads` tells that the application is imported
    once, before they part. `are_containers`: they are replicas, behind one name.
    """

    server: "RunningServer"
    number: Known[int]
    preloads: Fact[bool]
    are_containers: bool

    @property
    def words(self) -> str:
        """The number for people: `4 workers`."""
        return f"{self.number.value} {'replicas' if self.are_containers else 'workers'}"


class WebProcesses:
    """The processes of production that answer the requests of an application."""

    def __init__(self, application: "Application") -> None:
        self.application = application

    @cached_property
    def containers(self) -> "tuple[Container, ...]":
        """The containers of production; those of unknown role when there are none."""
        for role in (Role.PROD, Role.UNKNOWN):
            found = tuple(c for c in self.application.containers if c.role is role)
            if found:
                return found
        return ()

    @cached_property
    def servers(self) -> "tuple[RunningServer, ...]":
        """The servers that answer for it, as far as they are sure to run."""
        servers = (server for container in self.containers for server in container.servers)
        return tuple(s for s in servers if s.is_web and s.is_certain and self._serves(s))

    @cached_property
    def crowds(self) -> tuple[Crowd, ...]:
        """Where several processes serve it: workers of a server, or replicas of a service."""
        return tuple(crowd for s in self.servers for crowd in (_workers(s), _replicas(s)) if crowd)

    @property
    def repeated_schedulers(self) -> "tuple[RepeatedScheduler, ...]":
        """The schedulers that each of several processes starts."""
        from dockerlint_py.model.code.schedulers import repeated_schedulers_of

        return tuple(repeated_schedulers_of(self)) if self.crowds else ()

    @property
    def split_states(self) -> "tuple[SplitState, ...]":
        """What requests share through memory that each of several processes has for itself."""
        from dockerlint_py.model.code.split_states import split_states_of

        return tuple(split_states_of(self)) if self.crowds else ()

    @property
    def split_sockets(self) -> "tuple[SplitSockets, ...]":
        """Socket.IO servers whose clients reach another process with each request."""
        from dockerlint_py.model.code.split_sockets import split_sockets_of

        return tuple(split_sockets_of(self)) if self.crowds else ()

    @property
    def split_metrics(self) -> "tuple[SplitMetrics, ...]":
        """Metrics for Prometheus that each of several workers counts for itself."""
        from dockerlint_py.model.code.split_metrics import split_metrics_of

        return tuple(split_metrics_of(self)) if self.crowds else ()

    @property
    def async_views(self) -> "AsyncViews | None":
        """Its asynchronous views, where WSGI servers alone serve it."""
        from dockerlint_py.model.code.async_views import async_views_of

        return async_views_of(self)

    def _serves(self, server: "RunningServer") -> bool:
        """Whether a server serves this application and not another one of the same image."""
        served = server.served.application
        return not isinstance(served, Known) or served.value.path in self.application.files


def _workers(server: "RunningServer") -> Crowd | None:
    number = server.workers
    if not isinstance(number, Known) or not number.value or number.value < 2:
        return None
    says = f"{server.name} starts {number.value} workers"
    fact = Known(number.value, number.places or (server.place,), number.confidence, says)
    return Crowd(server, fact, server.preloads, are_containers=False)


def _replicas(server: "RunningServer") -> Crowd | None:
    service = server.container.service
    replicas = service.replicas if service is not None else None
    if service is None or not isinstance(replicas, Known) or (replicas.value or 1) < 2:
        return None
    assert replicas.value is not None
    says = f"{replicas.value} replicas of it run"
    fact = Known(replicas.value, replicas.places or (service.place,), says=says)
    return Crowd(server, fact, Known(value=False), are_containers=True)
