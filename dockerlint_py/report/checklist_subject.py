"""What a deployment list is about, and how one of its steps may stand."""

from dockerlint_py.model.code.running_code import RunningCode, running_code_of
from dockerlint_py.model.container import Container
from dockerlint_py.model.servers.server import RunningServer
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

DONE, MISSING, NOT_APPLICABLE, UNKNOWN = "done", "missing", "not applicable", "unknown"


class Verdict(NamedTuple):
    """Done, missing, not applicable or unknown; why, in words, and where that is written."""

    state: str
    why: str
    places: tuple[Place, ...] = ()

    @property
    def lines(self) -> tuple[Place, ...]:
        """The places, each line once."""
        return tuple({(at.path, at.line): at for at in reversed(self.places)}.values())[::-1]


class Subject(NamedTuple):
    """A container that serves an application of a framework with one server."""

    container: Container
    server: RunningServer
    framework: str

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
    def siblings(self) -> tuple[Container, ...]:
        """Those of the company that have the same application in their image."""
        applications = self.container.repository.applications
        own = [each for each in applications if self.container in each.containers]
        return tuple(c for c in self.company if any(c in each.containers for each in own))

    @property
    def partners(self) -> tuple[Container, ...]:
        """Those of the company that work for the same application.

        A proxy may stand before several: it works for this one if no other is served here.
        """
        siblings = self.siblings
        if all(c in siblings for c in self.company if any(server.is_web for server in c.servers)):
            return self.company
        return siblings

    def is_of_another(self, path: str) -> bool:
        """Whether a file belongs to an application that is in the image and is not served."""
        served = [each.application for each in self.code]
        others = [each for each in self.container.repository.applications if each not in served]
        return bool(served) and any(path in each.files for each in others)
