"""Reads `.git/index`: which paths are tracked, and with which mode. Git itself is never run.

The format is https://git-scm.com/docs/index-format, versions 2 to 4. The file belongs to the
audited tree, so everything read from it is checked and bounded.
"""

import struct
from bisect import bisect_left
from collections.abc import Mapping

MAX_BYTES = 64 << 20
"""A larger index is not read."""

_MAX_PATH = 4096
_MAX_TOTAL = 64 << 20  # characters of all paths: version 4 shares prefixes and could multiply them

_HEADER = struct.Struct(">4sII")
_ENTRIES = {size: struct.Struct(f">24xI{12 + size}xH") for size in (20, 32)}
"""The mode and the flags of an entry, for each size of a hash."""

_FOLDER = 0o040000
_SUBMODULE = 0o160000
_TYPE = 0o170000
_TYPES = frozenset({_FOLDER, 0o100000, 0o120000, _SUBMODULE})
_EXTENDED = 0x4000


class GitIndex:
    """The tracked paths and their modes."""

    __slots__ = ("_modes", "_sorted", "_wholes")

    def __init__(self, modes: Mapping[str, int]) -> None:
        self._modes = dict(modes)
        self._sorted: list[str] | None = None
        whole = {mode for mode in set(modes.values()) if mode & _TYPE in (_SUBMODULE, _FOLDER)}
        self._wholes = frozenset(path for path, mode in modes.items() if mode in whole)

    def __len__(self) -> int:
        return len(self._modes)

    def mode(self, path: str) -> int | None:
        """The mode of a tracked file (0o100644, 0o100755, 0o120000); None for any other path."""
        return self._modes.get(path)

    def tracks(self, path: str) -> bool:
        """Whether the path is tracked, or is inside a submodule or an unexpanded sparse folder."""
        if path in self._modes:
            return True
        return any(path.startswith(f"{whole}/") for whole in self._wholes)

    def tracks_below(self, folder: str) -> bool:
        """Whether anything in the folder is tracked."""
        if self._sorted is None:
            self._sorted = sorted(self._modes)
        prefix = f"{folder}/" if folder else ""
        at = bisect_left(self._sorted, prefix)
        found = at < len(self._sorted) and self._sorted[at].startswith(prefix)
        return found or self.tracks(folder)

    def paths(self) -> list[str]:
        """All tracked paths, sorted."""
        return sorted(self._modes)


def read_index(data: bytes) -> GitIndex | None:
    """The index in a file's bytes; None when it is broken, split or of an unknown version."""
    for hash_size in (20, 32):  # the file does not say which hash the repository uses
        modes = _read(data, hash_size)
        if modes is not None:
            return GitIndex(modes)
    return None


def _read(data: bytes, hash_size: int) -> dict[str, int] | None:
    try:
        signature, version, count = _HEADER.unpack_from(data)
        if signature != b"DIRC" or version not in (2, 3, 4):
            return None
        modes, end = _entries(data, version, count, hash_size)
    except (struct.error, IndexError, ValueError):
        return None
    if _has_extension(data, end, hash_size, b"link"):
        return None
    return modes


def _entries(data: bytes, version: int, count: int, hash_size: int) -> tuple[dict[str, int], int]:
    """The entries and the offset behind them. Raises ValueError, IndexError or struct.error."""
    modes: dict[str, int] = {}
    fixed = _ENTRIES[hash_size]
    at = _HEADER.size
    name = b""
    total = 0
    for _ in range(count):
        mode, flags = fixed.unpack_from(data, at)
        start = at + fixed.size + (2 if flags & _EXTENDED else 0)
        kept, start = _kept_prefix(data, start, len(name)) if version == 4 else (0, start)
        end = data.index(b"\0", start)
        name = name[:kept] + data[start:end]
        total += len(name)
        broken = not name or mode & _TYPE not in _TYPES
        if broken or len(name) > _MAX_PATH or total > _MAX_TOTAL:
            raise ValueError("a path that git would not write")
        modes[name.decode("utf-8", "surrogateescape").removesuffix("/")] = mode
        at = end + 1 if version == 4 else at + (end - at + 8) // 8 * 8
    return modes, at


def _kept_prefix(data: bytes, at: int, previous: int) -> tuple[int, int]:
    """How much of the previous path is kept (version 4), and the offset behind the number."""
    byte = data[at]
    value = byte & 0x7F
    at += 1
    while byte & 0x80:
        byte = data[at]
        at += 1
        value = ((value + 1) << 7) | (byte & 0x7F)
        if value > _MAX_PATH:
            break
    if value > previous:
        raise ValueError("removes more than there is")
    return previous - value, at


def _has_extension(data: bytes, at: int, hash_size: int, wanted: bytes) -> bool:
    """Whether the extensions, which run from `at` to the checksum, hold a certain one."""
    while at + 8 <= len(data) - hash_size:
        if data[at : at + 4] == wanted:
            return True
        at += 8 + int.from_bytes(data[at + 4 : at + 8], "big")
    return False
