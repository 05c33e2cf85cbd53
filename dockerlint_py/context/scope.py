"""Which part of a repository is audited: not what git or the user leaves out, nor vendored code."""

from collections.abc import Mapping, Sequence

from dockerlint_py.context import paths
from dockerlint_py.context.gitignore import GitIgnoreFile
from dockerlint_py.context.snapshot import Snapshot
from dockerlint_py.context.tree import Kind
from dockerlint_py.text import Source

SKIPPED_FOLDERS = frozenset(
    {
        ".bzr",
        ".eggs",
        ".git",
        ".hg",
        ".nox",
        ".svn",
        ".tox",
        "__pycache__",
        "__pypackages__",
        "bower_components",
        "dist-packages",
        "node_modules",
        "site-packages",
        "third-party",
        "third_party",
        "vendor",
    }
)
"""Folders of other people's code, of version control and of caches: never searched."""


Folder = tuple[str, Mapping[str, Kind]]
"""The path of a folder and its entries."""


class Scope:
    """Decides over the folders and files of a snapshot."""

    __slots__ = ("_exclude", "_folders", "snapshot")

    def __init__(self, snapshot: Snapshot, exclude: Sequence[str] = ()) -> None:
        """`exclude` holds patterns in the syntax of a `.gitignore` at the root."""
        self.snapshot = snapshot
        self._exclude = GitIgnoreFile(Source("exclude", "\n".join(exclude)), "")
        self._folders: tuple[Folder, ...] | None = None

    @property
    def folders(self) -> tuple[Folder, ...]:
        """All folders that are searched, each before those it holds; walked once."""
        if self._folders is None:
            self._folders = tuple(self.snapshot.folders(enters=self.enters))
        return self._folders

    def enters(self, folder: str) -> bool:
        """Whether a folder is searched, if the folder above it is."""
        return not (
            paths.split(folder)[1] in SKIPPED_FOLDERS
            or self._is_excluded(folder, is_folder=True)
            or self._is_out_of_git(folder, is_folder=True)
            or is_virtual_environment(self.snapshot, folder)
        )

    def holds(self, path: str) -> bool:
        """Whether a file of a searched folder is audited."""
        excluded = self._is_excluded(path, is_folder=False)
        return not excluded and not self._is_out_of_git(path, is_folder=False)

    def _is_excluded(self, path: str, *, is_folder: bool) -> bool:
        pattern = self._exclude.decides(path, is_folder=is_folder)
        return pattern is not None and not pattern.negated

    def _is_out_of_git(self, path: str, *, is_folder: bool) -> bool:
        index = self.snapshot.index
        if index and (index.tracks_below(path) if is_folder else index.tracks(path)):
            return False
        return self.snapshot.ignored_by(path, is_folder=is_folder) is not None


def is_virtual_environment(snapshot: Snapshot, folder: str) -> bool:
    """Whether a folder holds a Python virtual environment."""
    names = snapshot.entries(folder)
    return (
        "pyvenv.cfg" in names
        or ("bin" in names and "activate" in snapshot.entries(f"{folder}/bin"))
        or ("Scripts" in names and "activate" in snapshot.entries(f"{folder}/Scripts"))
    )
