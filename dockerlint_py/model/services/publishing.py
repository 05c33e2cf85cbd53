"""Host ports that services of a file set take from one another."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.compose import Port, Service
from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.file_set import FileSet


class Clash(NamedTuple):
    """A host port that another service of the file set publishes already.

    `together` tells that both run whatever profile is active.
    """

    service: str
    number: str
    port: Port
    first: Known[str]
    together: bool


class _Binding(NamedTuple):
    address: str
    number: str
    protocol: str


def clashes_of(file_set: "FileSet") -> Iterator[Clash]:
    """The host ports that are published twice, each at its later place."""
    taken: dict[_Binding, tuple[Service, Port]] = {}
    for service in file_set.services:
        for port in service.ports if service.has_own_network else ():
            binding = _binding(port)
            if binding is None:
                continue
            owner, first = taken.setdefault(binding, (service, port))
            if owner is not service:
                says = f"{owner.name} publishes the host port {binding.number}"
                fact = Known(binding.number, first.value.origins, says=says)
                together = owner.profiles == service.profiles
                yield Clash(service.name, binding.number, port, fact, together)


def _binding(port: Port) -> _Binding | None:
    """What a port takes of the host; None when it is not known, random, or chosen in a range."""
    number, address, protocol = port.published, port.host_ip, port.protocol
    if not (isinstance(number, Known) and isinstance(address, Known)):
        return None
    if not isinstance(protocol, Known) or not number.value or not number.value.isdecimal():
        return None
    if int(number.value) == 0:
        return None
    host = "" if port.is_for_all else address.value or ""
    return _Binding(host, number.value, protocol.value or "tcp")
