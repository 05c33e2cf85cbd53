"""Static files of Django in a container: whether they are collected there, and where to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.assets.static_files import StaticFiles
from dockerlint_py.model.assets.whitenoise import OTHER_SOURCES
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.placement import path_beside
from dockerlint_py.model.services.mounts import Mount, MountKind
from dockerlint_py.python.evaluate.results import RepoPath
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.knowledge.servers import Server
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.startups import Startup

_SAMPLE = "admin/css/base.css"
"""A file of Django's admin, from `STATIC_ROOT`."""


class StaticDeployment(NamedTuple):
    """A web server that runs Django with `django.contrib.staticfiles`."""

    container: "Container"
    startup: "Startup"
    static: StaticFiles

    @property
    def server(self) -> "Server":
        """What is known of the server."""
        serving = self.startup.invocation.serving
        assert serving is not None
        return serving.server

    @property
    def without_debug(self) -> Known[Any] | None:
        """That `DEBUG` is known to be off."""
        debug = self.static.settings.get("DEBUG")
        return debug if isinstance(debug, Known) and not debug.value else None

    @property
    def root(self) -> Fact[str]:
        """`STATIC_ROOT` as a path of the container; empty when it is not set."""
        return self.folder("STATIC_ROOT")

    def folder(self, setting: str) -> Fact[str]:
        """A setting that is a folder, as a path of the container; empty when it is not set."""
        fact = self.static.settings.get(setting)
        if isinstance(fact, Unknown):
            return Unknown(fact.why)
        if isinstance(fact.value, RepoPath):
            settings = self.static.settings.path
            found = path_beside(self.container, settings, fact.value.path)
            return found if isinstance(found, Unknown) else found._replace(places=fact.places)
        if not isinstance(fact.value, str | None):
            return Unknown(f"{setting} is no path")
        cwd = self.startup.invocation.cwd
        if not fact.value:
            return Known("", fact.places)
        if fact.value.startswith("/"):
            return Known(joined("/", fact.value), fact.places)
        if isinstance(cwd, Unknown):
            return Unknown(cwd.why)
        return Known(joined(cwd.value, fact.value), fact.places)

    @property
    def mount(self) -> Fact[Mount | None]:
        """What is mounted where the files are collected."""
        root = self.root
        if isinstance(root, Unknown):
            return Unknown(root.why)
        return self.container.mounts.at(root.value) if root.value else Known(None)

    @property
    def sample(self) -> str:
        """A file that is in `STATIC_ROOT` once the files are collected, relative to it."""
        shown = self.static.shown
        folder = shown.folder if shown is not None else None
        if folder is None:
            return _SAMPLE
        for below, entries in self.container.repository.snapshot.folders(folder):
            names = [name for name in entries if "." in name[1:]]
            if names:
                return f"{below[len(folder) :].strip('/')}/{names[0]}".lstrip("/")
        return _SAMPLE


def deployments_of(container: "Container") -> Iterator[StaticDeployment]:
    """The web servers of a container that run Django with static files, as far as is known."""
    for startup in container.code.startups:
        serving, settings = startup.invocation.serving, startup.settings
        if serving is None or serving.server.role != "web" or settings is None:
            continue
        static = StaticFiles(settings)
        if static.is_used:
            yield StaticDeployment(container, startup, static)


def never_collected_in(container: "Container") -> tuple[Known[Any], ...] | None:
    """Why it is known that nothing collects the files; None when something does, or may do so."""
    for deployment in deployments_of(container):
        shown, settings = deployment.static.shown, deployment.static.settings
        finds = any(settings.has(name) is not False for name in OTHER_SOURCES)
        debug = deployment.without_debug
        if shown is None or debug is None or finds or not deployment.static.is_local:
            continue
        if deployment.server.development:
            continue
        if not (_may_fill(deployment) or _is_run(deployment)):
            server = deployment.startup.invocation.fact()
            return (server, shown.fact, debug)
    return None


def _is_run(deployment: StaticDeployment) -> bool:
    """Whether something runs `collectstatic`, or may do so."""
    container, application = deployment.container, deployment.startup.application
    stages = container.needed_stages
    if not all(stage.is_understood and stage.base.is_known for stage in stages):
        return True
    runs = application.management_runs
    if any(run.command == "collectstatic" for run in runs):
        return True
    return container.repository.mentions("collectstatic")


def _may_fill(deployment: StaticDeployment) -> bool:
    """Whether the files may come into `STATIC_ROOT` in another way."""
    root, mount, stage = deployment.root, deployment.mount, deployment.container.stage
    if isinstance(root, Unknown) or isinstance(mount, Unknown) or stage is None:
        return True
    if not root.value:
        return False
    if mount.value is not None and mount.value.kind not in (MountKind.VOLUME, MountKind.ANONYMOUS):
        return True
    shown = deployment.static.shown
    if mount.value is not None and shown is not None and shown.folder is not None:
        return True
    there = stage.fs.has(joined(root.value, deployment.sample))
    return not isinstance(there, Known) or there.value
