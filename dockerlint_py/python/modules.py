"""The Python files of a repository: what each is for, its text and its facts, read once."""

from functools import cached_property

from dockerlint_py.context import Kind, Snapshot, paths
from dockerlint_py.facts import Blur
from dockerlint_py.python.decode import decode
from dockerlint_py.python.extract import extract, no_collection
from dockerlint_py.python.kinds import PARSED, ModuleKind, kind_of
from dockerlint_py.python.records import ModuleFacts, Problem
from dockerlint_py.text import Source

MAX_BYTES = 16_000_000
"""Larger files are not read."""
_FOREIGN = frozenset({"node_modules", "site-packages", "__pycache__"})


class Modules:
    """The Python files of a snapshot; virtual environments and installed packages are left out."""

    def __init__(self, snapshot: Snapshot, blur: Blur | None = None) -> None:
        self.snapshot = snapshot
        self._blur = blur or Blur()
        self._sources: dict[str, Source | Problem] = {}
        self._facts: dict[str, ModuleFacts] = {}

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of all Python files, sorted."""
        return tuple(
            sorted(
                paths.join(folder, name)
                for folder, entries in self.snapshot.folders(enters=self._is_own)
                for name, kind in entries.items()
                if name.endswith(".py") and kind is Kind.FILE
            )
        )

    @cached_property
    def known(self) -> frozenset[str]:
        """The same paths, to look one up."""
        return frozenset(self.paths)

    def source(self, path: str) -> Source | Problem:
        """The text of a file, decoded as Python decodes it."""
        found = self._sources.get(path)
        if found is None:
            found = self._sources[path] = self._read(path)
        return found

    def kind(self, path: str) -> ModuleKind:
        """What a file is for; it is read only when its path does not tell."""
        by_path = kind_of(path)
        if by_path not in PARSED:
            return by_path
        source = self.source(path)
        return kind_of(path, source.text if isinstance(source, Source) else "")

    def facts(self, path: str) -> ModuleFacts:
        """The facts of a file of any kind; parsed when first asked for."""
        found = self._facts.get(path)
        if found is None:
            source = self.source(path)
            if self._blur.hides(path, "module", 0):
                found = ModuleFacts(path, problems=(Problem("hidden", "the module is hidden"),))
            elif isinstance(source, Problem):
                found = ModuleFacts(path, problems=(source,))
            else:
                found = extract(source)
            self._facts[path] = found
        return found

    @property
    def asked_for(self) -> tuple[ModuleFacts, ...]:
        """The facts of the files that were asked for so far."""
        return tuple(self._facts.values())

    @cached_property
    def parsed(self) -> tuple[ModuleFacts, ...]:
        """The facts of every file that is neither test, migration, generated nor template."""
        with no_collection():
            return tuple(self.facts(path) for path in self.paths if self.kind(path) in PARSED)

    def _read(self, path: str) -> Source | Problem:
        reading = self.snapshot.reading(path)
        if reading.source is not None and not reading.invalid:
            return reading.source
        data = self.snapshot.data(path, MAX_BYTES)
        if data is None:
            return Problem("unreadable", reading.why or "cannot be read")
        text = decode(data)
        return text if isinstance(text, Problem) else Source(path, text.removeprefix("\ufeff"))

    def _is_own(self, folder: str) -> bool:
        foreign = paths.split(folder)[1] in _FOREIGN
        return not foreign and not self.snapshot.is_file(f"{folder}/pyvenv.cfg")
