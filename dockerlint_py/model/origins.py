"""From a path in an image or a container back to the repository file that is to be found there."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.image.copies import Origin
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.services.mounts import Mount
from dockerlint_py.text import Source

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.stage import Stage

SEARCH_PATH = ("/usr/local/bin", "/usr/local/sbin", "/usr/bin", "/usr/sbin", "/bin", "/sbin")
MAX_HOPS = 20
"""COPY --from chains; a longer one is not followed."""


def source_at(stage: "Stage", path: str, cwd: Fact[str]) -> Source | None:
    """The file that stands at a path of the image at the end of a stage."""
    found = (_copied(stage, candidate, MAX_HOPS) for candidate in _candidates(path, cwd))
    return next((source for source in found if source is not None), None)


def source_in(container: "Container", path: str, cwd: Fact[str]) -> Source | None:
    """The file that stands at a path of a container: what is mounted there, else the image's.

    A bare name is looked for in the folder it is started in, and on the usual search path.
    """
    for candidate in _candidates(path, cwd):
        mount = container.mounts.at(candidate)
        if isinstance(mount, Unknown):
            return None
        if mount.value is None or mount.value.is_filled_by_image:
            stage = container.stage
            found = _copied(stage, candidate, MAX_HOPS) if stage is not None else None
        else:
            found = _mounted(container, mount.value, candidate)
        if found is not None:
            return found
    return None


def _mounted(container: "Container", mount: Mount, path: str) -> Source | None:
    file = mount.path_of(path)
    snapshot = container.repository.snapshot
    return snapshot.text(file) if file is not None and snapshot.is_file(file) else None


def _candidates(path: str, cwd: Fact[str]) -> list[str]:
    if path.startswith("/"):
        return [joined("/", path)]
    found = [joined(cwd.value, path)] if isinstance(cwd, Known) else []
    if "/" not in path:
        found += [f"{folder}/{path}" for folder in SEARCH_PATH]
    return found


def _copied(stage: "Stage", path: str, hops: int) -> Source | None:
    context = stage.dockerfile.context
    snapshot = stage.dockerfile.repository.snapshot
    for copy in (copy for part in stage.chain for copy in reversed(part.copies)):
        for origin in copy.comes_from(path):
            if copy.stage is not None and hops:
                found = _copied(copy.stage, origin, hops - 1)
            elif copy.origin is Origin.CONTEXT and isinstance(context, Known):
                inside = f"{context.value}/{origin}".strip("/")
                found = snapshot.text(inside) if snapshot.is_file(inside) else None
            else:
                found = None
            if found is not None:
                return found
    return None
