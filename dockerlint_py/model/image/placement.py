"""Where files of the repository are in a container."""

from posixpath import dirname, relpath
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.image.paths import is_under, joined

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


def paths_in(container: "Container", file: str) -> tuple[str, ...]:
    """The absolute paths at which a container has a file of the repository.

    None of them when it cannot be told what is mounted.
    """
    if container.mounts.doubt is not None:
        return ()
    found: dict[str, None] = {}
    for mount in container.mounts.binds:
        source = mount.path_of(mount.target.value) if isinstance(mount.target, Known) else None
        if source is not None and is_under(f"/{file}", f"/{source}".rstrip("/") or "/"):
            below = file[len(source) :].lstrip("/")
            landing = joined(mount.fact.value, below) if below else mount.fact.value
            if container.mounts.at(landing) == Known(mount, (mount.place,)):
                found[landing] = None
    for landing in _copied(container, file):
        over = container.mounts.at(landing)
        if isinstance(over, Known) and (over.value is None or over.value.is_filled_by_image):
            found[landing] = None
    return tuple(found)


def path_beside(container: "Container", module: str, path: str) -> Fact[str]:
    """The absolute path that code of a module means by a path computed from its `__file__`.

    `path` is the one that it would have in the repository.
    """
    places = paths_in(container, module)
    if len(places) != 1:
        return Unknown(f"it is not known where {module} is")
    return Known(joined(dirname(places[0]), relpath(f"/{path}", f"/{dirname(module)}")))


def _copied(container: "Container", file: str) -> tuple[str, ...]:
    """Where the image has a file, if it is in the build context and sent."""
    build = container.build
    if build is None or build.listing is None:
        return ()
    folder = build.listing.folder
    if not is_under(f"/{file}", f"/{folder}" if folder else "/"):
        return ()
    if not build.listing.sends(file[len(folder) :].lstrip("/")):
        return ()
    return tuple(landing for taking in build.takings for landing in taking.landings(file))
