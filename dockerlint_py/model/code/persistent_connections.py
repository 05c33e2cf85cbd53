"""Database connections that Django keeps open where it is served asynchronously."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_SETTING = "CONN_MAX_AGE"


class PersistentConnections(NamedTuple):
    """How long connections are kept, in seconds, and the server that makes that a mistake."""

    seconds: int
    place: Place
    server: Known[str]


def persistent_connections_of(container: "Container") -> Iterator[PersistentConnections]:
    """The databases of Django under a server that speaks ASGI."""
    served = {
        server.invocation.place: server
        for server in container.servers
        if server.is_web
        and isinstance(server.interface, Known)
        and server.interface.value == "asgi"
    }
    for startup in container.code.startups:
        server = served.get(startup.invocation.place)
        if server is None or startup.settings is None:
            continue
        databases = startup.settings.get("DATABASES")
        names = databases.value if isinstance(databases, Known) else ["default"]
        for name in names if isinstance(names, dict | list) else ():
            age = startup.settings.entry("DATABASES", str(name), _SETTING)
            if (
                isinstance(age, Known)
                and isinstance(age.value, int)
                and age.value > 0
                and age.places
            ):
                says = f"{server.name} serves ASGI"
                yield PersistentConnections(age.value, age.places[0], server.fact(says))
