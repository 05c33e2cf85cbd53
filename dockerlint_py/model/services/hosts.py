"""The names by which the containers of a file set reach one another."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.compose import Mapping, Scalar, Service, Value
from dockerlint_py.facts import Fact, Known, Unknown

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.file_set import FileSet


def host_named(container: "Container", name: str) -> "Fact[Container | None]":
    """The container that a host name means to another one of the same file set.

    None: no container, and nothing else that is known, has that name. Full domain names are never
    known, nor is any other name where something from outside of the file set is on the network.
    """
    service, file_set = container.service, container.file_set
    if service is None or file_set is None:
        return Unknown("its network is not known")
    mode = service.text("network_mode")
    hidden = container.blur.hides(container.id, "network", 0)
    if hidden or not isinstance(mode, Known) or mode.value not in (None, "bridge"):
        return Unknown("its network is not known")
    given = _given_names(service)
    if name in given:
        return _linked(file_set, given[name], name)
    found = [c for c in file_set.containers if c.service and name in names_of(c.service)]
    if len(found) == 1:
        return _reached(service, found[0])
    if found or "." in name:
        return Unknown(f"what {name} means is not known")
    if file_set.loaded.gaps or any(each.gap is not None for each in file_set.services):
        return Unknown("there may be other services")
    if _is_joined_from_outside(file_set, service):
        return Unknown("containers of other projects are on its network")
    if not all(_names_are_known(each) for each in file_set.services):
        return Unknown("the names of other services are not known")
    return Known(None, (service.place,), says=f"no service is called {name}")


def names_of(service: Service) -> frozenset[str]:
    """The names that a service has on its networks."""
    names = {service.name, *_aliases(service)}
    for key in ("container_name", "hostname"):
        fact = service.text(key)
        if isinstance(fact, Known) and fact.value:
            names.add(fact.value)
    return frozenset(names)


def _aliases(service: Service) -> Iterator[str]:
    for network in _networks(service).values():
        aliases = network.get("aliases") if isinstance(network, Mapping) else None
        items = () if aliases is None or isinstance(aliases, Scalar | Mapping) else aliases.items
        yield from (str(each.value) for each in items if isinstance(each, Scalar))


def _networks(service: Service) -> dict[str, Value]:
    networks = service.get("networks")
    return dict(networks.entries) if isinstance(networks, Mapping) else {}


def _names_are_known(service: Service) -> bool:
    facts = (service.text(key) for key in ("container_name", "hostname"))
    return all(isinstance(fact, Known) for fact in facts)


def _given_names(service: Service) -> dict[str, str | None]:
    """The names that a service itself gives to hosts: the service each means, if it is one."""
    names: dict[str, str | None] = {}
    links = service.texts("links")
    for text in links.value if isinstance(links, Known) else ():
        target, _, alias = text.partition(":")
        names[alias or target] = target
    external = service.texts("external_links")
    for text in external.value if isinstance(external, Known) else ():
        names[text.partition(":")[2] or text] = None
    hosts = service.get("extra_hosts")
    if isinstance(hosts, Mapping):
        names.update(dict.fromkeys(hosts.entries))
    given = service.texts("extra_hosts") if not isinstance(hosts, Mapping) else Known(())
    for text in given.value if isinstance(given, Known) else ():
        names[text.partition("=" if "=" in text else ":")[0]] = None
    return names


def _linked(file_set: "FileSet", target: str | None, name: str) -> "Fact[Container | None]":
    found = file_set.container(target) if target is not None else None
    if found is None:
        return Unknown(f"{name} is a host of its own")
    return Known(found, (found.place,))


def _reached(service: Service, found: "Container") -> "Fact[Container | None]":
    """The container, if both are on one network."""
    assert found.service is not None
    mode = found.service.text("network_mode")
    if not isinstance(mode, Known) or mode.value not in (None, "bridge"):
        return Unknown(f"the network of {found.service.name} is not known")
    own, other = _networks(service), _networks(found.service)
    if own and other and not own.keys() & other.keys():
        return Unknown(f"{found.service.name} is on other networks")
    return Known(found, (found.place,))


def _is_joined_from_outside(file_set: "FileSet", service: Service) -> bool:
    declared = file_set.loaded.section("networks")
    for name in _networks(service):
        network = declared.get(name)
        external = network.get("external") if network is not None else None
        if isinstance(external, Scalar) and (external.value is True or external.doubt):
            return True
    return False
