"""What is laid over the files of an image when a container starts: binds, volumes, tmpfs."""

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.image.paths import is_under, normal, relative
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.compose import Mount as ServiceMount
    from dockerlint_py.compose import Service
    from dockerlint_py.model.container import Container

HIDDEN = "it is hidden"


class MountKind(Enum):
    """Where the files of a mount are, in words."""

    BIND = "a bind"
    VOLUME = "a volume"
    ANONYMOUS = "an anonymous volume"
    TMPFS = "a tmpfs"
    OTHER = "something"


class Mount(NamedTuple):
    """Something at `target` in a container, over what the image has there.

    The source of a bind is a path from the repository root (`""` is the root), that of a volume its
    name; it is None for anonymous volumes and those that the image declares (`of_image`). An entry
    that cannot be read has a target that is unknown. `key` is where the list of mounts is written.
    """

    kind: MountKind
    source: Fact[str | None]
    target: Fact[str]
    read_only: Fact[bool]
    place: Place
    origins: tuple[Place, ...] = ()
    of_image: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether what is written there outlives the container for sure."""
        return self.kind in (MountKind.BIND, MountKind.VOLUME)

    @property
    def is_filled_by_image(self) -> bool:
        """Whether Docker copies the image's files there when it makes the volume."""
        return self.kind in (MountKind.VOLUME, MountKind.ANONYMOUS)

    @property
    def fact(self) -> Known[str]:
        """The mount, to be cited."""
        target = self.target.value if isinstance(self.target, Known) else "somewhere"
        source = self.source.value if isinstance(self.source, Known) else None
        shown = "." if source == "" else source
        what = f"`{shown}`" if shown else self.kind.value
        return Known(target, self.origins or (self.place,), says=f"{what} is mounted at {target}")

    def shows_same(self, other: "Mount") -> bool:
        """Whether both are known to be the same volume, or the same folder of the host."""
        one, two = self.source, other.source
        if not isinstance(one, Known) or not isinstance(two, Known) or one.value is None:
            return False
        return self.is_kept and self.kind is other.kind and one.value == two.value

    def path_of(self, path: str) -> str | None:
        """The repository path that a path of the container means; None outside of the repository.

        Only the files of a bind are in the repository.
        """
        if self.kind is not MountKind.BIND or not isinstance(self.source, Known):
            return None
        source = self.source.value
        if source is None or source.startswith(("/", "~", "..")):
            return None
        below = relative(path, self.target.value) if isinstance(self.target, Known) else ""
        return f"{source}/{below}".strip("/")


class Mounts(NamedTuple):
    """The mounts of a container.

    `unknown` says why there may be others, `unseen` why its image may declare other volumes.
    """

    entries: tuple[Mount, ...] = ()
    unknown: str | None = None
    unseen: str | None = None

    @property
    def doubt(self) -> str | None:
        """Why something may be mounted anywhere; None when all is known."""
        if self.unknown is not None:
            return self.unknown
        return next((m.target.why for m in self.entries if isinstance(m.target, Unknown)), None)

    @property
    def binds(self) -> tuple[Mount, ...]:
        """The mounts of files of the host."""
        return tuple(mount for mount in self.entries if mount.kind is MountKind.BIND)

    def at(self, path: str) -> Fact[Mount | None]:
        """What a path of the container belongs to: the innermost mount; None: the image itself.

        Volumes that an unknown image may declare are left out: they hold what the image has there.
        """
        if self.doubt is not None:
            return Unknown(self.doubt)
        found: Mount | None = None
        depth = -1
        for mount in self.entries:
            target = mount.target.value if isinstance(mount.target, Known) else "/"
            if is_under(path, target) and len(target) > depth:
                found, depth = mount, len(target)
        return Known(found, (found.place,) if found else ())

    def hiding(self, path: str) -> Mount | None:
        """The mount of host files that hides a path of the image; None when none does for sure."""
        mount = self.at(path)
        if isinstance(mount, Unknown) or mount.value is None or self.unseen is not None:
            return None
        return mount.value if mount.value.kind is MountKind.BIND else None

    def below(self, path: str) -> tuple[Mount, ...]:
        """The mounts at a path and in the folder that it is."""
        return tuple(
            mount
            for mount in self.entries
            if isinstance(mount.target, Known) and is_under(mount.target.value, path)
        )


def mounts_of(container: "Container") -> Mounts:
    """All mounts of a container; what Compose mounts wins over a volume that the image declares."""
    service = container.service
    entries = list(_of_service(container, service)) if service is not None else []
    taken = {mount.target.value for mount in entries if isinstance(mount.target, Known)}
    declared = _of_image(container)
    if isinstance(declared, Known):
        entries += [m for m in declared.value if _target(m) not in taken]
    unseen = declared.why if isinstance(declared, Unknown) else None
    return Mounts(tuple(entries), _gap(container), unseen)


def _gap(container: "Container") -> str | None:
    service = container.service
    if service is None:
        return None
    if container.blur.hides(container.id, "mounts", -1):
        return HIDDEN
    if service.gap is not None:
        return service.gap.why
    if service.get("volumes_from") is not None:
        return "it takes the volumes of another container"
    if container.file_set is not None and container.file_set.loaded.gaps:
        return container.file_set.loaded.gaps[0].why
    return None


def _of_service(container: "Container", service: "Service") -> Iterator[Mount]:
    for number, entry in enumerate(service.mounts):
        mount = _mount(entry)
        if container.blur.hides(container.id, "mounts", number):
            mount = mount._replace(target=Unknown(HIDDEN), source=Unknown(HIDDEN))
        yield mount
    tmpfs = service.texts("tmpfs")
    if isinstance(tmpfs, Unknown):
        none = Known[str | None](None)
        yield Mount(MountKind.TMPFS, none, Unknown(tmpfs.why), Known(value=False), service.place)
        return
    for text in tmpfs.value:
        target = Known(normal(text.partition(":")[0]), tmpfs.places)
        place = tmpfs.places[0] if tmpfs.places else service.place
        yield Mount(MountKind.TMPFS, Known(None), target, Known(value=False), place)


def _mount(entry: "ServiceMount") -> Mount:
    kind = _kind(entry)
    origins = entry.value.origins
    if isinstance(entry.target, Unknown) or isinstance(kind, Unknown):
        why = entry.target.why if isinstance(entry.target, Unknown) else "its kind is not known"
        unknown: Fact[str] = Unknown(why, None, origins)
        source: Fact[str | None] = Unknown(why, None, origins)
        return Mount(
            MountKind.OTHER, source, unknown, entry.read_only, entry.place, entry.value.origins
        )
    target = Known(normal(entry.target.value or "/"), entry.target.places)
    source = entry.source
    if isinstance(source, Known) and source.value is not None and kind.value is MountKind.BIND:
        source = source._replace(value="" if source.value == "." else source.value)
    return Mount(kind.value, source, target, entry.read_only, entry.place, origins)


def _kind(entry: "ServiceMount") -> Fact[MountKind]:
    if isinstance(entry.kind, Unknown):
        return Unknown(entry.kind.why)
    if entry.kind.value == "bind":
        return Known(MountKind.BIND)
    if entry.kind.value == "tmpfs":
        return Known(MountKind.TMPFS)
    if entry.kind.value != "volume":
        return Known(MountKind.OTHER)
    anonymous = isinstance(entry.source, Known) and entry.source.value is None
    return Known(MountKind.ANONYMOUS if anonymous else MountKind.VOLUME)


def _of_image(container: "Container") -> Fact[tuple[Mount, ...]]:
    """The volumes that the image declares; Docker fills each from the image."""
    base = container.base
    if base.facts.volumes is None or container.blur.hides(container.id, "image volumes", 0):
        return Unknown(f"the volumes of {base.name} are not known")
    declared = [_declared(path, base.place) for path in base.facts.volumes]
    if container.stage is not None:
        for path in container.stage.declared_volumes:
            if isinstance(path, Unknown):
                return Unknown(path.why)
            declared.append(_declared(path.value, path.places[0]))
    return Known(tuple(declared))


def _declared(path: str, place: Place) -> Mount:
    target = Known(normal(path), (place,))
    kind = MountKind.ANONYMOUS
    return Mount(kind, Known(None), target, Known(value=False), place, (place,), of_image=True)


def _target(mount: Mount) -> str | None:
    return mount.target.value if isinstance(mount.target, Known) else None
