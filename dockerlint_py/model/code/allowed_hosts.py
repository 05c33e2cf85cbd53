"""Which hosts Django answers for in a container, as far as nothing in front of it decides that."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.model.container import Container
    from dockerlint_py.nginx import Level

_SETTING = "ALLOWED_HOSTS"
_PROXIES = frozenset({"caddy", "envoy", "haproxy", "traefik"})
"""Proxies whose configuration is not read; they may refuse hosts."""


class HostsMistake(NamedTuple):
    """`ALLOWED_HOSTS` with a star, or with nothing at all; where, and the facts."""

    is_open: bool
    place: Place
    because: tuple[Known[str], ...]


def hosts_mistakes_of(container: "Container") -> Iterator[HostsMistake]:
    """What is wrong with the hosts of the settings that a container runs with."""
    if container.servers and not any(server.is_web for server in container.servers):
        return
    for settings in container.code.settings:
        debug = settings.get("DEBUG")
        if not isinstance(debug, Known) or not debug.value:
            yield from _open(container, settings)
        if isinstance(debug, Known) and not debug.value:
            yield from _empty(container, settings, Known("DEBUG", debug.places, says=debug.says))


def _open(container: "Container", settings: "Settings") -> Iterator[HostsMistake]:
    stars = [item for item in settings.items(_SETTING) if item.text == "*"]
    if stars and not _is_checked_before(container):
        yield HostsMistake(is_open=True, place=stars[0].place, because=())


def _empty(
    container: "Container", settings: "Settings", debug: Known[str]
) -> Iterator[HostsMistake]:
    hosts = settings.get(_SETTING)
    known = isinstance(hosts, Known) and isinstance(hosts.value, list | tuple)
    serves = any(server.is_web and server.is_certain for server in container.servers)
    place = settings.place_of(_SETTING) or settings.place_of("DEBUG")
    if not known or not serves or place is None or not isinstance(hosts, Known):
        return
    if not any(hosts.value if isinstance(hosts.value, list | tuple) else ()):
        fact = Known(_SETTING, hosts.places, says=hosts.says)
        yield HostsMistake(is_open=False, place=place, because=(fact, debug))


def _is_checked_before(container: "Container") -> bool:
    """Whether a proxy of the file set may refuse hosts that it does not know."""
    file_set = container.file_set
    for other in file_set.containers if file_set is not None else ():
        if other.base.facts.product in _PROXIES or not isinstance(other.nginx, Known):
            return True
        config = other.nginx.value
        if config is not None and (config.gap or any(map(_may_name_hosts, config.servers))):
            return True
    return False


def _may_name_hosts(server: "Level") -> bool:
    names = [name for line in server.own("server_name") for name in line.values]
    return server.gap is not None or any(name not in ("", "_", "localhost") for name in names)
