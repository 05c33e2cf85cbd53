"""What programs of a container write for sure, where its user may not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.permissions import may_write
from dockerlint_py.model.services.mounts import Mount
from dockerlint_py.model.services.volume_owners import begins_as_image
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.assets.static_deployment import StaticDeployment
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.management import ManagementRun
    from dockerlint_py.model.repository import Repository

_SCHEDULE_OPTIONS = ("-s", "--schedule", "-S", "--scheduler", "--workdir", "--detach", "-D")
_SCHEDULE_WORDS = (
    *("beat_schedule_filename", "beat_scheduler", "BEAT_SCHEDULE_FILENAME", "BEAT_SCHEDULER"),
    *("CELERYBEAT_SCHEDULER", "CELERYBEAT_SCHEDULE_FILENAME", "django_celery_beat", "redbeat"),
    "DatabaseScheduler",
)
"""What a project says that keeps the schedule elsewhere, in settings, variables or files."""
_TELLS_BEAT = regex(r"(?i)schedule_?filename|beat_?scheduler|celery_beat|redbeat|DatabaseScheduler")
_OWN_CELERY = regex(r"\bCelery\(")
_SWITCHES = ("sudo", "doas", "su", "gosu", "su-exec", "setpriv")
_USER_KEYS = ("user", "group_add", "post_start", "pre_start", "init_containers")
"""What Compose says of a service that changes who writes, or what root has prepared for it."""


class DeniedWrite(NamedTuple):
    """A file or folder that a program writes in vain; `writer` is what does, for people."""

    writer: str
    user: str
    path: str
    place: Place
    because: tuple[Known[Any], ...]


class _Write(NamedTuple):
    writer: str
    path: str
    place: Place
    because: tuple[Known[Any], ...] = ()


def denied_writes_of(container: "Container") -> Iterator[DeniedWrite]:
    """The writes that fail, as far as nothing may let the user of the container write there."""
    user, stage = container.user.effective, container.stage
    if stage is None or not isinstance(user, Known) or not _is_settled(container):
        return
    for write in {(each.path, each.place): each for each in _writes(container)}.values():
        mount = container.mounts.at(write.path)
        if not isinstance(mount, Known) or not _is_of_image(container, write.path, mount.value):
            continue
        allowed = may_write(stage, write.path, user.value)
        if isinstance(allowed, Known) and not allowed.value:
            volume = () if mount.value is None else (mount.value.fact,)
            because = (user, allowed, *volume, *write.because)
            yield DeniedWrite(write.writer, user.value, write.path, write.place, because)


def _is_of_image(container: "Container", path: str, mount: Mount | None) -> bool:
    """Whether the image alone tells whose a path is, in a volume that begins as the image too."""
    if any(below != mount for below in container.mounts.below(path)):
        return False
    return mount is None or begins_as_image(container, mount)


def _is_settled(container: "Container") -> bool:
    """Whether its image alone tells who runs its programs, and where they may write."""
    process, service, mounts = container.process, container.service, container.mounts
    if service is None and _is_run_by_service(container):
        return False
    if container.may_drop_privileges or mounts.doubt or mounts.unseen:
        return False
    wrappers = (wrapper.name for each in process.invocations for wrapper in each.wrappers)
    if any(name in _SWITCHES for name in wrappers):
        return False
    return service is None or not any(service.get(key) is not None for key in _USER_KEYS)


def _is_run_by_service(container: "Container") -> bool:
    """Whether a service runs the image too: it tells how the image is meant to be run."""
    dockerfile = container.dockerfile
    return dockerfile is not None and any(each.service for each in dockerfile.containers)


def _writes(container: "Container") -> Iterator[_Write]:
    yield from _schedules(container)
    if container.service is None or not container.repository.applications:
        return  # Who starts an image without Compose may mount a folder for what it writes.
    yield from _collected(container)
    yield from _databases(container)
    yield from _logs(container)
    yield from _uploads(container)
    yield from _metrics(container)


def _schedules(container: "Container") -> Iterator[_Write]:
    """The file of Celery's beat, which is in the folder that it starts in unless told otherwise."""
    from dockerlint_py.model.programs.beats import beats_of

    for beat in beats_of(container):
        started, cwd = beat.invocation, beat.invocation.cwd
        told = started.has(*_SCHEDULE_OPTIONS) or started.is_conditional
        if told or not isinstance(cwd, Known) or any(word.dynamic for word in started.argv):
            continue
        if _keeps_default_schedule(container.repository):
            path = joined(cwd.value, "celerybeat-schedule")
            yield _Write("Celery's beat", path, started.place)


def _keeps_default_schedule(repository: "Repository") -> bool:
    """Whether the Celery of a repository is its own, and nothing says where the schedule is."""
    sources = (repository.snapshot.text(p) for p in repository.text_files if p.endswith(".py"))
    texts = [source.text for source in sources if source is not None]
    if any(map(_TELLS_BEAT.search, texts)) or not any(map(_OWN_CELERY.search, texts)):
        return False
    return not any(repository.mentions(word) for word in _SCHEDULE_WORDS)


def _collected(container: "Container") -> Iterator[_Write]:
    """`STATIC_ROOT`, where files are collected at the start and none are in the image yet."""
    from dockerlint_py.model.assets.static_deployment import deployments_of
    from dockerlint_py.model.programs.management import runs_of_container

    runs = [run for run in runs_of_container(container) if run.command == "collectstatic"]
    if any(run.is_at_build or run.has("--dry-run", "-n") for run in runs):
        return
    for deployment in deployments_of(container):
        for run in runs:
            root = deployment.root
            if isinstance(root, Known) and root.value and _collects(deployment, run):
                yield _Write("`collectstatic`", root.value, run.place, (root,))


def _collects(deployment: "StaticDeployment", run: "ManagementRun") -> bool:
    """Whether a run writes the files of a deployment for sure."""
    static, root, stage = deployment.static, deployment.root, deployment.container.stage
    if run.invocation.is_conditional or not static.is_local or static.content is None:
        return False
    settings = run.settings_among(deployment.startup.application.settings)
    if not isinstance(settings, Known) or settings.value.path != static.settings.path:
        return False
    if stage is None or not isinstance(root, Known):
        return False
    there = stage.fs.has(joined(root.value, deployment.sample))
    return isinstance(there, Known) and not there.value


def _databases(container: "Container") -> Iterator[_Write]:
    """SQLite databases that have to be made first."""
    from dockerlint_py.model.services.sqlite_files import sqlite_files_of

    stage = container.stage
    for file in {each.place: each for each in sqlite_files_of(container)}.values():
        there = [stage.fs.has(path) for path in file.paths] if stage is not None else []
        absent = all(isinstance(fact, Known) and not fact.value for fact in there)
        if there and absent and len(file.paths) == 1:
            yield _Write("SQLite", file.paths[0], file.place, file.because)


def _logs(container: "Container") -> Iterator[_Write]:
    """The files of Django's LOGGING, which are opened when the settings are loaded."""
    from dockerlint_py.model.code.log_files import paths_of

    for startup in container.code.startups:
        settings = startup.settings
        if settings is None or startup.invocation.is_conditional:
            continue
        for log in settings.log_files:
            paths = paths_of(startup, container, log)
            if len(paths) == 1:
                yield _Write(log.handler, paths[0], log.place, (startup.invocation.fact(),))


def _uploads(container: "Container") -> Iterator[_Write]:
    """`MEDIA_ROOT`, which is written to when somebody sends a file."""
    from dockerlint_py.model.assets.uploads import uploads_of

    for uploads in uploads_of(container):
        root, field = uploads.because
        if root.places:
            yield _Write("an upload", uploads.folder, root.places[-1], (field,))


def _metrics(container: "Container") -> Iterator[_Write]:
    """The folder in which prometheus_client keeps the metrics of each process."""
    from dockerlint_py.model.code.metric_files import FOLDER, metric_in

    for startup in container.code.startups:
        started = startup.invocation
        folder = started.env.get(FOLDER) if started.serving and not started.is_conditional else None
        if not isinstance(folder, Known) or not folder.value or not folder.places:
            continue
        metric = metric_in(startup.application)
        if folder.value.startswith("/") and metric is not None:
            path = joined("/", folder.value)
            yield _Write("prometheus_client", path, folder.places[0], (metric, started.fact()))
