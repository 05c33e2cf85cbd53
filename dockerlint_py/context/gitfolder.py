"""Where the repository root is, and what `.git` says; a worktree's `.git` is a file."""

import os
from pathlib import Path
from typing import Protocol

from dockerlint_py.context.gitindex import MAX_BYTES, GitIndex, read_index
from dockerlint_py.text import Source

_MAX_SMALL_FILE = 1 << 20


class Git(Protocol):
    """What git knows of a work tree; each part is read when it is asked for."""

    def index(self) -> GitIndex | None:
        """The index; None when there is none, or it cannot be read."""
        ...

    def exclude(self) -> Source | None:
        """`.git/info/exclude`: patterns beside those of the `.gitignore` files."""
        ...


class GivenGit:
    """What a test says that git knows."""

    __slots__ = ("_exclude", "_index")

    def __init__(self, index: GitIndex | None = None, exclude: Source | None = None) -> None:
        self._index = index
        self._exclude = exclude

    def index(self) -> GitIndex | None:
        """See `Git`."""
        return self._index

    def exclude(self) -> Source | None:
        """See `Git`."""
        return self._exclude


class GitFolder:
    """The `.git` of a work tree on disk. Anything odd about it means that git knows nothing."""

    __slots__ = ("_folder",)

    def __init__(self, root: Path) -> None:
        self._folder = _git_folder(root)

    def index(self) -> GitIndex | None:
        """See `Git`."""
        data = _read(self._folder / "index", MAX_BYTES) if self._folder else None
        return read_index(data) if data else None

    def exclude(self) -> Source | None:
        """See `Git`."""
        if self._folder is None:
            return None
        pointer = _read(self._folder / "commondir", _MAX_SMALL_FILE)
        common = _pointed_at(self._folder, pointer) or self._folder
        data = _read(common / "info" / "exclude", _MAX_SMALL_FILE)
        return Source(".git/info/exclude", data.decode("utf-8", "replace")) if data else None


def find_root(path: Path) -> Path:
    """The nearest folder at or above a path with a `.git`; else the path, or its folder."""
    start = path.absolute()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if os.path.lexists(candidate / ".git"):
            return candidate
    return folder


def _git_folder(root: Path) -> Path | None:
    """`.git`, or the folder that the file `.git` of a worktree or submodule names."""
    git = root / ".git"
    if git.is_dir():
        return git
    pointer = _read(git, _MAX_SMALL_FILE)
    if pointer is None or not pointer.startswith(b"gitdir:"):
        return None
    return _pointed_at(root, pointer.removeprefix(b"gitdir:"))


def _pointed_at(base: Path, pointer: bytes | None) -> Path | None:
    name = os.fsdecode(pointer.strip(b" \t\r\n")) if pointer else ""
    return base / name if name and "\0" not in name else None


def _read(path: Path, limit: int) -> bytes | None:
    """The bytes of a file; None when it is none or has more than `limit` bytes."""
    try:
        if not path.is_file() or path.stat().st_size > limit:
            return None
        with path.open("rb") as file:
            return file.read(limit)
    except OSError:
        return None
