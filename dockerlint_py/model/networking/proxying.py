"""What the nginx of a container passes on to other containers, and what it needs for that."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.networking.listeners import Listener
from dockerlint_py.model.networking.reach import has_own_network
from dockerlint_py.model.programs.restarting import stays_down
from dockerlint_py.model.services.hosts import host_named
from dockerlint_py.nginx import Address, Config, Pass, PeerServer
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


class Proxied(NamedTuple):
    """Requests that are passed on: the directive, one server that gets them, and whose that is.

    `container` is None when no container of the file set has that name.
    """

    passed: Pass
    peer: PeerServer
    container: "Fact[Container | None]"

    @property
    def address(self) -> Address:
        """Where the requests go."""
        return self.peer.address

    @property
    def fact(self) -> Known[str]:
        """The line that names the server, to be cited."""
        place = self.address.place
        says = f"nginx passes requests to {self.address.shown}"
        return Known(self.address.host, (place,), says=says)


def proxied_of(container: "Container", config: Config) -> Iterator[Proxied]:
    """What is passed to servers whose names stand in the configuration."""
    for passed in config.passes:
        for peer in config.peers(passed):
            found = host_named(container, peer.address.host)
            if peer.address.is_loopback:
                found = Known(container, (container.place,))
            yield Proxied(passed, peer, found)


class Misled(NamedTuple):
    """Requests that get nowhere: to which line, why in words, and what that rests on."""

    proxied: Proxied
    why: str
    because: tuple[Known[Any], ...]


def misled_requests(container: "Container") -> Iterator[Misled]:
    """What nginx passes to a host that there is not, a port or a protocol that is not spoken."""
    for proxied in container.network.proxied:
        address = proxied.address
        if proxied.peer.resolves or "down" in proxied.peer.directive.values:
            continue
        found = proxied.container
        if isinstance(found, Unknown) or not has_own_network(container):
            continue
        # The containers of a pod share an address; Compose's do not.
        if address.is_loopback and container.service is None and not container.servers:
            continue
        if found.value is None:
            yield Misled(proxied, f"no service is called {address.host}", (found,))
        elif address.port is not None:
            yield from _misled_at(proxied, address.port, found.value.network.listeners)


def _misled_at(
    proxied: Proxied, port: int, listening: Fact[tuple[Listener, ...]]
) -> Iterator[Misled]:
    if isinstance(listening, Unknown) or not listening.value:
        return
    there = [listener for listener in listening.value if listener.port == port]
    if not there:
        host = proxied.address.host
        yield Misled(proxied, f"nothing listens on port {port} of {host}", (listening,))
        return
    protocol = there[0].protocol
    if proxied.passed.kind == "uwsgi_pass" and protocol == "http":
        yield Misled(proxied, "HTTP is spoken there, not the protocol of uWSGI", (listening,))
    if proxied.passed.kind == "proxy_pass" and protocol == "uwsgi":
        yield Misled(proxied, "the protocol of uWSGI is spoken there, not HTTP", (listening,))


def unawaited_upstreams(container: "Container") -> Iterator[Proxied]:
    """Where nginx passes requests to, by container, if nothing makes sure that it is there.

    nginx looks the names up when it starts, and ends at once if one of them is unknown.
    """
    awaited = _awaited(container)
    if awaited is None or not stays_down(container):
        return
    for proxied in container.network.proxied:
        found = proxied.container
        if proxied.peer.resolves or not isinstance(found, Known) or found.value is None:
            continue
        if found.value not in awaited:
            awaited.add(found.value)
            yield proxied


def _awaited(container: "Container") -> "set[Container] | None":
    """A container and all that start before it; None when they are not all known."""
    found = {container}
    todo = [container]
    while todo:
        needs = todo.pop().needs
        if isinstance(needs, Unknown):
            return None
        new = {need.container for need in needs.value} - found
        found |= new
        todo += new
    return found
