"""Routes for WebSockets behind an nginx that does not pass their handshake on.

Without `proxy_set_header Upgrade` the application gets a plain GET, and answers it with 404.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.finding import Role
from dockerlint_py.model.networking.front import is_proxy
from dockerlint_py.model.servers.websockets import websocket_routes
from dockerlint_py.nginx import Config, Level, Pass
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.server import RunningServer


class BlockedSockets(NamedTuple):
    """A `proxy_pass` that all requests take, and the file with the routes behind it."""

    place: Place
    routes: Known[str]
    because: tuple[Known[Any], ...]


def blocked_websockets(front: "Container") -> Iterator[BlockedSockets]:
    """Where an nginx stands between browsers and the only server of routes for WebSockets."""
    nginx = front.nginx
    if not isinstance(nginx, Known) or nginx.value is None or _may_upgrade(nginx.value):
        return
    seen: set[Container] = set()
    for proxied in front.network.proxied:
        found = proxied.container
        behind = found.value if isinstance(found, Known) else None
        if behind is None or behind in seen or not _takes_all(proxied.passed):
            continue
        seen.add(behind)
        server = _lone_asgi_server(behind)
        if server is None or _has_other_ways_in(front, behind, server):
            continue
        routes = websocket_routes(server)
        if routes is not None:
            because = (proxied.fact, server.fact(), routes)
            yield BlockedSockets(proxied.passed.directive.place, routes, because)


def _may_upgrade(config: Config) -> bool:
    """Whether the handshake is passed on anywhere, or may be."""
    return config.gap is not None or any(
        not isinstance(header, Known) or header.value is not None
        for server in config.servers
        for level in server.walk()
        for header in (level.header("proxy_set_header", "upgrade"),)
    )


def _takes_all(passed: Pass) -> bool:
    level: Level = passed.level
    is_root = level.kind == "server" or (level.kind == "location" and level.values == ("/",))
    return passed.kind == "proxy_pass" and is_root


def _lone_asgi_server(container: "Container") -> "RunningServer | None":
    if container.process.unknown is not None:
        return None
    servers = [each for each in container.servers if each.is_web]
    if len(servers) != 1 or not servers[0].is_certain:
        return None
    interface = servers[0].interface
    return servers[0] if isinstance(interface, Known) and interface.value == "asgi" else None


def _has_other_ways_in(front: "Container", behind: "Container", server: "RunningServer") -> bool:
    """Whether browsers may get at the routes without this nginx."""
    service, file_set = behind.service, behind.file_set
    if service is None or file_set is None:
        binds = server.binds
        return isinstance(binds, Unknown) or not all(bind.is_loopback for bind in binds.value)
    if service.labels or (service.ports and behind is not front):
        return True
    others = [each for each in file_set.containers if each not in (front, behind)]
    if behind is front and not _is_hidden(front, server):
        return True
    return any(is_proxy(each) or _may_serve_too(each) for each in others)


def _is_hidden(container: "Container", server: "RunningServer") -> bool:
    """Whether no published port of a container is that of its server."""
    binds = server.binds
    if isinstance(binds, Unknown) or container.service is None:
        return False
    ports = [bind.port.value for bind in binds.value if isinstance(bind.port, Known)]
    targets = [port.target for port in container.service.ports]
    return all(isinstance(each, Known) and each.value not in ports for each in targets)


def _may_serve_too(container: "Container") -> bool:
    """Whether another container has a web server of Python, or one that is not known."""
    if container.role in (Role.DEV, Role.TEST):
        return False
    unknown = container.process.unknown is not None and container.build is not None
    return unknown or any(server.is_web for server in container.servers)
