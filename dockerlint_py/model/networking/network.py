"""The network of one container: who reaches it, whom it passes requests to, its health check."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.networking.health import MissingTool, health_programs, missing_tools
from dockerlint_py.model.networking.listeners import (
    Listener,
    WrongPort,
    listeners_of,
    wrong_exposed_ports,
    wrong_proxy_labels,
    wrong_published_ports,
)
from dockerlint_py.model.networking.reach import Unreachable, unreachable_servers
from dockerlint_py.model.programs.invocation import Invocation

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.networking.blocked_websockets import BlockedSockets
    from dockerlint_py.model.networking.doubled_cors import DoubledHeader
    from dockerlint_py.model.networking.forwarding import Distrust
    from dockerlint_py.model.networking.probes import FailingProbe, Probe
    from dockerlint_py.model.networking.proxied_django import BrokenForms, SchemeTrouble
    from dockerlint_py.model.networking.proxying import Misled, Proxied
    from dockerlint_py.model.services.divergence import Divergence
    from dockerlint_py.model.services.endpoints import Endpoint, WrongEndpoint
    from dockerlint_py.model.services.needs import Need


class Network:
    """What rules ask of the network of a container; it imports the rest when it is needed."""

    def __init__(self, container: "Container") -> None:
        self._container = container

    @cached_property
    def proxied(self) -> "tuple[Proxied, ...]":
        """What its nginx passes on to servers that are named in the configuration."""
        nginx = self._container.nginx
        if isinstance(nginx, Unknown) or nginx.value is None:
            return ()
        from dockerlint_py.model.networking.proxying import proxied_of

        return tuple(proxied_of(self._container, nginx.value))

    @cached_property
    def callers(self) -> "tuple[Known[str], ...]":
        """Where an nginx of its file set passes requests to it, one in itself included."""
        file_set = self._container.file_set
        others = file_set.containers if file_set is not None else ()
        return tuple(
            each.fact
            for other in others
            for each in other.network.proxied
            if isinstance(each.container, Known) and each.container.value is self._container
        )

    @property
    def unawaited_upstreams(self) -> "tuple[Proxied, ...]":
        """The containers that its nginx must find when it starts, and that may not be there."""
        if not self.proxied:
            return ()
        from dockerlint_py.model.networking.proxying import unawaited_upstreams

        return tuple(unawaited_upstreams(self._container))

    @property
    def unreachable_servers(self) -> tuple[Unreachable, ...]:
        """Its web server, if nothing outside of it reaches that and something is meant to."""
        return tuple(unreachable_servers(self._container))

    @cached_property
    def listeners(self) -> Fact[tuple[Listener, ...]]:
        """Everything that listens in it."""
        return listeners_of(self._container)

    @property
    def wrong_published_ports(self) -> tuple[WrongPort, ...]:
        """What is published, or named to Traefik, and leads nowhere."""
        if self._container.service is None:
            return ()
        found = wrong_published_ports(self._container)
        return (*found, *wrong_proxy_labels(self._container))

    @property
    def wrong_exposed_ports(self) -> tuple[WrongPort, ...]:
        """What the EXPOSE of its image says, where its own server listens elsewhere."""
        return tuple(wrong_exposed_ports(self._container))

    @property
    def misled_requests(self) -> "tuple[Misled, ...]":
        """What its nginx passes on to where nothing takes it."""
        if not self.proxied:
            return ()
        from dockerlint_py.model.networking.proxying import misled_requests

        return tuple(misled_requests(self._container))

    @property
    def blocked_websockets(self) -> "tuple[BlockedSockets, ...]":
        """The routes for WebSockets whose handshake its nginx does not pass on."""
        if not self.proxied:
            return ()
        from dockerlint_py.model.networking.blocked_websockets import blocked_websockets

        return tuple(blocked_websockets(self._container))

    @property
    def broken_forms(self) -> "tuple[BrokenForms, ...]":
        """Where its nginx makes a Django refuse what browsers post."""
        if not self.proxied:
            return ()
        from dockerlint_py.model.networking.proxied_django import broken_forms

        return tuple(broken_forms(self._container))

    @property
    def scheme_troubles(self) -> "tuple[SchemeTrouble, ...]":
        """What a Django behind its nginx gets wrong about HTTPS."""
        if not self.proxied:
            return ()
        from dockerlint_py.model.networking.proxied_django import scheme_troubles

        return tuple(scheme_troubles(self._container))

    @property
    def distrusts(self) -> "tuple[Distrust, ...]":
        """Its web server, if it believes the headers of no proxy, or those of everybody."""
        if self._container.service is None:
            return ()
        from dockerlint_py.model.networking.forwarding import distrusts_of

        return tuple(distrusts_of(self._container))

    @property
    def doubled_cors(self) -> "tuple[DoubledHeader, ...]":
        """The CORS headers that its nginx adds to those of the application."""
        if not self.proxied:
            return ()
        from dockerlint_py.model.networking.doubled_cors import doubled_headers

        return tuple(doubled_headers(self._container))

    @cached_property
    def endpoints(self) -> "tuple[Endpoint, ...]":
        """The services that its variables and settings name; none outside of Compose."""
        if self._container.service is None:
            return ()
        from dockerlint_py.model.services.endpoints import endpoints_of

        return tuple(endpoints_of(self._container))

    @property
    def wrong_hosts(self) -> "tuple[WrongEndpoint, ...]":
        """What it looks for in itself, or on no host, and another service is."""
        if not self.endpoints:
            return ()
        from dockerlint_py.model.services.endpoints import wrong_hosts

        return tuple(wrong_hosts(self._container))

    @property
    def wrong_ports(self) -> "tuple[WrongEndpoint, ...]":
        """What it looks for on a port that only the host has."""
        if not self.endpoints:
            return ()
        from dockerlint_py.model.services.endpoints import wrong_ports

        return tuple(wrong_ports(self._container))

    @cached_property
    def health_programs(self) -> tuple[Invocation, ...]:
        """The programs that its health check runs, as far as they are known."""
        return health_programs(self._container)

    @property
    def missing_health_tools(self) -> tuple[MissingTool, ...]:
        """The programs that its health check needs and that it does not have."""
        return tuple(missing_tools(self._container))

    @property
    def unchecked_by(self) -> "tuple[Need, ...]":
        """The services that start after it, while nothing tells whether it works."""
        container, file_set = self._container, self._container.file_set
        health = container.health_check.effective
        if file_set is None or isinstance(health, Unknown) or health.value is not None:
            return ()
        if not any(server.is_web for server in container.servers):
            return ()
        needs = (each.needs for each in file_set.containers)
        known = (need for fact in needs if isinstance(fact, Known) for need in fact.value)
        return tuple(need for need in known if need.container is container)

    @property
    def divergence(self) -> "Divergence | None":
        """How its server differs from the one that its image starts by itself."""
        if self._container.service is None:
            return None
        from dockerlint_py.model.services.divergence import divergence_of

        return divergence_of(self._container)

    @cached_property
    def probes(self) -> "tuple[Probe, ...]":
        """The HTTP requests that its health check makes."""
        if not self.health_programs:
            return ()
        from dockerlint_py.model.networking.probes import probes_of

        return tuple(probes_of(self.health_programs))

    @property
    def rejected_probes(self) -> "tuple[FailingProbe, ...]":
        """Those that its Django refuses."""
        if not self.probes:
            return ()
        from dockerlint_py.model.networking.probes import rejected_probes

        return tuple(rejected_probes(self._container))

    @property
    def misdirected_probes(self) -> "tuple[FailingProbe, ...]":
        """Those to a port on which nothing listens, or to a path that nothing answers."""
        if not self.probes:
            return ()
        from dockerlint_py.model.networking.probes import misdirected_probes, unanswered_probes

        found = misdirected_probes(self._container)
        return (*found, *unanswered_probes(self._container))
