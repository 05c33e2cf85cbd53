"""The ports that a container listens on, when all of them are known."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Environment, Fact, Known, Unknown
from dockerlint_py.model.image.ports import Exposed
from dockerlint_py.model.networking.reach import (
    depends_on_platform,
    has_own_network,
    is_served_alone,
    lone_server,
)
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.compose import Port
    from dockerlint_py.model.container import Container

_ONE_PORT = ("postgresql", "mysql", "mariadb", "redis", "valkey", "memcached", "mongodb")
"""Services that listen on nothing but the ports that are known of their images."""

_OF_TOOLS = (22, 2222, 3000, 4444, 5678, 9229)
"""Ports of debuggers and shells, which people publish beside that of the server."""

_PROXIES = ("nginx", "traefik", "caddy", "haproxy", "httpd")
_TRAEFIK_PORT = ".loadbalancer.server.port"


class Listener(NamedTuple):
    """A port and what is spoken there: `http`, `uwsgi`, or nothing that is known."""

    port: int
    protocol: str = ""


class WrongPort(NamedTuple):
    """A port that something takes for one of a container's, where nothing listens.

    `listening` says what does listen there.
    """

    port: int
    place: Place
    listening: "Known[tuple[Listener, ...]]"


def listeners_of(container: "Container") -> Fact[tuple[Listener, ...]]:
    """Everything that listens in a container."""
    if container.base.facts.product == "nginx":
        return _of_nginx(container)
    if not isinstance(container.nginx, Known) or container.nginx.value is not None:
        return _of_both(container)
    server = lone_server(container)
    if server is not None:
        stats = server.settings.given("stats")
        if isinstance(stats, Unknown) or stats.value:
            return Unknown("it may listen for those who ask for its statistics")
        return _of_server(server.binds)
    return _of_service_image(container)


def _of_nginx(container: "Container") -> Fact[tuple[Listener, ...]]:
    config = container.nginx
    if isinstance(config, Unknown) or config.value is None:
        return Unknown("the configuration of nginx is not known")
    listens = [listen for server in config.value.servers for listen in server.listens]
    if config.value.gap is not None or any(listen.port is None for listen in listens):
        return Unknown(config.value.gap or "what nginx listens on is not known")
    ports = sorted({listen.port for listen in listens if listen.port is not None})
    places = tuple(listen.place for listen in listens)
    # The image has a server of its own on its port, which may still be there.
    usual = container.base.facts.ports or (80,)
    found = tuple(Listener(port, "http") for port in {*ports, *usual})
    shown = ", ".join(map(str, ports)) or "no port of its own"
    return Known(found, places[:1], says=f"nginx listens on {shown}")


def _of_both(container: "Container") -> Fact[tuple[Listener, ...]]:
    """The ports of an nginx and of the servers beside it, if nothing else runs there."""
    front = _of_nginx(container)
    if isinstance(front, Unknown) or not is_served_alone(container):
        return Unknown("what listens in it is not known")
    found = [*front.value]
    says = [front.says]
    for server in container.servers:
        behind = _of_server(server.binds)
        if isinstance(behind, Unknown) or not server.is_certain:
            return Unknown("what listens in it is not known")
        found += behind.value
        says.append(f"{server.name} on {', '.join(str(each.port) for each in behind.value)}")
    return Known(tuple(found), front.places, front.confidence, ", ".join(says))


def _of_server(binds: Fact[tuple[object, ...]]) -> Fact[tuple[Listener, ...]]:
    from dockerlint_py.model.servers.binds import Bind

    if isinstance(binds, Unknown):
        return Unknown(binds.why)
    found: list[Listener] = []
    for bind in binds.value:
        if not isinstance(bind, Bind) or isinstance(bind.port, Unknown):
            return Unknown("its port is not known")
        found.append(Listener(bind.port.value, bind.protocol))
    return Known(tuple(found), binds.places, binds.confidence, binds.says)


def _of_service_image(container: "Container") -> Fact[tuple[Listener, ...]]:
    """The ports of the image of a database, when nothing that is set has to do with ports."""
    base, service = container.base, container.service
    unknown: Unknown[tuple[Listener, ...]] = Unknown("what listens in it is not known")
    if service is None or base.facts.product not in _ONE_PORT or not container.pulls_image:
        return unknown
    given = (service.command.argv, service.entrypoint.argv)
    words = [word for fact in given if isinstance(fact, Known) for word in fact.value or ()]
    if any(isinstance(fact, Unknown) for fact in given) or any(
        "port" in w or w.startswith("-p") for w in words
    ):
        return unknown
    env = Environment(container.env.layers[1:])
    hidden = any(layer.rest is not None for layer in env.layers)
    if hidden or any("PORT" in name for name in env.names()) or words[:1] == ["-c"]:
        return unknown
    ports = tuple(Listener(port) for port in base.facts.ports or ())
    shown = ", ".join(str(port) for port in base.facts.ports or ())
    says = f"{base.name} listens on {shown}"
    return Known(ports, (base.place,), Confidence.LIKELY, says) if ports else unknown


def wrong_published_ports(container: "Container") -> Iterator[WrongPort]:
    """The published port of a service, when nothing listens behind any of them."""
    service, listening = container.service, container.network.listeners
    ports = service.ports if service is not None else ()
    if not ports or isinstance(listening, Unknown) or not listening.value:
        return
    targets = [_target(port) for port in ports]
    numbers = {listener.port for listener in listening.value}
    if None in targets or numbers & set(targets) or set(targets) <= set(_OF_TOOLS):
        return
    if has_own_network(container) and not _has_other_ways_in(container):
        first = next(p for p, target in zip(ports, targets, strict=True) if target is not None)
        yield WrongPort(_target(first) or 0, first.place, listening)


def _target(port: "Port") -> int | None:
    is_tcp = isinstance(port.protocol, Known) and port.protocol.value in (None, "tcp")
    return port.target.value if isinstance(port.target, Known) and is_tcp else None


def _has_other_ways_in(container: "Container") -> bool:
    """Whether a proxy may get at the server, so that the published ports are for others."""
    service, file_set = container.service, container.file_set
    if service is None or file_set is None or service.labels:
        return True
    if any("VIRTUAL" in name for name in service.variables):
        return True
    others = (each for each in file_set.containers if each is not container)
    return any(_may_be_proxy(each) for each in others)


def _may_be_proxy(container: "Container") -> bool:
    facts, nginx = container.base.facts, container.nginx
    if container.service is None or not container.service.ports:
        return False
    if isinstance(nginx, Known) and nginx.value is not None and nginx.value.gap is None:
        return bool(nginx.value.passes)
    return facts.kind is None or facts.product in _PROXIES


def wrong_proxy_labels(container: "Container") -> Iterator[WrongPort]:
    """The labels that send Traefik to a port where nothing listens."""
    listening = container.network.listeners
    service = container.service
    if service is None or isinstance(listening, Unknown) or not listening.value:
        return
    numbers = {listener.port for listener in listening.value}
    for name, value in service.labels.items():
        if not name.startswith("traefik.") or not name.endswith(_TRAEFIK_PORT):
            continue
        text = str(value.value) if value.doubt is None else ""
        if text.isascii() and text.isdigit() and len(text) < 6 and int(text) not in numbers:
            yield WrongPort(int(text), value.place, listening)


def wrong_exposed_ports(container: "Container") -> Iterator[WrongPort]:
    """The EXPOSE of an image whose own server listens on none of its ports."""
    listening = container.network.listeners
    layers = (*container.command.layers, *container.entrypoint.layers)
    if isinstance(listening, Unknown) or not listening.value or container.stage is None:
        return
    server = lone_server(container)
    if any(layer.kind == "Compose" for layer in layers):
        return
    if server is not None and depends_on_platform(server):
        return
    exposed = [each for stage in container.chain for each in stage.exposed]
    numbers = {listener.port for listener in listening.value}
    if not exposed or any(_may_hold(each, numbers) for each in exposed):
        return
    steps = [step for stage in container.chain for step in stage.steps_of("EXPOSE")]
    words = sum(len(step.instruction.args) for step in steps)
    if words == len(exposed):
        number = exposed[0].ports.first if exposed[0].ports is not None else 0
        yield WrongPort(number, exposed[0].text.places[0], listening)


def _may_hold(exposed: Exposed, numbers: set[int]) -> bool:
    ports = exposed.ports
    return ports is None or any(ports.first <= number <= ports.last for number in numbers)
