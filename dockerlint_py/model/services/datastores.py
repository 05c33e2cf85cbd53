"""Databases, brokers and stores among the containers, and where they keep their data."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Environment, Fact, Known, Unknown
from dockerlint_py.knowledge.datastores import (
    POSTGRES_DATA,
    POSTGRES_HOME,
    POSTGRES_IMAGES,
    POSTGRES_MOVED,
    DatastoreRow,
    datastore_row,
)
from dockerlint_py.knowledge.images import ImageRef
from dockerlint_py.model.image.paths import is_under, joined
from dockerlint_py.model.services.mounts import Mount, MountKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_OFF = ("no", "", "false")


class Datastore(NamedTuple):
    """A server that keeps data below `folder`; `words` are those of its command."""

    row: DatastoreRow
    folder: str
    image: Known[ImageRef]
    words: tuple[str, ...]

    @property
    def title(self) -> str:
        """The product for people."""
        return self.row.title

    @property
    def is_sql(self) -> bool:
        """Whether migrations run against it."""
        return self.row.is_sql

    @property
    def is_disposable(self) -> bool:
        """Whether it is probably used as a cache, or as a broker."""
        given = zip(self.words, (*self.words[1:], ""), strict=False)
        kept = any(word in self.row.keeps and value not in _OFF for word, value in given)
        return self.row.is_cache and not kept

    @property
    def fact(self) -> Known[str]:
        """What runs, to be cited."""
        says = f"{self.title} keeps its data in {self.folder}"
        return Known(self.folder, self.image.places, self.image.confidence, says)


class LostData(NamedTuple):
    """Data that no volume holds. `place` is the volume that misses it, or the service."""

    place: Place
    datastore: Datastore
    is_missed: bool


class MisplacedVolume(NamedTuple):
    """A mount that is not where an image of PostgreSQL keeps its data."""

    mount: Mount
    message: str
    because: tuple[Known[str], ...]
    is_certain: bool


def datastore_of(container: "Container") -> Datastore | None:
    """The datastore that a container runs; None when it runs none, or that is not known."""
    image = container.base.image
    if container.service is None or isinstance(image, Unknown):
        return None
    row = datastore_row(container.base.facts.product, image.value.name)
    words = _server_words(container, row) if row is not None else None
    if row is None or words is None or any(w.partition("=")[0] in row.moves for w in words):
        return None
    folder = _minio_folder(words) if row.title == "MinIO" else row.folder
    return Datastore(row, folder, image, words) if folder else None


def _server_words(container: "Container", row: DatastoreRow) -> tuple[str, ...] | None:
    """The words of the command that starts the server; None when something else is started."""
    service = container.service
    assert service is not None
    if not (isinstance(service.entrypoint.argv, Known) and service.entrypoint.argv.value is None):
        return None
    argv, line = service.command.argv, container.command.effective
    if isinstance(argv, Known) and argv.value is None and container.stage is None:
        return ()
    if isinstance(line, Unknown) or line.value is None or line.value.argv is None:
        return None
    words = tuple(word.text for word in line.value.argv)
    name = words[0].rpartition("/")[2] if words else "-"
    return words if name.startswith("-") or name in row.programs else None


def _minio_folder(words: tuple[str, ...]) -> str | None:
    paths = [word for word in words if word.startswith("/")]
    return joined("/", paths[0]) if len(paths) == 1 else None


def lost_data_of(container: "Container") -> LostData | None:
    """The data of a datastore that goes with the container; None when there is none for sure."""
    store = container.datastore
    if store is None or container.mounts.doubt is not None or container.service is None:
        return None
    folder = store.folder
    if store.row.title == "PostgreSQL":
        moved = _given_folder(container)
        if isinstance(moved, Unknown):
            return None
        folder = moved.value or folder
    mounts = [m for m in container.mounts.entries if m.is_kept or m.kind is MountKind.TMPFS]
    if any(_holds(mount, folder) for mount in mounts):
        return None
    volumes = [mount for mount in mounts if mount.kind is MountKind.VOLUME]
    if len(volumes) == 1:
        return LostData(volumes[0].place, store._replace(folder=folder), is_missed=True)
    return LostData(container.service.place, store._replace(folder=folder), is_missed=False)


def _given_folder(container: "Container") -> Fact[str | None]:
    """PGDATA, where something other than the image of PostgreSQL sets it."""
    return Environment(container.env.layers[1:]).get("PGDATA")


def _holds(mount: Mount, folder: str) -> bool:
    target = mount.target.value if isinstance(mount.target, Known) else "/"
    return is_under(target, folder) or is_under(folder, target)


def misplaced_volume_of(container: "Container") -> MisplacedVolume | None:
    """The mount that an image of PostgreSQL of this version does not use; None without one."""
    store, base = container.datastore, container.base
    if store is None or store.image.value.name not in POSTGRES_IMAGES:
        return None
    moved = _given_folder(container)
    if container.mounts.doubt or isinstance(moved, Unknown) or moved.value is not None:
        return None
    mounts = {_target(m): m for m in container.mounts.entries if not m.of_image}
    data, home = mounts.get(POSTGRES_DATA), mounts.get(POSTGRES_HOME)
    major = int(base.facts.version.partition(".")[0]) if base.facts.version else None
    if data is not None and home is None and (major is None or major >= POSTGRES_MOVED):
        return _too_deep(store, data, major)
    if home is not None and data is None and major is not None and major < POSTGRES_MOVED:
        message = f"the data is in a volume of its own at {POSTGRES_DATA}, not in this one"
        return MisplacedVolume(home, message, (_image_fact(store),), is_certain=False)
    return None


def _too_deep(store: Datastore, mount: Mount, major: int | None) -> MisplacedVolume | None:
    if major is None and store.image.value.digest:
        return None
    version = f"PostgreSQL {major}" if major else f"PostgreSQL from {POSTGRES_MOVED} on"
    message = f"{version} does not start with a mount here: mount {POSTGRES_HOME}"
    image = _image_fact(store)
    if major is None:
        image = image._replace(confidence=min(image.confidence, Confidence.LIKELY))
    return MisplacedVolume(mount, message, (image,), is_certain=major is not None)


def _image_fact(store: Datastore) -> Known[str]:
    image = store.image
    says = f"the image is {image.value.written}"
    return Known(image.value.written, image.places, image.confidence, says)


def _target(mount: Mount) -> str | None:
    return mount.target.value if isinstance(mount.target, Known) else None
