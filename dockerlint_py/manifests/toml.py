"""A TOML file, and where its values stand.

`tomllib` gives the data. A scanner of its own notes the spans, and every span is checked against
the data before it is used: a place may be coarser than wished, never wrong.
"""

import re
from typing import TypeAlias

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source, Span
from dockerlint_py.text.regex import regex

Key: TypeAlias = str | int
Path: TypeAlias = tuple[Key, ...]

_LARGEST = 5_000_000
_LARGEST_TO_SCAN = 1_000_000
_MOST_DOTS = 1_000
_DEEPEST = 30
_SPACE = regex(r"(?:[ \t\r\n]|#[^\n]*)*")
_INDENT = regex(r"[ \t]*")
_BARE_KEY = regex(r"[A-Za-z0-9_-]+")
_STRING = regex(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}'
    r'|"(?:[^"\\\n]|\\[^\n])*"|\'[^\'\n]*\''
)
_SCALAR = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.+Zz-]+|[^\s,\]}#]+")


class Entry(NamedTuple):
    """Where a key and its value stand; for an array's item the key is the item."""

    key: Span
    value: Span


class TomlFile:
    """The data of a TOML file (empty when it is none) and the places of its values."""

    __slots__ = ("_entries", "data", "error", "source")

    def __init__(self, source: Source) -> None:
        import tomllib

        self.source = source
        self.error = ""
        self.data: dict[str, object] = {}
        self._entries: dict[Path, Entry] | None = None
        text = source.text.removeprefix("\ufeff")
        if len(text) > _LARGEST or any(line.count(".") > _MOST_DOTS for line in text.split("\n")):
            # tomllib takes quadratic time for dotted keys.
            self.error = "too large to be read"
            return
        try:
            self.data = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
            self.error = str(error) or "too deeply nested"

    def get(self, *path: Key) -> object:
        """The value at a path of keys and indexes; None when there is none."""
        value: object = self.data
        for key in path:
            if isinstance(value, dict) and isinstance(key, str):
                value = value.get(key)
            elif isinstance(value, list) and isinstance(key, int) and key < len(value):
                value = value[key]
            else:
                return None
        return value

    def table(self, *path: Key) -> dict[str, object]:
        """The table at a path, empty when there is none."""
        value = self.get(*path)
        return value if isinstance(value, dict) else {}

    def array(self, *path: Key) -> list[object]:
        """The array at a path, empty when there is none."""
        value = self.get(*path)
        return value if isinstance(value, list) else []

    def text(self, *path: Key) -> str | None:
        """The string at a path."""
        value = self.get(*path)
        return value if isinstance(value, str) else None

    def texts(self, *path: Key) -> list[str]:
        """The strings of the array at a path."""
        return [item for item in self.array(*path) if isinstance(item, str)]

    def place(self, *path: Key) -> Place:
        """Where the value at a path stands, or else the nearest thing around it."""
        return Place(self.source, self._span(path, with_key=False))

    def place_with_key(self, *path: Key) -> Place:
        """Where the key and the value at a path stand."""
        return Place(self.source, self._span(path, with_key=True))

    def _span(self, path: Path, *, with_key: bool) -> Span:
        if self._entries is None:
            self._entries = scan(self.source.text) if not self.error else {}
        for length in range(min(len(path), _DEEPEST), 0, -1):
            entry = self._entries.get(path[:length])
            if entry is None:
                continue
            if length < len(path) and not isinstance(path[length - 1], int):
                return entry.key
            if self._holds(entry, path[:length]):
                start = entry.key.start if with_key else entry.value.start
                return self._inside_quotes(Span(start, entry.value.end))
        return self.source.line_span(1)

    def _holds(self, entry: Entry, path: Path) -> bool:
        """Whether the text of the span really is the value that the data has there."""
        import tomllib

        value = self.get(*path)
        if entry.key.end > entry.value.start and not isinstance(path[-1], int):
            return isinstance(value, dict | list)
        text = self.source.text[entry.value.start : entry.value.end]
        if isinstance(value, str) and text in (f'"{value}"', f"'{value}'"):
            return True
        try:
            found = tomllib.loads(f"x = {text}")
        except (tomllib.TOMLDecodeError, RecursionError, ValueError):
            return isinstance(value, dict | list)
        return found.get("x") == value

    def _inside_quotes(self, span: Span) -> Span:
        text = self.source.text[span.start : span.end]
        quoted = len(text) > 2 and text[0] in "\"'" and text[-1] == text[0]
        if quoted and text[0] not in text[1:-1] and "\\" not in text:
            return Span(span.start + 1, span.end - 1)
        return span


def scan(text: str) -> dict[Path, Entry]:
    """The spans of all keys, values, array items and table headers, by path."""
    if len(text) > _LARGEST_TO_SCAN:
        return {}
    scanner = _Scanner(text)
    scanner.document()
    return scanner.entries


class _Lost(Exception):  # noqa: N818 - no error: the scanner gives up, and keeps what it has
    pass


class _Scanner:
    __slots__ = ("at", "entries", "lengths", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.entries: dict[Path, Entry] = {}
        self.lengths: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        try:
            while True:
                self._skip(_SPACE)
                if self.at >= len(self.text):
                    return
                if self.text[self.at] == "[":
                    table = self._header()
                else:
                    self._pair(table, 0)
        except _Lost:
            return

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()

    def _header(self) -> Path:
        start = self.at
        array = self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        keys = self._keys()
        self._expect("]]" if array else "]")
        path: Path = (*self._inside_last_items(keys[:-1]), keys[-1])
        span = Span(start, self.at)
        if array:
            index = self.lengths.get(path, 0)
            self.lengths[path] = index + 1
            self.entries.setdefault(path, Entry(span, span))
            path = (*path, index)
        elif path in self.lengths:
            path = (*path, self.lengths[path] - 1)
        self.entries[path] = Entry(span, span)
        return path

    def _inside_last_items(self, keys: list[str]) -> Path:
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self.lengths:
                path = (*path, self.lengths[path] - 1)
        return path

    def _expect(self, text: str) -> None:
        self._skip(_INDENT)
        if not self.text.startswith(text, self.at):
            raise _Lost
        self.at += len(text)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(_INDENT)
            keys.append(self._key())
            end = self.at
            self._skip(_INDENT)
            if not self.text.startswith(".", self.at):
                self.at = end
                return keys
            self.at += 1

    def _key(self) -> str:
        found = _BARE_KEY.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
            return found.group()
        quoted = _STRING.match(self.text, self.at)
        if quoted is None or "\\" in quoted.group():
            raise _Lost
        self.at = quoted.end()
        return quoted.group()[1:-1]

    def _pair(self, table: Path, depth: int) -> None:
        start = self.at
        keys = self._keys()
        key = Span(start, self.at)
        self._expect("=")
        self._skip(_INDENT)
        path = (*table, *keys)
        value = self._value(path, depth)
        for length in range(len(table) + 1, len(path)):
            self.entries.setdefault(path[:length], Entry(key, key))
        self.entries[path] = Entry(key, value)

    def _value(self, path: Path, depth: int) -> Span:
        start = self.at
        opening = self.text[start : start + 1]
        if depth > _DEEPEST:
            raise _Lost
        if opening == "[":
            self._array(path, depth)
        elif opening == "{":
            self._inline_table(path, depth)
        else:
            found = (_STRING if opening in ("'", '"') else _SCALAR).match(self.text, start)
            if found is None:
                raise _Lost
            self.at = found.end()
        return Span(start, self.at)

    def _array(self, path: Path, depth: int) -> None:
        self.at += 1
        index = 0
        while True:
            self._skip(_SPACE)
            if self.text.startswith("]", self.at):
                self.at += 1
                return
            item = self._value((*path, index), depth + 1)
            self.entries[(*path, index)] = Entry(item, item)
            index += 1
            self._skip(_SPACE)
            if self.text.startswith(",", self.at):
                self.at += 1
            elif not self.text.startswith("]", self.at):
                raise _Lost

    def _inline_table(self, path: Path, depth: int) -> None:
        self.at += 1
        while True:
            self._skip(_SPACE)
            if self.text.startswith("}", self.at):
                self.at += 1
                return
            self._pair(path, depth + 1)
            self._skip(_SPACE)
            if self.text.startswith(",", self.at):
                self.at += 1
            elif not self.text.startswith("}", self.at):
                raise _Lost
