"""Whether anything outside of a container is meant to reach what listens in it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.image.program_effects import HARMLESS
from dockerlint_py.model.networking.nginx_start import PROGRAMS
from dockerlint_py.model.programs.process import PYTHON_PROGRAMS
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.invocation import Invocation
    from dockerlint_py.model.servers.binds import Bind
    from dockerlint_py.model.servers.server import RunningServer


_QUIET = (
    HARMLESS
    | PYTHON_PROGRAMS
    | frozenset(
        "awk cp curl cut find head ln mkdir mktemp mv nc pg_isready psql python redis-cli rm sed "
        "sh touch tr until wait-for-it wait-for-it.sh wget xargs".split()
    )
)
"""Programs that serve nothing when a script runs them before the server."""


class Unreachable(NamedTuple):
    """A server that only its own container reaches, and why others want to."""

    server: "RunningServer"
    bind: "Bind"
    binds: "Known[tuple[Bind, ...]]"
    wanted: Known[str]

    @property
    def place(self) -> Place:
        """Where the address is written; the command, where it is the server's own."""
        host = self.bind.host
        return host.places[0] if host.places else self.server.place

    @property
    def host(self) -> str:
        """The address that it listens on."""
        return self.bind.host.value if isinstance(self.bind.host, Known) else ""


def unreachable_servers(container: "Container") -> Iterator[Unreachable]:
    """The web server of a container, if it listens on the loopback interface alone."""
    server = lone_server(container)
    if server is None or not has_own_network(container):
        return
    binds = server.binds
    if isinstance(binds, Unknown) or not binds.value:
        return
    if not all(bind.is_loopback for bind in binds.value):
        return
    wanted = next(_wanted(container, server), None)
    if wanted is not None:
        yield Unreachable(server, binds.value[0], binds, wanted)


def lone_server(container: "Container") -> "RunningServer | None":
    """The one server of a container, when it is certain that nothing else serves there."""
    process = container.process
    if len(container.servers) != 1 or process.unknown is not None:
        return None
    server = container.servers[0]
    others = [each for each in process.invocations if each is not server.invocation]
    if not server.is_certain or any(_may_serve(each) for each in others):
        return None
    return server if server.kind.role in ("web", "flower") else None


def is_served_alone(container: "Container") -> bool:
    """Whether nothing listens in a container but its servers that are known and an nginx."""
    process, supervisors = container.process, container.supervisors
    if process.unknown is not None or any(each.unknown for each in supervisors):
        return False
    known = [server.invocation for server in container.servers]
    known += [each.invocation for each in supervisors]
    supervised = [each.invocation for one in supervisors for each in one.programs]
    staying = [*(final.invocation for final in process.finals), *supervised]
    rest = [each for each in (*process.invocations, *supervised) if each not in known]
    return all(
        each.name in PROGRAMS
        or (each.name == "service" and each.values[:1] == ("nginx",))
        or (each not in staying and not _may_serve(each))
        for each in rest
    )


def _may_serve(program: "Invocation") -> bool:
    return program.command.background or program.name not in _QUIET


def has_own_network(container: "Container") -> bool:
    """Whether it is known that the network is its own, and shared with no other container."""
    service, file_set = container.service, container.file_set
    if service is None or file_set is None:
        return True
    mode = service.text("network_mode")
    hidden = container.blur.hides(container.id, "network", 0)
    if hidden or service.gap is not None or file_set.loaded.gaps:
        return False
    if not isinstance(mode, Known) or mode.value not in (None, "bridge"):
        return False
    modes = (other.text("network_mode") for other in file_set.services)
    return all(isinstance(fact, Known) and not _joins(fact.value, service.name) for fact in modes)


def _joins(mode: str | None, name: str) -> bool:
    """Whether a container with this network mode may be in the network of a service's own one."""
    return mode is not None and (mode == f"service:{name}" or mode.startswith("container:"))


def _wanted(container: "Container", server: "RunningServer") -> Iterator[Known[str]]:
    """Why the server is to be reached from outside, the strongest reason first."""
    service = container.service
    if service is not None:
        for port in service.ports:
            yield Known("", port.value.origins, says=f"{service.name} publishes a port")
        yield from container.network.callers
        exposed = service.texts("expose")
        if isinstance(exposed, Known) and exposed.value:
            yield Known("", exposed.places, says=f"{service.name} exposes a port")
    for stage in container.chain:
        for each in stage.exposed:
            yield each.text.saying(f"the image exposes {each.text.value}")
    if container.build is not None and not depends_on_platform(server):
        layers = (*container.command.layers, *container.entrypoint.layers)
        if not any(layer.kind == "Compose" for layer in layers):
            place = container.build.stage.place
            yield Known("", (place,), says="the image runs it when it is given no command")


def depends_on_platform(server: "RunningServer") -> bool:
    """Whether it takes its port from the variable PORT, which platforms set."""
    binds = server.binds
    by_default = isinstance(binds, Known) and not binds.places
    return by_default and server.name in ("gunicorn", "fastapi run")
