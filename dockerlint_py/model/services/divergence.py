"""Where a Compose file makes an image serve something else than it does by itself."""

from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.networking.reach import lone_server
from dockerlint_py.model.role import RoleGuess
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.server import RunningServer


class Divergence(NamedTuple):
    """What differs, in words; `because` are the command of the image and that of the service."""

    what: str
    place: Place
    because: tuple[Known[Any], ...]


def divergence_of(container: "Container") -> Divergence | None:
    """How the server of a service differs from the one that its image starts by itself."""
    given = container.command.layers[-1:]
    if container.build is None or not given or given[0].kind != "Compose":
        return None
    alone = type(container).of_build(container.build, RoleGuess(container.role, "the image"))
    own, composed = lone_server(alone), lone_server(container)
    if own is None or composed is None or own.kind.role != "web" or composed.kind.role != "web":
        return None
    what = _difference(own, composed)
    if what is None:
        return None
    image = own.fact(f"the image runs `{own.invocation.text}`")
    return Divergence(what, composed.place, (image, composed.fact()))


def _difference(own: "RunningServer", composed: "RunningServer") -> str | None:
    if own.name != composed.name:
        return f"{composed.name} instead of {own.name}"
    targets = [_target(server) for server in (own, composed)]
    if None not in targets and targets[0] != targets[1]:
        return f"{targets[1]} instead of {targets[0]}"
    ports = [_ports(server) for server in (own, composed)]
    if None not in ports and ports[0] != ports[1]:
        return "on another port"
    return None


def _target(server: "RunningServer") -> str | None:
    target = server.target
    return target.value.text if isinstance(target, Known) and target.value is not None else None


def _ports(server: "RunningServer") -> frozenset[int] | None:
    """The ports that it listens on; None when they are not all known, or there are none."""
    binds = server.binds
    found = [bind.port for bind in binds.value] if isinstance(binds, Known) else []
    known = [port.value for port in found if isinstance(port, Known)]
    return frozenset(known) if known and len(known) == len(found) else None
