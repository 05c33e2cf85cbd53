"""The files that one program of a RUN finds.

Layers of the stage, earlier commands of the same RUN, and mounts over all of them.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.image.bindings import Binding, bindings_of
from dockerlint_py.model.image.effects import fs_before
from dockerlint_py.model.image.filesystem import StageFs
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.provenance import FileFact, file_before, written_by
from dockerlint_py.model.image.runs import Run
from dockerlint_py.model.programs.invocation import Invocation

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage


class View:
    """What one program of a stage's own RUN finds at a path."""

    def __init__(self, stage: "Stage", run: Run, invocation: Invocation) -> None:
        self._stage = stage
        self._run = run
        self._invocation = invocation

    @cached_property
    def _fs(self) -> StageFs:
        return fs_before(self._stage, self._run, self._invocation)

    @cached_property
    def _bindings(self) -> tuple[Binding, ...]:
        return bindings_of(self._stage, self._run)

    def path_of(self, path: str) -> Fact[str]:
        """The absolute path that a path means to the program."""
        cwd = self._invocation.cwd
        if path.startswith("/"):
            return Known(joined("/", path))
        if isinstance(cwd, Unknown):
            return cwd
        return Known(joined(cwd.value, path), cwd.places, cwd.confidence)

    def has(self, path: str) -> Fact[bool]:
        """Whether there is a file or folder at an absolute path."""
        for binding in self._bindings:
            if binding.covers(path):
                return binding.has(self._stage, path)
            if binding.brings(path):
                return Known(value=True)
        return self._fs.has(path)

    def file(self, path: str) -> FileFact:
        """The repository file at an absolute path."""
        for binding in self._bindings:
            if binding.covers(path):
                return binding.file(self._stage, path)
        found = written_by(self._run, path, before=self._invocation)
        found = found or file_before(self._stage, self._run.step.number, path)
        if found is not None:
            return found
        there = self.has(path)
        if isinstance(there, Known) and not there.value:
            return Known(None, there.places, there.confidence, there.says)
        return Unknown(f"what {path} is is not known")
