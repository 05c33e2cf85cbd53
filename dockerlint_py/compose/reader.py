"""How the loader sees files: through a function, and never outside the repository."""

import posixpath
from collections.abc import Callable
from typing import TypeAlias

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Source

ReadFile: TypeAlias = Callable[[str], Source | None]
"""Reads a file by its path relative to the repository root; None when there is no such file.

It must refuse paths that leave the root through a symbolic link.
"""

_REMOTE = ("https://", "http://", "git://", "ssh://", "github.com/", "git@", "oci://")


class Found(NamedTuple):
    """The answer for a path: the file, or why it is not known."""

    source: Source | None
    why: str


def join(folder: str, path: str) -> str:
    """A path of a Compose file, relative to `folder`, as a path from the repository root.

    Absolute paths and paths in a home directory stay as they are; `..` may lead out of the root,
    and is kept in front then.
    """
    if path.startswith(("/", "~")):
        return path
    return posixpath.normpath(posixpath.join(folder, path))


def relative(folder: str, start: str) -> str:
    """A folder as seen from another one; both are paths from the root, so no disk is asked."""
    if folder.startswith(("/", "~")):
        return folder
    parts = [part for part in folder.split("/") if part != "."]
    origin = [part for part in start.split("/") if part != "."]
    common = 0
    while common < min(len(parts), len(origin)) and parts[common] == origin[common]:
        common += 1
    return "/".join([".."] * (len(origin) - common) + parts[common:]) or "."


def parent(path: str) -> str:
    """The folder of a file, `.` for the root."""
    return posixpath.dirname(path) or "."


def is_outside(path: str) -> bool:
    """Whether a joined path leaves the repository."""
    return path.startswith(("/", "~", "../")) or path == ".."


def is_remote(path: str) -> bool:
    """Whether a path is a URL or a git reference, which Compose fetches and we do not."""
    return path.startswith(_REMOTE) or "://" in path


def find(read: ReadFile, path: str) -> Found:
    """Reads a joined path, if it is inside the repository."""
    if is_remote(path):
        return Found(None, f"{path} is remote")
    if is_outside(path):
        return Found(None, f"{path} is outside the repository")
    source = read(path)
    return Found(source, "" if source is not None else f"{path} does not exist")
