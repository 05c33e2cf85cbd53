"""Volumes that hide the static files of a newer image behind those of an older one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.assets.static_deployment import StaticDeployment, deployments_of
from dockerlint_py.model.services.mounts import Mount, MountKind
from dockerlint_py.model.services.teardowns import throws_volumes_away
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_COPIERS = ("cp", "rsync", "mv", "tar", "install", "rclone")


class StaleVolume(NamedTuple):
    """A volume that keeps the files of the first image: its name, and why that is known."""

    name: str
    folder: str
    place: Place
    because: tuple[Known[Any], ...]


def stale_volumes_of(container: "Container") -> Iterator[StaleVolume]:
    """The volumes over `STATIC_ROOT`, if only builds collect files there."""
    for deployment in deployments_of(container):
        root, fact = deployment.root, deployment.mount
        mount = fact.value if isinstance(fact, Known) else None
        if not isinstance(root, Known) or mount is None or mount.kind is not MountKind.VOLUME:
            continue
        application = deployment.startup.application
        stages = container.needed_stages
        runs = [run for run in application.management_runs if run.command == "collectstatic"]
        own = [run for run in runs if run.stage in stages and not run.invocation.is_conditional]
        if own and all(run.is_at_build for run in runs) and not _is_renewed(deployment, mount):
            name = mount.source.value if isinstance(mount.source, Known) else None
            because = (own[0].fact, mount.fact)
            yield StaleVolume(name or "", root.value, mount.place, because)


def _is_renewed(deployment: StaticDeployment, mount: Mount) -> bool:
    """Whether something else writes the files, or throws the volume away, or may do so."""
    container = deployment.container
    others = container.file_set.containers if container.file_set is not None else ()
    if any(_may_write(other) for other in others if _shares(other, mount)):
        return True
    repository = container.repository
    if repository.mentions("collectstatic", after_builds=True):
        return True
    return throws_volumes_away(repository)


def _shares(container: "Container", mount: Mount) -> bool:
    mounts = container.mounts
    return mounts.doubt is not None or any(each.shows_same(mount) for each in mounts.entries)


def _may_write(container: "Container") -> bool:
    """Whether what a container starts may copy files into its volumes."""
    process = container.process
    if process.unknown is not None:
        return container.stage is not None or not container.base.is_known
    return any(each.name in _COPIERS for each in process.invocations)
