"""The databases, brokers and services that a container is told to use, and whether it can."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.knowledge.endpoints import (
    DJANGO_ENGINES,
    HOST_NAMES,
    SCHEMES,
    SERVER_PROGRAMS,
)
from dockerlint_py.model.networking.reach import has_own_network
from dockerlint_py.model.services.hosts import host_named
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.model.container import Container

_HOST = regex(r"[A-Za-z0-9_-]{1,63}")
LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]")
_URL_SETTINGS = ("CELERY_BROKER_URL", "CELERY_RESULT_BACKEND", "BROKER_URL", "REDIS_URL")


class Endpoint(NamedTuple):
    """A host and perhaps a port; `products` are the services that it is meant to be.

    `name` is the variable, the setting or the call that says so.
    """

    name: str
    host: str
    port: int | None
    products: frozenset[str]
    place: Place

    @property
    def fact(self) -> Known[str]:
        """What is said, to be cited."""
        port = f":{self.port}" if self.port is not None else ""
        return Known(self.host, (self.place,), says=f"{self.name} names {self.host}{port}")


class WrongEndpoint(NamedTuple):
    """An endpoint where the container finds nothing, why, and what that rests on."""

    endpoint: Endpoint
    why: str
    because: tuple[Known[Any], ...]
    is_certain: bool = True


def endpoints_of(container: "Container") -> Iterator[Endpoint]:
    """What the variables, the Django settings and the code of a service name."""
    yield from _in_variables(container)
    for settings in container.code.settings:
        yield from _in_settings(settings)
    if container.code.startups:
        from dockerlint_py.model.services.client_calls import endpoints_in_code

        yield from endpoints_in_code(container)


def _in_variables(container: "Container") -> Iterator[Endpoint]:
    for name in container.env.names():
        fact = container.env.get(name)
        if not isinstance(fact, Known) or not fact.value or not fact.places:
            continue
        found = parse_url(name, fact.value, fact.places[0])
        products = _meant_by(name)
        if found is not None:
            yield found
        elif products and "/" not in fact.value and "$" not in fact.value:
            port = container.env.get(name.replace("HOST", "PORT").replace("SERVER", "PORT"))
            number = _number(port.value or "") if isinstance(port, Known) else None
            yield Endpoint(name, fact.value, number, products, fact.places[0])


def _meant_by(name: str) -> frozenset[str]:
    for known, products in HOST_NAMES.items():
        if name == known or name.endswith(f"_{known}"):
            return products
    return frozenset()


def parse_url(name: str, text: str, place: Place) -> Endpoint | None:
    """The endpoint that a URL names; None for other texts, several hosts, and unknown schemes."""
    scheme, separator, rest = text.partition("://")
    products = SCHEMES.get(scheme.lower().partition("+")[0])
    if not separator or products is None or "$" in text:
        return None
    authority = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    if authority.startswith("["):
        host, _, port = authority.partition("]")
        host, port = f"{host}]", port.removeprefix(":")
    else:
        host, _, port = authority.partition(":")
    if not host or "," in authority:
        return None
    return Endpoint(name, host, _number(port), products, place)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _in_settings(settings: "Settings") -> Iterator[Endpoint]:
    engine, host, port = (
        settings.entry("DATABASES", "default", key) for key in ("ENGINE", "HOST", "PORT")
    )
    name = engine.value if isinstance(engine, Known) else None
    products = DJANGO_ENGINES.get(name) if isinstance(name, str) else None
    if products and isinstance(host, Known) and isinstance(host.value, str) and host.value:
        number = _number(str(port.value)) if isinstance(port, Known) else None
        if host.places:
            yield Endpoint("DATABASES", host.value, number, products, host.places[0])
    locations = (settings.entry("CACHES", "default", "LOCATION"),)
    for label, fact in (("CACHES", locations[0]), *((n, settings.get(n)) for n in _URL_SETTINGS)):
        if isinstance(fact, Known) and isinstance(fact.value, str) and fact.places:
            found = parse_url(label, fact.value, fact.places[0])
            if found is not None:
                yield found


def wrong_hosts(container: "Container") -> Iterator[WrongEndpoint]:
    """Endpoints on the container itself, or on no host, while a service is what is meant."""
    if container.service is None or not has_own_network(container) or _may_hold(container):
        return
    for endpoint in container.network.endpoints:
        service = _service_of_kind(container, endpoint.products)
        if service is None or service is container or service.service is None:
            continue
        name = service.service.name
        there = Known(name, (service.place,), says=f"the service {name} is what is meant")
        if endpoint.host in LOOPBACK:
            why = f"{endpoint.host} is the container itself: the service is called {name}"
            yield WrongEndpoint(endpoint, why, (endpoint.fact, there))
            continue
        found = host_named(container, endpoint.host)
        if isinstance(found, Known) and found.value is None and _HOST.fullmatch(endpoint.host):
            why = f"no service is called {endpoint.host}: there is {name}"
            yield WrongEndpoint(endpoint, why, (endpoint.fact, there, found), is_certain=False)


def _may_hold(container: "Container") -> bool:
    """Whether such a service may run in the very container."""
    process = container.process
    if process.unknown is not None or container.supervisors:
        return True
    return any(each.name in SERVER_PROGRAMS for each in process.invocations)


def _service_of_kind(container: "Container", products: frozenset[str]) -> "Container | None":
    file_set = container.file_set
    others = file_set.containers if file_set is not None else ()
    return next((c for c in others if c.base.facts.product in products), None)


def wrong_ports(container: "Container") -> Iterator[WrongEndpoint]:
    """Endpoints that name the port of the host where that of the container is to be named."""
    for endpoint in container.network.endpoints:
        found = host_named(container, endpoint.host) if endpoint.port is not None else None
        if not isinstance(found, Known) or found.value is None or found.value is container:
            continue
        published = _published_as(found.value, endpoint.port)
        if published is not None:
            number = published.value
            why = f"{endpoint.host} listens on {number}: {endpoint.port} is a port of the host"
            yield WrongEndpoint(endpoint, why, (endpoint.fact, published))


def _published_as(container: "Container", number: int | None) -> Known[int] | None:
    """The port of a container that is published on another port of the host, if only there."""
    service, listening = container.service, container.network.listeners
    if service is None or isinstance(listening, Unknown):
        return None
    if any(listener.port == number for listener in listening.value):
        return None
    found: Fact[int] | None = None
    for port in service.ports:
        if not isinstance(port.target, Known) or port.target.value == number:
            return None
        published = port.published.value if isinstance(port.published, Known) else None
        if published == str(number) and port.target.value is not None:
            says = f"{service.name} publishes {published}:{port.target.value}"
            found = Known(port.target.value, port.value.origins, says=says)
    return found if isinstance(found, Known) else None
