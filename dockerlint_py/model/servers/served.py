"""The module and the application that a server's target means in its container."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.container_files import file_in
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.servers.roots import first_root, import_roots
from dockerlint_py.model.servers.target import Target
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source

if TYPE_CHECKING:
    from dockerlint_py.model.servers.server import RunningServer
    from dockerlint_py.python.evaluate import Evaluator
    from dockerlint_py.python.frameworks.applications import (
        Application,
        FunctionApplication,
        Interface,
    )

_FASTAPI_FILES = ("main.py", "app.py", "api.py", "app/main.py", "app/app.py", "app/api.py")
_FLASK_FILES = ("wsgi.py", "app.py")
_USUAL_NAMES = ("app", "application", "api")
_FACTORIES = ("create_app", "make_app")


class ServedApplication(NamedTuple):
    """An application that a server serves: where it is made, and what it is.

    `path` is the file of the repository, `name` what holds it there, `framework` its name for
    people. `is_factory`: the name is a function that makes it.
    """

    path: str
    name: str
    framework: str
    interface: "Interface"
    is_factory: bool
    place: Place


class Served:
    """What a server serves, as far as its target can be followed into the repository."""

    def __init__(self, server: "RunningServer") -> None:
        self._server = server

    @cached_property
    def roots(self) -> Fact[tuple[str, ...]]:
        """The folders of the container in which its module is looked for."""
        return import_roots(self._server)

    @cached_property
    def module(self) -> Fact[Source]:
        """The file of the repository that the target's module is."""
        target = self._server.target
        if isinstance(target, Unknown):
            return Unknown(target.why, None, target.places)
        return self.file_of(target.value)

    def file_of(self, target: Target | None) -> Fact[Source]:
        """The file of the repository that a module means to it."""
        candidates = self._candidates(target)
        if isinstance(candidates, Unknown):
            return Unknown(candidates.why, None, candidates.places)
        for path in candidates.value:
            found = file_in(self._server.container, path)
            if isinstance(found, Unknown):
                return Unknown(found.why, None, found.places)
            if found.value is not None:
                says = f"{path} is {found.value.path}"
                return Known(found.value, found.places, found.confidence, says)
        return Unknown("its module is not found in the repository")

    def _candidates(self, target: Target | None) -> Fact[tuple[str, ...]]:
        """The absolute paths that the module may have, in the order of the search."""
        cwd = self._server.invocation.cwd
        if target is None or target.is_file:
            if isinstance(cwd, Unknown):
                return Unknown(cwd.why)
            names = _files_of(target.module) if target is not None else self._usual_files
            return Known(tuple(joined(cwd.value, name) for name in names))
        roots, first = self.roots, first_root(self._server)
        if isinstance(roots, Unknown):
            if isinstance(first, Unknown):
                return Unknown(roots.why, None, roots.places)
            roots = Known((first.value,), first.places)
        ends = ("/__init__.py", ".py")
        path = target.relative_path
        return Known(tuple(joined(root, path + end) for root in roots.value for end in ends))

    @property
    def _usual_files(self) -> tuple[str, ...]:
        name = self._server.name
        if name == "flask run":
            return _FLASK_FILES
        return _FASTAPI_FILES if name.startswith("fastapi") else ()

    @cached_property
    def application(self) -> Fact[ServedApplication]:
        """The application object."""
        code = self._server.code
        if code is not None and code.application is not None:
            from dockerlint_py.python.frameworks.applications import application_of

            found = application_of(code.evaluator, code.path, code.name, code.application)
            return _served(found)
        target, module = self._server.target, self.module
        if isinstance(module, Unknown) or isinstance(target, Unknown):
            why = module.why if isinstance(module, Unknown) else "its target is not known"
            return Unknown(why, None, module.places)
        path = module.value.path
        files = self._server.container.repository.python_files
        if path not in files.modules.known or not files.is_understood(path):
            return Unknown(f"{path} could not be read")
        name = target.value.name if target.value is not None else None
        if name is None:
            return self._found_by_itself(path)
        return self._named(path, name)

    @cached_property
    def evaluator(self) -> "Evaluator":
        """An evaluator with the environment that the server has."""
        from dockerlint_py.python.evaluate import Evaluator

        files = self._server.container.repository.python_files
        return Evaluator(files.graph, self._server.invocation.env)

    def _named(self, path: str, name: str) -> Fact[ServedApplication]:
        from dockerlint_py.python.frameworks.applications import application_at

        return _served(application_at(self.evaluator, path, name))

    def _found_by_itself(self, path: str) -> Fact[ServedApplication]:
        """The application that `flask run` or `fastapi run` picks when no name is given."""
        from dockerlint_py.python.frameworks.applications import applications_in

        files = self._server.container.repository.python_files
        made = list(applications_in(files.modules, files.facts(path)))
        names = {each.name for each in made if not each.factory}
        factories = {each.name for each in made if each.factory}
        for name in _USUAL_NAMES:
            if self.evaluator.value(path, name) is not None:
                return self._named(path, name)
        if len(names) == 1:
            return self._named(path, names.pop())
        for name in _FACTORIES:
            if name in factories and not names:
                return self._named(path, name)
        return Unknown(f"which application of {path} is served is not known")


def _files_of(path: str) -> tuple[str, ...]:
    """The file that a path means, or that of the package."""
    return (path,) if path.endswith(".py") else (path, f"{path}/__init__.py")


def _served(found: "Fact[Application | FunctionApplication]") -> Fact[ServedApplication]:
    if isinstance(found, Unknown):
        return Unknown(found.why, None, found.places)
    each = found.value
    served = ServedApplication(
        each.path, each.name, each.kind.framework, each.kind.interface, each.factory, each.place
    )
    return Known(served, found.places, found.confidence, found.says)
