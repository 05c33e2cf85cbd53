"""A tree of files, on disk or in memory: the only code that reads an audited project's files."""

import os
import stat
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Protocol

from dockerlint_py.context import paths
from dockerlint_py.record import NamedTuple


class Kind(Enum):
    """What an entry of a folder is; sockets, devices and the like are left out."""

    FILE = "file"
    FOLDER = "folder"
    SYMLINK = "symlink"


class Status(NamedTuple):
    """The size of a file in bytes, and whether its owner may execute it."""

    size: int
    executable: bool


class FileSpec(NamedTuple):
    """A file of an in-memory tree.

    `link` makes it a symbolic link; `size` overrides the length of the data, for a file whose
    content does not matter.
    """

    data: str | bytes = ""
    executable: bool = False
    link: str | None = None
    size: int | None = None


class Tree(Protocol):
    """What a snapshot needs; paths have no symbolic link in them, except perhaps the last part."""

    def entries(self, folder: str) -> Iterable[tuple[str, Kind]]:
        """The names in a folder in any order; none when it cannot be read."""
        ...

    def status(self, path: str) -> Status:
        """Size and mode of an entry; zero and False when it cannot be read."""
        ...

    def read(self, path: str, limit: int) -> bytes | None:
        """At most `limit` bytes of a file; None when it cannot be read."""
        ...

    def link(self, path: str) -> str | None:
        """What a symbolic link points at, as it is written."""
        ...


class MemoryTree:
    """Files given as a dict; folders are those that the paths imply."""

    __slots__ = ("_entries", "_files")

    def __init__(self, files: Mapping[str, str | bytes | FileSpec]) -> None:
        """A path that ends with `/` is an empty folder."""
        self._files: dict[str, FileSpec] = {}
        self._entries: dict[str, dict[str, Kind]] = {"": {}}
        for path, given in files.items():
            if path.endswith("/"):
                self._add(path[:-1], Kind.FOLDER)
                continue
            spec = given if isinstance(given, FileSpec) else FileSpec(given)
            self._files[path] = spec
            self._add(path, Kind.FILE if spec.link is None else Kind.SYMLINK)

    def _add(self, path: str, kind: Kind) -> None:
        if paths.clean(path) != path or path.startswith(("/", "..")):
            raise ValueError(f"not a path relative to the root: {path!r}")
        while path:
            if kind is Kind.FOLDER:
                self._entries.setdefault(path, {})
            folder, name = paths.split(path)
            self._entries.setdefault(folder, {})[name] = kind
            path, kind = folder, Kind.FOLDER

    def entries(self, folder: str) -> Iterable[tuple[str, Kind]]:
        """See `Tree`."""
        return self._entries.get(folder, {}).items()

    def status(self, path: str) -> Status:
        """See `Tree`."""
        spec = self._files.get(path, FileSpec())
        size = len(self.read(path, 1 << 62) or b"") if spec.size is None else spec.size
        return Status(size, spec.executable)

    def read(self, path: str, limit: int) -> bytes | None:
        """See `Tree`."""
        spec = self._files.get(path)
        if spec is None:
            return None
        data = spec.data.encode() if isinstance(spec.data, str) else spec.data
        return data[:limit]

    def link(self, path: str) -> str | None:
        """See `Tree`."""
        spec = self._files.get(path)
        return spec.link if spec else None


class DiskTree:
    """Files below a folder of the disk. No link is followed here and no error is raised."""

    __slots__ = ("_root",)

    def __init__(self, root: str) -> None:
        self._root = root

    def entries(self, folder: str) -> Iterable[tuple[str, Kind]]:
        """See `Tree`; names that are not UTF-8 are left out, no report could show them."""
        found: list[tuple[str, Kind]] = []
        try:
            with os.scandir(self._on_disk(folder)) as scan:
                for entry in scan:
                    kind = _kind(entry)
                    if kind and (entry.name.isascii() or _is_utf8(entry.name)):
                        found.append((entry.name, kind))
        except OSError:
            pass
        return found

    def status(self, path: str) -> Status:
        """See `Tree`."""
        try:
            status = os.lstat(self._on_disk(path))
        except OSError:
            return Status(0, executable=False)
        return Status(status.st_size, bool(status.st_mode & stat.S_IXUSR))

    def read(self, path: str, limit: int) -> bytes | None:
        """See `Tree`."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            with open(os.open(self._on_disk(path), flags), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    return None
                return file.read(limit)
        except OSError:
            return None

    def link(self, path: str) -> str | None:
        """See `Tree`."""
        try:
            return os.readlink(self._on_disk(path))
        except OSError:
            return None

    def _on_disk(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root


def _kind(entry: "os.DirEntry[str]") -> Kind | None:
    if entry.is_file(follow_symlinks=False):
        return Kind.FILE
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.SYMLINK if entry.is_symlink() else None


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
