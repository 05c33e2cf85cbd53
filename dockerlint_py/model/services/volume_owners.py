"""To whom the files of a new volume belong."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known
from dockerlint_py.model.services.mounts import Mount, MountKind

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_MADE_ELSEWHERE = ("external", "driver", "driver_opts")


def begins_as_image(container: "Container", mount: Mount) -> bool:
    """Whether a volume surely begins with the owner that the image has at the mount's target.

    Docker copies what the image has there, with its owner; where the image has nothing, the folder
    is root's. Nobody else may have written to the volume first, or opened it to other users.
    """
    file_set = container.file_set
    source = mount.source
    if mount.kind is not MountKind.VOLUME or file_set is None or not isinstance(source, Known):
        return False
    declared = file_set.loaded.section("volumes").get(source.value or "")
    if declared is not None and any(declared.get(key) is not None for key in _MADE_ELSEWHERE):
        return False
    if any(_may_open(other, mount, container) for other in file_set.containers):
        return False
    return not container.repository.mentions("chown", after_builds=True)


def _may_open(other: "Container", mount: Mount, container: "Container") -> bool:
    """Whether a container may let others write to a volume, or be the first to fill it."""
    if other is container:
        return False
    if other.mounts.doubt is not None:
        return True
    shared = [each for each in other.mounts.entries if each.shows_same(mount)]
    if all(isinstance(each.read_only, Known) and each.read_only.value for each in shared):
        return False
    if other.build is not container.build or _value(other.user.effective) is None:
        return True
    if _value(other.user.effective) != _value(container.user.effective):
        return True
    return any(_value(each.target) != _value(mount.target) for each in shared)


def _value(fact: Fact[str]) -> str | None:
    return fact.value if isinstance(fact, Known) else None
