"""Which file an import means, and what can be reached from a module."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from dockerlint_py.python.modules import Modules
from dockerlint_py.python.statements import Import
from dockerlint_py.record import NamedTuple

_MAX_PARTS = 40


class Edge(NamedTuple):
    """An import and the files of the repository that it runs: packages first."""

    path: str
    item: Import
    targets: tuple[str, ...]
    at_import: bool


class ModuleGraph:
    """The imports of a repository. Roots are folders on `sys.path`, relative to the repository.

    Without given roots they are guessed for each file: packages around it that hold a `manage.py`,
    the folder of its outermost package, the folders above that one, and `src` in any of them.
    """

    def __init__(self, modules: Modules, roots: Sequence[str] | None = None) -> None:
        self.modules = modules
        self.roots = roots
        self._edges: dict[str, tuple[Edge, ...]] = {}
        self._guesses: dict[str, tuple[str, ...]] = {}

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that hold Python files, and those above them."""
        found: set[str] = set()
        for path in self.modules.paths:
            folder = path.rpartition("/")[0]
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found)

    def roots_for(self, path: str) -> tuple[str, ...]:
        """The folders in which an absolute import of a file is looked for."""
        if self.roots is not None:
            return tuple(self.roots)
        folder = path.rpartition("/")[0]
        if folder not in self._guesses:
            self._guesses[folder] = tuple(dict.fromkeys(self._guess(folder)))
        return self._guesses[folder]

    def name_of(self, path: str) -> str:
        """The dotted name of a file below the first of its roots that holds it."""
        for root in self.roots_for(path):
            prefix = root + "/" if root else ""
            if path.startswith(prefix):
                parts = path.removeprefix(prefix).removesuffix(".py").split("/")
                return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        return ""

    def find(self, dotted: str, importer: str = "") -> tuple[str, ...]:
        """The files that importing a dotted name runs, the module itself last; () if not ours.

        A folder without `__init__.py` is a namespace package: it has no file, what is in it has.
        """
        parts = dotted.split(".")[:_MAX_PARTS]
        for root in self.roots_for(importer):
            found = self._below(root, parts)
            if found is not None:
                return found
        return ()

    def module(self, dotted: str, importer: str = "") -> str | None:
        """The file of a module, None when it is not one of the repository."""
        found = self.find(dotted, importer)
        parts = dotted.split(".")
        if not found:
            return None
        ends = ("/".join(parts) + ".py", "/".join(parts) + "/__init__.py")
        return found[-1] if ("/" + found[-1]).endswith(tuple("/" + end for end in ends)) else None

    def is_ours(self, dotted: str, importer: str = "") -> bool:
        """Whether the first part of a dotted name is a package or module of the repository."""
        if not dotted:
            return False
        top = dotted.partition(".")[0]
        return any(self._below(root, [top]) for root in self.roots_for(importer))

    def may_appear(self, dotted: str, importer: str) -> bool:
        """Whether git ignores the file that a missing module would have: a developer has it."""
        base = dotted.replace(".", "/")
        ignored_by = self.modules.snapshot.ignored_by
        return any(
            ignored_by(f"{root}/{base}.py" if root else f"{base}.py") is not None
            for root in self.roots_for(importer)
        )

    def absolute(self, path: str, item: Import) -> str:
        """The dotted name of the module that an import names, relative ones made absolute."""
        return self.absolute_name(path, item.level, item.module)

    def absolute_name(self, path: str, level: int, dotted: str) -> str:
        """A dotted name of a file with that many leading dots, made absolute."""
        if not level:
            return dotted
        package = self.name_of(path).split(".")
        if not path.endswith("__init__.py"):
            package.pop()
        package = package[: len(package) - (level - 1)]
        return ".".join([*package, *([dotted] if dotted else [])])

    def edges(self, path: str) -> tuple[Edge, ...]:
        """The imports of a file that mean files of the repository."""
        if path not in self._edges:
            self._edges[path] = tuple(self._make_edges(path))
        return self._edges[path]

    def reachable(
        self, paths: Iterable[str], *, optional: bool = True, lazy: bool = True
    ) -> dict[str, Edge | None]:
        """The files reached from some, each with the import that led to it (None for the first).

        Imports under TYPE_CHECKING are never followed; `optional` ones (in a `try`) and `lazy` ones
        (inside functions) unless told otherwise.
        """
        found: dict[str, Edge | None] = dict.fromkeys(paths)
        queue = list(found)
        for path in queue:
            for edge in self.edges(path):
                skipped = (
                    edge.item.typing
                    or (edge.item.optional and not optional)
                    or not (edge.at_import or lazy)
                )
                for target in () if skipped else edge.targets:
                    if target not in found:
                        found[target] = edge
                        queue.append(target)
        return found

    def chain(self, reached: dict[str, Edge | None], path: str) -> tuple[Edge, ...]:
        """The imports that led to a file, from the first module on."""
        edges: list[Edge] = []
        edge = reached.get(path)
        while edge is not None and len(edges) < len(reached):
            edges.append(edge)
            edge = reached.get(edge.path)
        return tuple(reversed(edges))

    def _make_edges(self, path: str) -> Iterator[Edge]:
        facts = self.modules.facts(path)
        for item in facts.imports:
            targets = self.targets(path, item)
            if targets:
                yield Edge(path, item, targets, facts.at_import(item.scope))

    def targets(self, path: str, item: Import) -> tuple[str, ...]:
        """The files that one import runs."""
        module = self.absolute(path, item)
        if not module:
            return ()
        found = self.find(module, path)
        if item.name and item.name != "*":
            inner = self.find(f"{module}.{item.name}", path)
            found = tuple(dict.fromkeys((*found, *inner)))
        return tuple(target for target in found if target != path)

    def _below(self, root: str, parts: Sequence[str]) -> tuple[str, ...] | None:
        """The files of a dotted name below one root; None when its first part is not there.

        What is missing further down is left out: it may be an attribute.
        """
        found = []
        base = root
        for number, part in enumerate(parts):
            base = f"{base}/{part}" if base else part
            if f"{base}/__init__.py" in self.modules.known:
                found.append(f"{base}/__init__.py")
            elif f"{base}.py" in self.modules.known:
                found.append(f"{base}.py")
                break
            elif base not in self.folders:
                return None if number == 0 else tuple(found)
        return tuple(found)

    def _guess(self, folder: str) -> Iterator[str]:
        known = self.modules.known
        while folder and f"{folder}/__init__.py" in known:
            if f"{folder}/manage.py" in known:  # a program's folder is searched, package or not
                yield folder
            folder = folder.rpartition("/")[0]
        while True:
            yield folder
            source = f"{folder}/src" if folder else "src"
            if source in self.folders and f"{source}/__init__.py" not in known:
                yield source
            if not folder:
                return
            folder = folder.rpartition("/")[0]
