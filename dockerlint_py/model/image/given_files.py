"""The files that the repository puts into the folders of a base image."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.context import Kind
from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.container_files import file_in
from dockerlint_py.model.image.paths import is_under, relative
from dockerlint_py.model.image.provenance import FileFact

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


def given_file(container: "Container", path: str) -> FileFact:
    """The repository file at an absolute path; None when only the base image can have one."""
    mount = container.mounts.at(path)
    if container.stage is None and isinstance(mount, Known) and mount.value is None:
        return Known(None)
    return file_in(container, path)


def given_names(container: "Container", folder: str, suffix: str) -> Fact[tuple[str, ...]]:
    """The names with a suffix that the repository puts into a folder, sorted.

    Those that the base image has of its own are left out.
    """
    mount = container.mounts.at(folder)
    if isinstance(mount, Unknown):
        return Unknown(mount.why)
    names: set[str] = set()
    if mount.value is not None and not mount.value.is_filled_by_image:
        source = mount.value.path_of(folder)
        if source is None or not container.repository.snapshot.is_dir(source):
            return Unknown(f"what is mounted at {folder} is not known")
        entries = container.repository.snapshot.entries(source)
        names.update(name for name, kind in entries.items() if kind is not Kind.FOLDER)
    elif container.build is not None:
        if not container.build.copies_are_known or container.build.listing is None:
            return Unknown("what is copied is not known")
        names.update(_copied(container, folder, suffix))
    for below in container.mounts.below(folder):
        target = below.target.value if isinstance(below.target, Known) else folder
        names.add(relative(target, folder))
    found = (name for name in names if name.endswith(suffix) and "/" not in name)
    return Known(tuple(sorted(found)))


def _copied(container: "Container", folder: str, suffix: str) -> Iterator[str]:
    """The names of the context's files that COPYs take into a folder of the image."""
    for taking in container.build.takings if container.build is not None else ():
        for file in taking.selection.files:
            if not file.path.endswith(suffix):
                continue
            for landing in taking.landings(file.path):
                if landing == folder:
                    yield file.path.rpartition("/")[2]
                elif is_under(landing, folder):
                    yield relative(landing, folder)
