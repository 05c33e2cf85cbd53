"""Whether a file of variables, such as `.env`, may be there when code looks for it."""

from typing import TYPE_CHECKING

from dockerlint_py.context import paths
from dockerlint_py.facts import Known
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.model.programs.start import names_at_start

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.stage import Stage
    from dockerlint_py.model.services.mounts import Mount
    from dockerlint_py.python.evaluate.env_files import EnvFile


def container_may_hold(container: "Container", application: "Application", file: "EnvFile") -> bool:
    """Whether such a file may be in a container: in its image, mounted, or written."""
    name = file.name
    if name is None or container.build is None or container.mounts.doubt is not None:
        return True
    there = _candidates(application, file)
    mounted = any(_may_mount(container, each, there, name) for each in container.mounts.binds)
    return (
        mounted or names_at_start(container, name) or _build_may_hold(container.build, there, name)
    )


def stage_may_hold(stage: "Stage", application: "Application", file: "EnvFile") -> bool:
    """Whether such a file may be in a stage of an image."""
    if file.name is None:
        return True
    there = _candidates(application, file)
    builds = [each for each in stage.repository.builds if stage in each.needed_stages]
    return any(_build_may_hold(build, there, file.name) for build in builds)


def _build_may_hold(build: "Build", there: tuple[str, ...], name: str) -> bool:
    if build.listing is None or not build.copies_are_known:
        return True
    for stage in build.needed_stages:
        if any(run.opaque or name in run.place.text for run in stage.runs):
            return True
    for taking in build.takings:
        selected = (file.path for file in taking.selection.files)
        if any(paths.split(path)[1] == name for path in selected):
            return True
        if any(taking.landings(path) and not _is_left_out(build, path) for path in there):
            return True
    return False


def _candidates(application: "Application", file: "EnvFile") -> tuple[str, ...]:
    """Where such a file may stand on a developer's disk: it is there, or git ignores it.

    That is where the code says, else in the folders that developers work in.
    """
    snapshot = application.repository.snapshot
    name = file.name or ""
    usual = {paths.join(folder, name) for folder in ("", application.folder)}
    return tuple(
        path
        for path in sorted({file.path} if file.path is not None else usual)
        if snapshot.exists(path) or snapshot.ignored_by(path) is not None
    )


def _is_left_out(build: "Build", path: str) -> bool:
    """Whether the ignore file keeps a path of the repository out of a build."""
    folder = build.context.value if isinstance(build.context, Known) else ""
    below = path[len(folder) :].lstrip("/") if folder else path
    return build.ignore.ignores(below).ignored


def _may_mount(container: "Container", mount: "Mount", there: tuple[str, ...], name: str) -> bool:
    source = mount.source.value if isinstance(mount.source, Known) else None
    if source is None:
        return True
    if paths.split(source)[1] == name:
        return True
    if source.startswith(("/", "~", "..")):
        target = mount.target.value if isinstance(mount.target, Known) else "/"
        workdir = container.workdir.effective
        return not isinstance(workdir, Known) or is_under(workdir.value, target)
    return any(is_under(f"/{path}", f"/{source}") for path in there)
