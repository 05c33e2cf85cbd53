"""What the nginx of a container passes on to other containers, and what it needs for that."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.hosts import host_named
from dockerlint_py.model.restarting import stays_down
from dockerlint_py.nginx import Address, Config, Pass, PeerServer

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
            yield Proxied(passed, peer, host_named(container, peer.address.host))


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
