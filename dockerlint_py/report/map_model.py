"""What `map` shows: the model of a repository as plain values, each with where it came from."""

from collections.abc import Iterator
from typing import Any

from dockerlint_py.facts import Fact, Known, Layers, Unknown
from dockerlint_py.knowledge.secrets import is_secret_name, secret_in_value
from dockerlint_py.model.container import Container
from dockerlint_py.model.file_set import FileSet
from dockerlint_py.model.image.stage import Stage
from dockerlint_py.model.repository import Repository
from dockerlint_py.model.services.mounts import Mount, MountKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

MASK = "***"
"""Stands for the values of secrets: maps are shown to others, and kept in logs."""


class Value(NamedTuple):
    """A value in words. `unknown` says why there is none; `text` is then what it may well be.

    `layer` is the kind of source that decides, such as `base image`, `Dockerfile` or `Compose`.
    """

    text: str | None
    layer: str | None = None
    places: tuple[Place, ...] = ()
    unknown: str | None = None


class Entry(NamedTuple):
    """One item of a section; without a name where the value says all."""

    name: str
    value: Value


class Section(NamedTuple):
    """One attribute of a container. `is_list`: it may have any number of entries."""

    name: str
    entries: tuple[Entry, ...]
    is_list: bool = True


class VolumeUse(NamedTuple):
    """A volume with a name, which other containers may use too, and where it is mounted."""

    name: str
    target: str


class ContainerMap(NamedTuple):
    """One container with everything that was understood of it."""

    id: str
    role: str
    evidence: str
    service: str | None
    place: Place
    sections: tuple[Section, ...]
    volumes: tuple[VolumeUse, ...] = ()

    def entries(self, section: str) -> tuple[Entry, ...]:
        """What a section of that name holds; nothing where there is none."""
        return next((each.entries for each in self.sections if each.name == section), ())


class FileSetMap(NamedTuple):
    """One set of Compose files and the containers that it describes."""

    id: str
    role: str
    evidence: str
    files: tuple[str, ...]
    unseen: tuple[str, ...]
    containers: tuple[ContainerMap, ...]


class RepositoryMap(NamedTuple):
    """All file sets, and the containers that only a Dockerfile describes."""

    file_sets: tuple[FileSetMap, ...]
    images: tuple[ContainerMap, ...]


def map_of(repository: Repository) -> RepositoryMap:
    """The map of a repository."""
    images = tuple(_container(c) for c in repository.containers if c.service is None)
    return RepositoryMap(tuple(_file_set(each) for each in repository.file_sets), images)


def _file_set(file_set: FileSet) -> FileSetMap:
    loaded = file_set.loaded
    return FileSetMap(
        file_set.id,
        file_set.role.role,
        file_set.role.evidence,
        tuple(source.path for source in loaded.sources),
        tuple(gap.why for gap in loaded.gaps),
        tuple(_container(container) for container in file_set.containers),
    )


def _container(container: Container) -> ContainerMap:
    service = container.service
    return ContainerMap(
        container.id,
        container.role,
        container.evidence,
        service.name if service is not None else None,
        container.place,
        tuple(section for section in _sections(container) if section.entries),
        tuple(_volumes(container)),
    )


def _sections(container: Container) -> Iterator[Section]:
    from dockerlint_py.report.map_servers import server_sections

    yield _single("image", _image(container))
    yield Section("stages", tuple(_stage(stage) for stage in reversed(container.chain)))
    yield _single("entrypoint", _layered(container.entrypoint))
    yield _single("command", _layered(container.command))
    yield Section("runs", tuple(_runs(container)))
    yield from server_sections(container)
    yield _single("user", _layered(container.user))
    yield _single("workdir", _layered(container.workdir))
    yield _single("health check", _layered(container.health_check))
    yield Section("environment", tuple(_environment(container)))
    yield Section("mounts", tuple(_mounts(container)))
    yield Section("ports", tuple(_ports(container)))
    yield Section("waits for", tuple(_needs(container)))


def _single(name: str, value: Value | None) -> Section:
    return Section(name, () if value is None else (Entry("", value),), is_list=False)


def _image(container: Container) -> Value:
    if container.build is not None:
        return Value(container.build.stage.id, "Dockerfile", (container.build.place,))
    base = container.base
    if isinstance(base.image, Unknown):
        return Value(None, None, base.image.places, base.image.why)
    return Value(base.image.value.written, "Compose", base.image.places)


def _stage(stage: Stage) -> Entry:
    parent = stage.parent.id if stage.parent is not None else stage.base.name
    return Entry(stage.name or str(stage.number), Value(f"from {parent}", None, (stage.place,)))


def _layered(layers: Layers[Any]) -> Value | None:
    """The effective value; None where it is known that there is none."""
    fact = layers.effective
    layer = layers.layers[-1].kind if layers.layers else None
    if isinstance(fact, Unknown):
        return Value(_words(fact.maybe), layer, fact.places, fact.why)
    text = _words(fact.value)
    return None if text is None else Value(text, layer, fact.places)


def _words(value: Any) -> str | None:
    return None if value is None else str(getattr(value, "text", value))


def _runs(container: Container) -> Iterator[Entry]:
    process = container.process
    for final in process.finals:
        yield Entry("", Value(final.invocation.text, None, (final.invocation.place,)))
    if process.unknown is not None:
        yield Entry("", Value(None, None, (), process.unknown))


def _environment(container: Container) -> Iterator[Entry]:
    env = container.env
    for name in env.names():
        value = _valued(env.get(name))
        layer = next((each.kind for each in reversed(env.layers) if name in each.values), None)
        if value is not None:
            yield Entry(name, _masked(name, value)._replace(layer=layer))
    for each in env.layers:
        if each.rest is not None:
            yield Entry("", Value(None, each.kind, each.rest.places, each.rest.why))


def _valued(fact: Fact[str | None]) -> Value | None:
    if isinstance(fact, Unknown):
        return Value(fact.maybe, None, fact.places, fact.why)
    return None if fact.value is None else Value(fact.value, None, fact.places)


def _masked(name: str, value: Value) -> Value:
    text = value.text
    secret = bool(text) and (is_secret_name(name) or secret_in_value(text or "") is not None)
    return value._replace(text=MASK) if secret else value


def _mounts(container: Container) -> Iterator[Entry]:
    for mount in container.mounts.entries:
        yield _mount(mount)
    for why in (container.mounts.unknown, container.mounts.unseen):
        if why is not None:
            yield Entry("", Value(None, None, (), why))


def _mount(mount: Mount) -> Entry:
    layer = "image" if mount.of_image else "Compose"
    if isinstance(mount.target, Unknown):
        return Entry("", Value(None, layer, (mount.place,), mount.target.why))
    source = mount.source.value if isinstance(mount.source, Known) else "?"
    text = mount.kind.value if source is None else f"{mount.kind.value} of {source or '.'}"
    read_only = isinstance(mount.read_only, Known) and mount.read_only.value
    text += ", read-only" if read_only else ""
    return Entry(mount.target.value, Value(text, layer, (mount.place,)))


def _volumes(container: Container) -> Iterator[VolumeUse]:
    for mount in container.mounts.entries:
        name = mount.source.value if isinstance(mount.source, Known) else None
        if mount.kind is MountKind.VOLUME and name and isinstance(mount.target, Known):
            yield VolumeUse(name, mount.target.value)


def _ports(container: Container) -> Iterator[Entry]:
    for port in container.service.ports if container.service is not None else ():
        target = port.target.value if isinstance(port.target, Known) else "?"
        yield Entry(str(target), _published(port.published, port.host_ip, port.place))
    for stage in reversed(container.chain):
        for exposed in stage.exposed:
            yield Entry(exposed.text.value, Value("exposed", "Dockerfile", exposed.text.places))


def _published(published: Fact[str | None], address: Fact[str | None], place: Place) -> Value:
    unknown = next((f.why for f in (published, address) if isinstance(f, Unknown)), None)
    host = published.value if isinstance(published, Known) else published.maybe
    at = address.value if isinstance(address, Known) else address.maybe
    text = f"published at {at or '*'}:{host or 'any port'}"
    return Value(text, "Compose", (place,), unknown)


def _needs(container: Container) -> Iterator[Entry]:
    needs = container.needs
    if isinstance(needs, Unknown):
        yield Entry("", Value(None, None, needs.places, needs.why))
        return
    for need in needs.value:
        value = _valued(need.condition) or Value("service_started", None, (need.place,))
        yield Entry(need.name, value)
