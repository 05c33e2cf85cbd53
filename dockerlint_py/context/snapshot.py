"""The files of a repository as data: lazy, bounded, the same on disk and in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from operator import itemgetter
from pathlib import Path

from dockerlint_py.context import paths
from dockerlint_py.context.gitfolder import Git, GitFolder, GivenGit
from dockerlint_py.context.gitignore import GitIgnore, GitPattern
from dockerlint_py.context.gitindex import GitIndex
from dockerlint_py.context.tree import DiskTree, FileSpec, Kind, MemoryTree, Tree
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Source

MAX_ENTRIES = 500_000
"""A tree with more names than this is read in part only; `Snapshot.truncated` tells."""

MAX_TEXT = 16 << 20
"""Larger files (in bytes) have no text."""

_MAX_LINKS = 40  # as Linux: a path through more symbolic links is a loop
_SNIFFED = 8000  # as git: a NUL byte among the first 8000 makes a file binary


class State(Enum):
    """What git thinks of a file."""

    TRACKED = "tracked"
    UNTRACKED = "untracked"
    IGNORED = "ignored"


class File(NamedTuple):
    """One file or symbolic link. `size` is in bytes."""

    path: str
    kind: Kind
    size: int
    executable: bool
    state: State


class Reading(NamedTuple):
    """A file as text: decoded as UTF-8, without its byte order mark.

    Without a source, `why` tells the reason. `invalid` means that some bytes were not UTF-8; each
    became U+FFFD, so the text cannot be written back. `binary` is git's guess.
    """

    source: Source | None
    why: str = ""
    bom: bool = False
    invalid: bool = False
    binary: bool = False


class Snapshot:
    """The files below a root. Folders are listed, and files are read, when they are asked for.

    Paths are relative to the root, with `/`, without `.` and `..`; the root itself is ``""``.
    Symbolic links inside the root are followed, links out of it are as if broken.
    """

    __slots__ = ("_count", "_entries", "_git", "_gitignore", "_index", "_readings", "_tree")

    def __init__(self, tree: Tree, git: Git) -> None:
        self._tree = tree
        self._git = git
        self._index: tuple[GitIndex | None] | None = None
        self._gitignore: GitIgnore | None = None
        self._entries: dict[str, dict[str, Kind]] = {}
        self._readings: dict[str, Reading] = {}
        self._count = 0

    @classmethod
    def on_disk(cls, root: Path) -> "Snapshot":
        """The files below a folder, which should come from `find_root`."""
        return cls(DiskTree(str(root)), GitFolder(root))

    @classmethod
    def of(
        cls,
        files: Mapping[str, str | bytes | FileSpec],
        *,
        tracked: Iterable[str] | None = None,
        ignored: Iterable[str] = (),
    ) -> "Snapshot":
        """Files from a dict; a path that ends with `/` is an empty folder.

        With `tracked`, there is a git index with just these paths. Without it, what no `.gitignore`
        names counts as tracked. `ignored` paths are ignored as by `.git/info/exclude`.
        """
        index = None
        if tracked is not None:
            index = GitIndex({path: _index_mode(files[path]) for path in tracked})
        lines = "".join(f"/{path}\n" for path in ignored)
        exclude = Source(".git/info/exclude", lines) if lines else None
        return cls(MemoryTree(files), GivenGit(index, exclude))

    @property
    def truncated(self) -> bool:
        """Whether the tree was too large to be listed whole."""
        return self._count > MAX_ENTRIES

    # What there is

    def entries(self, folder: str) -> Mapping[str, Kind]:
        """The names in a folder, sorted; none when it is no folder."""
        known = self._entries.get(folder)  # its keys are folders without a link in their path
        if known is not None:
            return known
        real = self.resolve(folder)
        return {} if real is None else self._list(real)

    def kind(self, path: str) -> Kind | None:
        """What a path is, without following it; None when there is nothing."""
        if not path:
            return Kind.FOLDER
        folder, name = paths.split(path)
        return self.entries(folder).get(name)

    def resolve(self, path: str) -> str | None:
        """The path without symbolic links; None when it does not exist inside the root."""
        folder, name = paths.split(path)
        listed = self._entries.get(folder)  # only folders without a link in their path are in it
        if path and listed is not None and listed.get(name) in (Kind.FILE, Kind.FOLDER):
            return path
        todo = path.split("/")[::-1] if path else []
        done = ""
        links = 0
        while todo:
            name = todo.pop()
            kind = self._list(done).get(name)
            here = paths.join(done, name)
            if kind is Kind.SYMLINK:
                links += 1
                target = paths.inside(done, self._tree.link(here) or "/")
                if target is None or links > _MAX_LINKS:
                    return None
                todo += target.split("/")[::-1] if target else []
                done = ""
            elif kind is Kind.FOLDER or (kind is Kind.FILE and not todo):
                done = here
            else:
                return None
        return done

    def exists(self, path: str) -> bool:
        """Whether there is a file or a folder, perhaps through symbolic links."""
        return self.resolve(path) is not None

    def is_file(self, path: str) -> bool:
        """Whether there is a file, perhaps through symbolic links."""
        real = self.resolve(path)
        return real is not None and self.kind(real) is Kind.FILE

    def is_dir(self, path: str) -> bool:
        """Whether there is a folder, perhaps through symbolic links."""
        real = self.resolve(path)
        return real is not None and self.kind(real) is Kind.FOLDER

    def folders(
        self, start: str = "", enters: Callable[[str], bool] | None = None
    ) -> Iterator[tuple[str, Mapping[str, Kind]]]:
        """A folder and all folders below it with their entries, each before those it holds.

        A folder below is entered unless `enters` says no; symbolic links are never followed.
        """
        real = self.resolve(start)
        todo = [] if real is None else [real]
        while todo:
            folder = todo.pop()
            entries = self._list(folder)
            yield folder, entries
            below = [
                paths.join(folder, name) for name, kind in entries.items() if kind is Kind.FOLDER
            ]
            todo += [path for path in reversed(below) if enters is None or enters(path)]

    def file(self, path: str) -> File | None:
        """What there is to know about a file or symbolic link; None for anything else."""
        kind = self.kind(path)
        if kind is None or kind is Kind.FOLDER:
            return None
        return File(path, kind, self.size(path), self.is_executable(path), self.state(path))

    def size(self, path: str) -> int:
        """The size of a file in bytes; 0 when there is none."""
        return self._tree.status(self._real_name(path)).size

    # What is in it

    def text(self, path: str) -> Source | None:
        """The text of a file; None when there is no such file or it is too large."""
        return self.reading(path).source

    def reading(self, path: str) -> Reading:
        """The text of a file, and what happened while decoding it; read once and kept."""
        if path not in self._readings:
            self._readings[path] = self._read(path)
        return self._readings[path]

    def data(self, path: str, limit: int) -> bytes | None:
        """At most `limit` bytes of a file; None when there is no such file."""
        real = self.resolve(path)
        return None if real is None else self._tree.read(real, limit)

    # What git thinks of it

    @property
    def index(self) -> GitIndex | None:
        """The git index; None when there is none, or it cannot be read."""
        if self._index is None:
            self._index = (self._git.index(),)
        return self._index[0]

    def state(self, path: str) -> State:
        """What git thinks of a file.

        Without an index, a file that no `.gitignore` names counts as tracked: an unpacked archive
        holds what its author published.
        """
        if self.index and self.index.tracks(path):
            return State.TRACKED
        if self.ignored_by(path):
            return State.IGNORED
        return State.UNTRACKED if self.index else State.TRACKED

    def ignored_by(self, path: str, *, is_folder: bool | None = None) -> GitPattern | None:
        """The line of a `.gitignore` that names a path, tracked or not, existing or not.

        `is_folder` says what the path would be; by default, what it is.
        """
        if is_folder is None:
            is_folder = self.kind(path) is Kind.FOLDER
        return self.gitignore.decides(path, is_folder=is_folder)

    @property
    def gitignore(self) -> GitIgnore:
        """All `.gitignore` files."""
        if self._gitignore is None:
            self._gitignore = GitIgnore(self._gitignore_source, self._git.exclude())
        return self._gitignore

    def is_executable(self, path: str) -> bool:
        """Whether a file may be executed: by the index when it is tracked, else by the disk."""
        mode = self.index.mode(path) if self.index else None
        if mode is None:
            return self._tree.status(self._real_name(path)).executable
        return bool(mode & 0o100)

    def _gitignore_source(self, folder: str) -> Source | None:
        path = paths.join(folder, ".gitignore")
        return self.text(path) if self.kind(path) is Kind.FILE else None

    def _list(self, folder: str) -> dict[str, Kind]:
        """The entries of a folder whose path has no symbolic link."""
        known = self._entries.get(folder)
        if known is None:
            found = [] if self.truncated else sorted(self._tree.entries(folder), key=itemgetter(0))
            self._count += len(found)
            known = self._entries[folder] = dict(found)
        return known

    def _real_name(self, path: str) -> str:
        """The path with its folder resolved, and its last part as it is."""
        folder, name = paths.split(path)
        return paths.join(self.resolve(folder) or "", name)

    def _read(self, path: str) -> Reading:
        data = self.data(path, MAX_TEXT + 1) if self.is_file(path) else None
        if data is None:
            return Reading(None, "it cannot be read")
        if len(data) > MAX_TEXT:
            return Reading(None, f"it has more than {MAX_TEXT >> 20} MiB")
        return _decoded(path, data)


def _decoded(path: str, data: bytes) -> Reading:
    bom = data.startswith(b"\xef\xbb\xbf")
    binary = b"\0" in data[:_SNIFFED]
    data = data[3:] if bom else data
    invalid = False
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        invalid = True
    return Reading(Source(path, text), bom=bom, invalid=invalid, binary=binary)


def _index_mode(given: str | bytes | FileSpec) -> int:
    spec = given if isinstance(given, FileSpec) else FileSpec(given)
    if spec.link is not None:
        return 0o120000
    return 0o100755 if spec.executable else 0o100644
