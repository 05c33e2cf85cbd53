"""Which repository file stands at a path of a container, or that there is none."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.model.image.program_effects import changes_of
from dockerlint_py.model.image.provenance import FileFact, file_before
from dockerlint_py.model.services.mounts import Mount

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

FETCHERS = ("git", "svn", "tar", "unzip")
"""Programs that bring files of any name."""


def file_in(container: "Container", path: str) -> FileFact:
    """The repository file at an absolute path of a container; None when there is none.

    That a base image has the file, or that a command makes it without naming it, is left out of
    account.
    """
    mount = container.mounts.at(path)
    if isinstance(mount, Unknown):
        return Unknown(mount.why, None, mount.places)
    if mount.value is not None and not mount.value.is_filled_by_image:
        return _mounted(container, mount.value, path)
    stage = container.stage
    if stage is None:
        return Unknown("its image is not built here")
    found = file_before(stage, len(stage.steps), path)
    if found is not None:
        return found
    for part in stage.chain:
        for run in part.runs:
            for each in run.invocations:
                if each.name in FETCHERS and any(is_under(path, c.path) for c in changes_of(each)):
                    return Unknown(f"`{each.text}` may bring it", None, (each.place,))
    return Known(None, (), Confidence.LIKELY, f"there is no {path}")


def _mounted(container: "Container", mount: Mount, path: str) -> FileFact:
    file = mount.path_of(path)
    if file is None:
        return Unknown(f"what is mounted over {path} is not known", None, mount.origins)
    snapshot = container.repository.snapshot
    if snapshot.is_file(file):
        source = snapshot.text(file)
        return Known(source, mount.origins) if source else Unknown(f"{file} is no text")
    if snapshot.ignored_by(file) is not None:
        return Unknown(f"git ignores {file}", None, mount.origins)
    return Known(None, mount.origins, says=f"there is no {file}")


def has_in(container: "Container", path: str) -> Fact[bool]:
    """Whether there is a file or folder at an absolute path of a container."""
    mount = container.mounts.at(path)
    if isinstance(mount, Unknown):
        return Unknown(mount.why, None, mount.places)
    if mount.value is not None and not mount.value.is_filled_by_image:
        file = mount.value.path_of(path)
        if file is None:
            return Unknown(f"what is mounted over {path} is not known", None, mount.value.origins)
        snapshot = container.repository.snapshot
        there = snapshot.exists(file)
        if not there and snapshot.ignored_by(file) is not None:
            return Unknown(f"git ignores {file}", None, mount.value.origins)
        return Known(there, mount.value.origins)
    inside = any(
        isinstance(each.target, Known) and is_under(each.target.value, path)
        for each in container.mounts.entries
    )
    if inside:
        return Known(value=True)
    if container.stage is None:
        return Unknown("its image is not built here")
    fact = container.stage.fs.has(path)
    if mount.value is not None and isinstance(fact, Known) and not fact.value:
        return Unknown(f"the volume at {mount.value.fact.value} may hold it")
    return fact
