"""The files that a program of a container finds, as far as they come from the repository."""

from typing import TYPE_CHECKING

from dockerlint_py.context import paths
from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.container_files import file_in
from dockerlint_py.model.image.placement import path_beside
from dockerlint_py.model.programs.start import names_at_start
from dockerlint_py.model.services.env_file_presence import container_may_hold
from dockerlint_py.python.evaluate.env_files import EnvFile
from dockerlint_py.text import Source

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container


class ProgramDisk:
    """Looks for files in a container, for a program that is started in the folder `cwd`."""

    def __init__(self, container: "Container", application: "Application", cwd: Fact[str]) -> None:
        self._container = container
        self._application = application
        self._cwd = cwd
        self._files: dict[str, Fact[Source | None]] = {}
        self._hidden: dict[str, bool] = {}

    @property
    def cwd(self) -> Fact[str]:
        """The folder that it is started in."""
        return self._cwd

    def file(self, path: str) -> Fact[Source | None]:
        """The repository file at a path; unknown where something may put another one there."""
        if path not in self._files:
            found = file_in(self._container, path)
            if isinstance(found, Known) and self._may_differ(path, is_absent=found.value is None):
                found = Unknown(f"{path} may be another file")
            self._files[path] = found
        return self._files[path]

    def beside(self, module: str, path: str) -> Fact[str]:
        """The absolute path that a module means by one computed from its `__file__`."""
        return path_beside(self._container, module, path)

    def _may_differ(self, path: str, *, is_absent: bool) -> bool:
        """Whether a script writes it, or a developer has it and git ignores it."""
        name = path.rpartition("/")[2]
        if names_at_start(self._container, name):
            return True
        below = f"config/{name}" if path.endswith(f"/config/{name}") else name
        return is_absent and self._is_hidden(below)

    def _is_hidden(self, below: str) -> bool:
        if below not in self._hidden:
            places = {paths.join(folder, below) for folder in ("", self._application.folder)}
            self._hidden[below] = any(self._may_come(path) for path in places)
        return self._hidden[below]

    def _may_come(self, path: str) -> bool:
        snapshot = self._application.repository.snapshot
        if snapshot.exists(path) or snapshot.ignored_by(path) is None:
            return False
        file = EnvFile(paths.split(path)[1], self._container.place, path)
        return container_may_hold(self._container, self._application, file)
