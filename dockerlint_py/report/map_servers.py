"""What `map` shows of the servers of a container."""

from collections.abc import Iterator

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.container import Container
from dockerlint_py.model.servers.server import RunningServer
from dockerlint_py.report.map_model import Entry, Section, Value


def server_sections(container: Container) -> Iterator[Section]:
    """The servers, what they serve, where they listen, and how many processes they have."""
    servers = container.servers
    yield Section("servers", tuple(_server(each) for each in servers))
    web = [each for each in servers if each.is_web]
    yield Section("application", tuple(_application(each) for each in web))
    yield Section("listens", tuple(entry for each in servers for entry in _listens(each)))
    yield Section("workers", tuple(entry for each in servers for entry in _workers(each)))


def _server(server: RunningServer) -> Entry:
    target = server.target
    if isinstance(target, Unknown):
        return Entry(server.name, Value(None, None, (server.place,), target.why))
    text = target.value.text if target.value is not None else ""
    text += "" if server.is_certain else " (perhaps)"
    return Entry(server.name, Value(text, None, (server.place,)))


def _application(server: RunningServer) -> Entry:
    found = server.served.application
    if isinstance(found, Unknown):
        return Entry("", Value(None, None, found.places, found.why))
    each = found.value
    factory = ", made by a function" if each.is_factory else ""
    text = f"{each.framework} ({each.interface}) {each.name} of {each.path}{factory}"
    return Entry("", Value(text, None, found.places))


def _listens(server: RunningServer) -> Iterator[Entry]:
    binds = server.binds
    if isinstance(binds, Unknown):
        yield Entry("", Value(None, None, binds.places, binds.why))
        return
    for bind in binds.value:
        unknown = next((f.why for f in (bind.host, bind.port) if isinstance(f, Unknown)), None)
        unknown = None if bind.socket is not None else unknown
        layer = "default" if not binds.places else None
        places = (bind.place,) if bind.place is not None else binds.places
        yield Entry("", Value(bind.text, layer, places, unknown))


def _workers(server: RunningServer) -> Iterator[Entry]:
    workers = server.workers
    layer = server.settings.source_of("workers")
    if isinstance(workers, Unknown):
        text = str(workers.maybe) if workers.maybe is not None else None
        yield Entry("", Value(text, layer, workers.places, workers.why))
    elif isinstance(workers, Known) and workers.value is not None:
        yield Entry("", Value(str(workers.value), layer, workers.places))
