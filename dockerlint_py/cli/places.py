"""From the paths on the command line to the root, the folders to enter, the files to keep."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from dockerlint_py.context import find_root
from dockerlint_py.engine.errors import UserError
from dockerlint_py.engine.run import Outcome
from dockerlint_py.record import NamedTuple

WORKSPACES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


class Target(NamedTuple):
    """What to audit.

    `folders` (relative to the root) limit which Dockerfiles and Compose files are entry points;
    `files` are the only places to report, when there are any. `prefix` stands before every path in
    a report, when reports are relative to a folder above the root.
    """

    root: Path
    start: Path
    shown: str
    folders: tuple[str, ...]
    files: frozenset[str]
    prefix: str

    @property
    def entries(self) -> tuple[str, ...]:
        """The folders and files that entry points are looked for in; empty for everywhere."""
        return (*self.folders, *self.files) if self.folders else ()

    @property
    def is_whole(self) -> bool:
        """Whether everything under the root is audited and reported."""
        return not self.folders and not self.files

    def relative(self, path: str) -> str:
        """A path of the command line, relative to the root; `UserError` if it is no file there."""
        there = Path(path).resolve()
        if not there.is_file() or not there.is_relative_to(self.root):
            raise UserError(f"{path}: no such file in {self.root}")
        return there.relative_to(self.root).as_posix()

    def narrow(self, outcome: Outcome) -> Outcome:
        """The outcome without findings in other files than the named ones."""
        outcome = outcome._replace(prefix=self.prefix)
        if not self.files:
            return outcome
        named = tuple(p for p in outcome.problems if self._names(p.finding.at.path))
        others = tuple(p for p in outcome.problems if not self._names(p.finding.at.path))
        return outcome._replace(problems=named, unreported=(*outcome.unreported, *others))

    def _names(self, path: str) -> bool:
        folders = any(path.startswith(f"{folder}/") for folder in self.folders)
        return folders or path in self.files


def find_target(paths: Sequence[str], environment: Mapping[str, str]) -> Target:
    """The target of some paths; raises `UserError` when one does not exist or lies elsewhere."""
    given = [Path(path).absolute() for path in paths]
    for text, path in zip(paths, given, strict=True):
        if not path.exists():
            raise UserError(f"{text}: no such file or folder")
    start = given[0].resolve()
    root = find_root(start)
    folders: list[str] = []
    files: list[str] = []
    for text, path in zip(paths, given, strict=True):
        try:
            relative = path.resolve().relative_to(root).as_posix()
        except ValueError as error:
            raise UserError(f"{text}: not in {root}, the root of {paths[0]}") from error
        (folders if path.is_dir() else files).append("" if relative == "." else relative)
    return Target(
        root=root,
        start=start,
        shown=" ".join(paths),
        folders=() if "" in folders else tuple(folders),
        files=frozenset(files),
        prefix=_prefix(root, environment),
    )


def _prefix(root: Path, environment: Mapping[str, str]) -> str:
    """The path from the folder that reports are relative to, down to the root."""
    workspace = next((environment[name] for name in WORKSPACES if environment.get(name)), None)
    if workspace is not None:
        base = Path(workspace).resolve()
    elif (root / ".git").exists():
        return ""
    else:
        base = Path.cwd()
    if not root.is_relative_to(base) or root == base:
        return ""
    return PurePosixPath(os.path.relpath(root, base)).as_posix() + "/"
