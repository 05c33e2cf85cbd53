"""`.gitignore` files as git reads them (https://git-scm.com/docs/gitignore).

A file speaks for its own folder and below; the deepest file that has a matching line decides, the
last matching line of it wins, and nothing comes back inside a folder that is ignored.
"""

import re
from collections.abc import Callable, Iterator

from dockerlint_py.context import paths
from dockerlint_py.context.globs import (
    ANYTHING,
    FOLDERS,
    MAX_PATTERN,
    NOT_SLASH,
    STAR,
    Glob,
    Repeat,
    Token,
    literal,
)
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source, Span
from dockerlint_py.text.regex import regex

MAX_PATTERNS = 5000
"""Further lines of a file are not read."""

_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": " \\t-\\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
_WILD = frozenset("*?[\\")


_CLASS_NAME = regex(r"\[:([a-z]{1,6}):\]")


class GitPattern(NamedTuple):
    """One line of a `.gitignore`."""

    text: str
    """The pattern without `!`, without a slash at its end or its start."""
    negated: bool
    folders_only: bool
    anchored: bool
    """Matched against the path below the file's folder; otherwise against the name alone."""
    glob: Glob
    place: Place


class GitIgnoreFile:
    """The patterns of one file."""

    __slots__ = ("folder", "patterns", "source")

    def __init__(self, source: Source, folder: str) -> None:
        self.source = source
        self.folder = folder
        self.patterns = tuple(_parse(source))

    def decides(self, path: str, *, is_folder: bool) -> GitPattern | None:
        """The last pattern that matches a path (relative to the root, below this folder)."""
        below = _as_bytes(path[len(self.folder) + 1 :] if self.folder else path)
        name = below.rpartition("/")[2]
        for pattern in reversed(self.patterns):
            if pattern.folders_only and not is_folder:
                continue
            if pattern.glob.matches(below if pattern.anchored else name):
                return pattern
        return None


class GitIgnore:
    """All `.gitignore` files of a tree, read when a path below them is asked for."""

    __slots__ = ("_exclude", "_files", "_folders", "_read")

    def __init__(self, read: Callable[[str], Source | None], exclude: Source | None = None) -> None:
        """`read` gives the `.gitignore` of a folder; `exclude` is `.git/info/exclude`."""
        self._read = read
        self._exclude = GitIgnoreFile(exclude, "") if exclude else None
        self._files: dict[str, GitIgnoreFile | None] = {}
        self._folders: dict[str, GitPattern | None] = {"": None}

    def decides(self, path: str, *, is_folder: bool = False) -> GitPattern | None:
        """The pattern that makes git ignore a path, or a folder above it; None when none does."""
        if is_folder:
            return self._folder(path)
        folder, _ = paths.split(path)
        return self._folder(folder) or self._judge(path, is_folder=False)

    def file(self, folder: str) -> GitIgnoreFile | None:
        """The `.gitignore` of a folder."""
        if folder not in self._files:
            source = self._read(folder)
            self._files[folder] = GitIgnoreFile(source, folder) if source else None
        return self._files[folder]

    def _folder(self, folder: str) -> GitPattern | None:
        missing = []
        while folder not in self._folders:
            missing.append(folder)
            folder, _ = paths.split(folder)
        pattern = self._folders[folder]
        for path in reversed(missing):
            pattern = pattern or self._judge(path, is_folder=True)
            self._folders[path] = pattern
        return pattern

    def _judge(self, path: str, *, is_folder: bool) -> GitPattern | None:
        for file in self._files_above(path):
            pattern = file.decides(path, is_folder=is_folder)
            if pattern:
                return None if pattern.negated else pattern
        return None

    def _files_above(self, path: str) -> Iterator[GitIgnoreFile]:
        """The files that speak for a path, the one that wins first."""
        folder = path
        while folder:
            folder, _ = paths.split(folder)
            file = self.file(folder)
            if file:
                yield file
        if self._exclude:
            yield self._exclude


def _parse(source: Source) -> Iterator[GitPattern]:
    for line in range(1, min(len(source.line_starts), MAX_PATTERNS) + 1):
        pattern = _parse_line(source, source.line_span(line))
        if pattern:
            yield pattern


def _parse_line(source: Source, span: Span) -> GitPattern | None:
    text = _without_trailing_spaces(source.text[span.start : span.end])
    if not text or text.startswith("#") or len(text) > MAX_PATTERN:
        return None
    place = Place(source, Span(span.start, span.start + len(text)))
    negated = text.startswith("!")
    text = text[negated:]
    folders_only = text.endswith("/")
    text = text[: len(text) - folders_only]
    anchored = "/" in text
    text = text.removeprefix("/")
    tokens = _tokens(_as_bytes(text)) if text else None
    if tokens is None:
        return None
    plain = _as_bytes(text) if _WILD.isdisjoint(text) else None
    return GitPattern(text, negated, folders_only, anchored, Glob(tokens, plain), place)


def _as_bytes(text: str) -> str:
    """The text with one character per UTF-8 byte: git's `?` and classes take single bytes."""
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("latin-1")


def _without_trailing_spaces(line: str) -> str:
    """The line without spaces at its end, except one that a backslash quotes."""
    bare = line.rstrip(" ")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if backslashes % 2 and len(bare) < len(line) else bare


def _tokens(text: str) -> list[Token] | None:
    """The tokens of a pattern; None when it is malformed, and then matches nothing."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        character = text[at]
        if character == "*":
            token, at = _stars(text, at)
        elif character == "?":
            token, at = NOT_SLASH, at + 1
        elif character == "[":
            found = _class(text, at)
            if found is None:
                return None
            token, at = found
        elif character == "\\":
            if at + 1 == len(text):
                return None
            token, at = literal(text[at + 1]), at + 2
        else:
            token, at = literal(character), at + 1
        if token.repeat is Repeat.ONCE or tokens[-1:] != [token]:
            tokens.append(token)
    return tokens


def _stars(text: str, at: int) -> tuple[Token, int]:
    """`**` is special as a whole path component; every other run of stars is one star.

    Git compares what stands before the first wildcard by itself, so to its matcher a component also
    starts there: it reads `a**/b` as `a`, then any folders, then `b`.
    """
    end = at
    while text[end : end + 1] == "*":
        end += 1
    before = text[:at]
    starts_component = before.endswith("/") or _WILD.isdisjoint(before)
    if end - at >= 2 and starts_component:
        if end == len(text):
            return ANYTHING, end
        if text[end] == "/":
            return FOLDERS, end + 1
    return STAR, end


def _class(text: str, at: int) -> tuple[Token, int] | None:
    """The class that starts at an offset and the offset behind it; it never takes a slash."""
    at += 1
    negated = text[at : at + 1] in ("!", "^")
    at += negated
    parts: list[str] = []
    first = True
    while first or text[at : at + 1] != "]":
        first = False
        found = _class_part(text, at)
        if found is None:
            return None
        part, at = found
        parts.append(part)
    body = "".join(parts)
    one = f"[^/{body}]" if negated else f"(?!/)[{body}]" if body else "(?!)"
    return Token(Repeat.ONCE, one), at + 1


def _class_part(text: str, at: int) -> tuple[str, int] | None:
    """One named class, range or character of a class, and the offset behind it."""
    if named := _CLASS_NAME.match(text, at):
        known = _CLASSES.get(named[1])
        return None if known is None else (known, named.end())
    found = _class_character(text, at)
    if found is None:
        return None
    low, at = found
    if text[at : at + 1] != "-" or text[at + 1 : at + 2] in ("", "]"):
        return re.escape(low), at
    found = _class_character(text, at + 1)
    if found is None:
        return None
    high, at = found
    return (f"{re.escape(low)}-{re.escape(high)}" if low <= high else ""), at


def _class_character(text: str, at: int) -> tuple[str, int] | None:
    if text[at : at + 1] == "\\":
        at += 1
    return (text[at], at + 1) if at < len(text) else None
