"""Binds that put the project's files over the copies of them that an image has."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from dockerlint_py.context import Kind
from dockerlint_py.facts import Known
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.model.services.mounts import Mount
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

MAX_FOLDERS = 500
"""Folders of a mount in which Python source is looked for."""


class SourceMount(NamedTuple):
    """A bind of a folder with Python source, over the folder of the image where that belongs."""

    mount: Mount
    because: Known[str]

    @property
    def is_read_only(self) -> bool:
        """Whether the container may not change the files, as far as is known."""
        read_only = self.mount.read_only
        return not isinstance(read_only, Known) or read_only.value


def source_mounts_of(container: "Container") -> tuple[SourceMount, ...]:
    """The source mounts of a service that has an image of its own."""
    if container.service is None or container.service.build is None:
        return ()
    return tuple(_source_mounts(container))


def _source_mounts(container: "Container") -> Iterator[SourceMount]:
    for mount in container.mounts.binds:
        path = _python_file(container, mount)
        because = _over_code(container, mount, path) if path is not None else None
        if because is not None:
            yield SourceMount(mount, because)


def _python_file(container: "Container", mount: Mount) -> str | None:
    """A Python file of the folder that is mounted."""
    folder = mount.path_of(mount.target.value) if isinstance(mount.target, Known) else None
    snapshot = container.repository.snapshot
    if folder is None or not snapshot.is_dir(folder):
        return None
    for below, entries in islice(snapshot.folders(folder), MAX_FOLDERS):
        for name, kind in entries.items():
            if kind is Kind.FILE and name.endswith(".py"):
                return f"{below}/{name}".lstrip("/")
    return None


def _over_code(container: "Container", mount: Mount, path: str) -> Known[str] | None:
    """Why the target is where the image has its source; None when that is not known."""
    target = mount.target.value if isinstance(mount.target, Known) else ""
    for taking in container.build.takings if container.build is not None else ():
        if any(is_under(landing, target) for landing in taking.landings(path)):
            return taking.landing_fact(path)
    workdir = container.workdir.effective
    if not isinstance(workdir, Known) or workdir.value == "/":
        return None
    if is_under(target, workdir.value) or is_under(workdir.value, target):
        return Known(workdir.value, workdir.places, says=f"it works in {workdir.value}")
    return None
