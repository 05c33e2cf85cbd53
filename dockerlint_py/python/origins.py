"""What a path in path notation comes from, followed through the files of the repository.

`from app.db import client` and `client = redis.Redis()` in `app/db.py` make `client.get` be
`redis.Redis().get`, as `Receivers` does within one file.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.receivers import Receivers, split_head
from dockerlint_py.python.records import CallSite, Function, ModuleFacts
from dockerlint_py.record import NamedTuple

_MAX_FILES = 8


class Origin(NamedTuple):
    """What a path comes from: `file` binds the head of `path`; None when no file of ours does."""

    path: str
    file: str | None = None


class Use(NamedTuple):
    """A call, and the file that it stands in."""

    file: str
    site: CallSite


class Origins:
    """Follows paths through the files of a repository; `files` are those that are searched."""

    def __init__(self, graph: ModuleGraph, files: Iterable[str]) -> None:
        self.graph = graph
        self._files = files
        self._receivers: dict[str, Receivers] = {}

    def facts(self, file: str) -> ModuleFacts:
        """The facts of a file."""
        return self.graph.modules.facts(file)

    def receivers(self, file: str) -> Receivers:
        """The receivers of a file."""
        found = self._receivers.get(file)
        if found is None:
            found = self._receivers[file] = Receivers(self.facts(file))
        return found

    def of(self, path: str, scope: int, file: str) -> Origin:
        """What a path in a scope of a file comes from."""
        for _ in range(_MAX_FILES):
            receivers = self.receivers(file)
            path, at = receivers.follow_from(path, scope)
            if path.startswith("@"):
                return self._within(receivers, path[1:], at)
            located = self._located(path, file)
            if located is None:
                break
            file, rest = located
            if not self.facts(file).scopes:
                break
            path, scope = self.receivers(file).names.path(rest, 0), 0
            if path == rest and not self._imports(file, split_head(rest)[0]):
                break
        return Origin(path)

    def function(self, origin: Origin) -> Function | None:
        """The function or method that an origin names; None when that is none of ours."""
        if origin.file is None:
            return None
        cls, _, name = origin.path.rpartition(".")
        facts = self.facts(origin.file)
        for function in facts.functions:
            around = facts.scopes[facts.scopes[function.scope].parent]
            holder = {"module": "", "class": around.name}.get(around.kind)
            if function.name == name and holder == cls.removesuffix("()"):
                return function
        return None

    def uses(self, file: str, function: Function) -> Iterator[Use]:
        """The calls of a function, as far as their paths can be followed to it."""
        for use in self._calls.get(function.name, ()):
            origin = self.of(use.site.path, use.site.scope, use.file)
            if origin.file == file and self.function(origin) is function:
                yield use

    @cached_property
    def _calls(self) -> dict[str, list[Use]]:
        """The calls of all files by the last part of their paths."""
        found: dict[str, list[Use]] = {}
        for file in self._files:
            for site in self.facts(file).calls:
                name = site.path.rpartition(".")[2].removeprefix("@")
                found.setdefault(name, []).append(Use(file, site))
        return found

    def _within(self, receivers: Receivers, path: str, scope: int) -> Origin:
        """Something of this file; `self.run` is a method of the class around it."""
        facts = receivers.facts
        head, dot, rest = path.partition(".")
        if dot and head in ("self", "cls"):
            cls = receivers.class_around(scope)
            if cls >= 0:
                path = f"{facts.scopes[cls].name}().{rest}"
        return Origin(path, facts.path)

    def _located(self, path: str, file: str) -> tuple[str, str] | None:
        """The file of ours that a dotted path leads into, and what it names there."""
        end = min((at for at in (path.find(mark) for mark in "([") if at >= 0), default=len(path))
        dotted = path[:end].lstrip(".")
        parts = self.graph.absolute_name(file, end - len(dotted), dotted).split(".")
        for number in range(len(parts) - 1, 0, -1):
            module = self.graph.module(".".join(parts[:number]), file)
            if module is not None:
                return module, ".".join(parts[number:]) + path[end:]
        return None

    def _imports(self, file: str, name: str) -> bool:
        return any(item.binds == name for item in self.facts(file).imports)
