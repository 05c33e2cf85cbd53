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
    """How long connections are kept, in seconds, and the server that makes that a mistake.

    `seconds` is None for as long as the process lives.
    """

    seconds: int | None
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
            keys = ("DATABASES", str(name), _SETTING)
            age = startup.settings.entry(*keys)
            if not startup.settings.has_entry(*keys):
                continue
            if isinstance(age, Known) and age.places and _keeps(age.value):
                says = f"{server.name} serves ASGI"
                seconds = age.value if isinstance(age.value, int) else None
                yield PersistentConnections(seconds, age.places[0], server.fact(says))


def _keeps(age: object) -> bool:
    """Whether Django keeps a connection: None is for ever, where it is written."""
    return age is None or (isinstance(age, int) and age > 0)
