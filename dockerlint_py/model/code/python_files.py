"""The Python files of a repository that are audited, read and parsed when a rule asks for them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.context import Scope, paths
from dockerlint_py.facts import Environment, EnvLayer, Unknown
from dockerlint_py.model.note import Note
from dockerlint_py.python import ModuleFacts, ModuleKind, Problem
from dockerlint_py.python.environment import EnvReads
from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.modules import Modules
from dockerlint_py.text import Source

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate import Evaluator

_NOTES = {
    "broken": "broken-file",
    "encoding": "broken-file",
    "not-python": "broken-file",
    "too-deep": "broken-file",
    "too-large": "broken-file",
    "unreadable": "broken-file",
    "template": "template",
}
"""The codes of notes on files that could not be parsed."""
_ANYTHING = EnvLayer("environment", {}, Unknown("the environment is not known"))
_NOTHING = Environment()


class PythonFiles:
    """The modules of a repository, their imports, and which of them are audited."""

    def __init__(self, modules: Modules, scope: Scope, wanted: Callable[[str], bool]) -> None:
        self.modules = modules
        self.graph = ModuleGraph(self.modules)
        self.env_reads = EnvReads(self.graph)
        self._scope = scope
        self._wanted = wanted

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files that are audited, sorted: not those of others, and none that git ignores."""
        return tuple(
            sorted(
                path
                for folder, entries in self._scope.folders
                for path in (paths.join(folder, name) for name in entries if name.endswith(".py"))
                if path in self.modules.known and self._wanted(path) and self._scope.holds(path)
            )
        )

    def text(self, path: str) -> str:
        """The text of a file; empty when it cannot be read."""
        source = self.modules.source(path)
        return source.text if isinstance(source, Source) else ""

    def kind(self, path: str) -> ModuleKind:
        """What a file is for."""
        return self.modules.kind(path)

    def with_text(
        self, pattern: re.Pattern[str], among: Iterable[str], words: Sequence[str] = ()
    ) -> Iterator[str]:
        """The files that a pattern is found in: a cheap choice of what is worth parsing.

        Every match has one of the `words`, if any are given: they are a hundred times faster to
        look for than a pattern that does not start with a plain text.
        """
        for path in among:
            text = self.text(path)
            if words and not any(word in text for word in words):
                continue
            if pattern.search(text):
                yield path

    def facts(self, path: str) -> ModuleFacts:
        """The facts of a file; parsed when first asked for."""
        return self.modules.facts(path)

    def source(self, path: str) -> Source:
        """The source of a file; an empty one when it cannot be read."""
        source = self.modules.source(path)
        return source if isinstance(source, Source) else Source(path, "")

    def evaluator(self, known: Environment = _NOTHING) -> "Evaluator":
        """A new evaluator that knows the variables that these layers set, and no others."""
        from dockerlint_py.python.evaluate import Evaluator

        return Evaluator(self.graph, Environment((_ANYTHING, *known.layers)))

    def is_understood(self, path: str) -> bool:
        """Whether a module and all that it imports when it is imported could be parsed."""
        reached = self.graph.reachable([path], lazy=False)
        return not any(self.facts(each).problems for each in reached)

    @property
    def sources_read(self) -> tuple[Source, ...]:
        """The files that were parsed; no other ones can have findings."""
        return tuple(self.source(facts.path) for facts in self.modules.asked_for)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What could not be parsed of the files that rules asked for."""
        asked_for = (facts for facts in self.modules.asked_for if facts.problems)
        notes = (self._note(facts.path, facts.problems[0]) for facts in asked_for)
        return tuple(note for note in notes if note is not None)

    def _note(self, path: str, problem: Problem) -> Note | None:
        code = _NOTES.get(problem.code)
        if code is None:
            return None
        line = None
        if problem.at is not None:
            line = self.source(path).position(problem.at).line
        return Note(code, path, line, problem.message)
