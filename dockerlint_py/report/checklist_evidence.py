"""What shows that an item of a deployment list is done, or that a container has no need of it.

Nothing found wrong is no proof: where nothing shows it either way, the item stays unknown.
"""

from collections.abc import Callable, Mapping

from dockerlint_py.context import Scope
from dockerlint_py.facts import Fact, Unknown
from dockerlint_py.model.code.running_code import RunningCode, running_code_of
from dockerlint_py.model.container import Container
from dockerlint_py.model.programs.management import runs_of_container
from dockerlint_py.model.servers.server import RunningServer
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

DONE, MISSING, NOT_APPLICABLE, UNKNOWN = "done", "missing", "not applicable", "unknown"


class Verdict(NamedTuple):
    """Done, missing, not applicable or unknown; why, in words, and where that is written."""

    state: str
    why: str
    places: tuple[Place, ...] = ()


class Subject(NamedTuple):
    """A container that serves an application with one server."""

    container: Container
    server: RunningServer

    @property
    def code(self) -> tuple[RunningCode, ...]:
        """The applications that it runs; all in its image, if it is not known which."""
        found = tuple(running_code_of(self.container))
        return tuple(each for each in found if each.startup is not None) or found

    @property
    def company(self) -> tuple[Container, ...]:
        """The containers that run together with it, itself first."""
        for file_set in self.container.repository.file_sets:
            if self.container in file_set.containers:
                return (self.container, *file_set.containers)
        return (self.container,)

    @property
    def partners(self) -> tuple[Container, ...]:
        """Those of the company that work for the same application.

        A proxy may stand before several: it works for this one if no other is served here.
        """
        applications = self.container.repository.applications
        own = [each for each in applications if self.container in each.containers]
        same = [c for c in self.company if any(c in each.containers for each in own)]
        if all(c in same for c in self.company if any(server.is_web for server in c.servers)):
            return self.company
        return tuple(same)

    def is_of_another(self, path: str) -> bool:
        """Whether a file belongs to an application that is in the image and is not served."""
        served = [each.application for each in self.code]
        others = [each for each in self.container.repository.applications if each not in served]
        return bool(served) and any(path in each.files for each in others)


def evidence(key: str, subject: Subject) -> Verdict:
    """What the model shows of an item; unknown where it shows nothing."""
    shown = _EVIDENCE[key](subject) if key in _EVIDENCE else None
    return shown or Verdict(UNKNOWN, "nothing wrong was found, and nothing shows that it is done")


def _server(subject: Subject) -> Verdict | None:
    server = subject.server
    if server.is_for_development or not server.is_certain:
        return None
    return Verdict(DONE, server.fact().says or server.name, (server.place,))


def _workers(subject: Subject) -> Verdict | None:
    workers = subject.server.workers
    if isinstance(workers, Unknown):
        return Verdict(UNKNOWN, workers.why, workers.places)
    if workers.value is None or workers.value < 2:
        return None
    return Verdict(DONE, f"{workers.value} workers", workers.places)


def _python(subject: Subject) -> Verdict:
    found = subject.container.python
    if isinstance(found, Unknown):
        return Verdict(UNKNOWN, found.why, found.places)
    if found.value is None or found.value.version is None:
        return Verdict(UNKNOWN, "which Python the image has is not known", found.places)
    return Verdict(DONE, found.value.title, found.places)


def _installed(subject: Subject) -> Verdict | None:
    installed = [i for i in subject.container.dependencies.installed if not i.is_conditional]
    if not installed:
        return None
    last = installed[-1]
    return Verdict(DONE, f"`{last.install.invocation.text}` is run", (last.place,))


def _debug(subject: Subject) -> Verdict | None:
    for code in subject.code:
        if code.settings is None:
            continue
        value: Fact[object] = code.settings.get("DEBUG")
        if isinstance(value, Unknown):
            return Verdict(UNKNOWN, value.why, value.places)
        place = code.settings.place_of("DEBUG")
        places = (place,) if place is not None else value.places
        return Verdict(MISSING if value.value else DONE, f"DEBUG is {value.value}", places)
    return None


def _cors(subject: Subject) -> Verdict:
    for policy in subject.container.code.cors:
        return Verdict(DONE, f"{policy.mechanism} is set up", (policy.place,))
    why = "none was found; it is needed when pages of other origins ask this server"
    return Verdict(UNKNOWN, why)


def _static(subject: Subject) -> Verdict | None:
    for code in subject.code:
        settings = code.settings
        app = "django.contrib.staticfiles"
        if settings is not None and settings.includes("INSTALLED_APPS", app) is False:
            return Verdict(NOT_APPLICABLE, f"{app} is not installed")
    return _management("collectstatic", subject)


def _translations(subject: Subject) -> Verdict | None:
    folders = Scope(subject.container.repository.snapshot).folders
    if not any(name.endswith((".po", ".mo")) for _, entries in folders for name in entries):
        return Verdict(NOT_APPLICABLE, "there are no translations in the repository")
    return _management("compilemessages", subject)


def _migrations(subject: Subject) -> Verdict | None:
    return _management("migrate", subject)


def _management(command: str, subject: Subject) -> Verdict | None:
    """That Django runs a command: in this container, its image, or beside it in the file set."""
    ours = {run.place for code in subject.code for run in code.application.management_runs}
    for container in subject.company:
        for run in runs_of_container(container):
            if run.command == command and run.place in ours and not run.invocation.is_conditional:
                return Verdict(DONE, run.fact.says, (run.place,))
    return None


_EVIDENCE: Mapping[str, Callable[[Subject], Verdict | None]] = {
    "server": _server,
    "workers": _workers,
    "python": _python,
    "installer": _installed,
    "dependencies": _installed,
    "debug": _debug,
    "cors": _cors,
    "static": _static,
    "translations": _translations,
    "migrations": _migrations,
}
