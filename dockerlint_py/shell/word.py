"""Shell words: their source text, what quotes removal leaves of them, and what stays open.

The terms are those of POSIX (XCU 2, Shell Command Language): a word is made of literal text,
parameter expansions, command and arithmetic substitutions and patterns.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeAlias

from dockerlint_py.facts import Fact, Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Piece, Place

Lookup: TypeAlias = Callable[[str], Fact[str | None]]
"""Tells a variable's value: `Known(None)` when it is not set. `Environment.get` is one."""

_BLANKS = " \t\n"


class PartKind(StrEnum):
    """What a part of a word is."""

    LITERAL = "literal"
    VARIABLE = "variable"
    COMMAND = "command substitution"
    ARITHMETIC = "arithmetic"
    PROCESS = "process substitution"
    GLOB = "glob"
    BRACES = "brace expansion"
    TILDE = "tilde"
    ARRAY = "array"


_LITERAL = PartKind.LITERAL


class Part(NamedTuple):
    """A run of a word: characters `start` to `end` of the logical text.

    `text` is what the run stands for: cooked for a literal, as written for everything else.
    `name`, `operator` and `operand` belong to a variable: `${PORT:-80}` has `PORT`, `:-` and `80`.
    """

    kind: PartKind
    text: str
    start: int
    end: int
    quoted: bool = False
    name: str = ""
    operator: str = ""
    operand: tuple["Part", ...] = ()


class Word(NamedTuple):
    """One word of a command.

    `value` is the word without its quotes, expansions as they are written. `dynamic` tells that it
    holds an expansion, a substitution or a pattern; `quoted`, that some of it is quoted.
    """

    text: LogicalText
    start: int
    end: int
    parts: tuple[Part, ...]
    value: str
    dynamic: bool = False
    quoted: bool = False

    @classmethod
    def plain(cls, text: LogicalText, start: int, end: int) -> "Word":
        """A word that stands for itself."""
        value = text.text[start:end]
        return cls(text, start, end, (Part(_LITERAL, value, start, end),), value)

    @classmethod
    def verbatim(cls, text: LogicalText) -> "Word":
        """A member of an exec form: all of `text`, nothing in it is special."""
        value = text.text
        part = Part(PartKind.LITERAL, value, 0, len(value), quoted=True)
        return cls(text, 0, len(value), (part,), value, dynamic=False, quoted=True)

    @classmethod
    def of_parts(cls, text: LogicalText, start: int, end: int, parts: tuple[Part, ...]) -> "Word":
        """A word of parts, its value put together from theirs."""
        return cls(
            text,
            start,
            end,
            parts,
            "".join([part.text for part in parts]),
            any(part.kind is not PartKind.LITERAL for part in parts),
            any(part.quoted for part in parts),
        )

    @property
    def raw(self) -> str:
        """The word as it is written, without line continuations that the caller removed."""
        return self.text.text[self.start : self.end]

    @property
    def place(self) -> Place:
        """Where the word stands in its file."""
        return self.text.place(self.start, self.end)

    @property
    def globs(self) -> bool:
        """Whether some unquoted part is a pattern for file names."""
        return any(part.kind is PartKind.GLOB for part in self.parts)

    def after(self, length: int) -> "Word":
        """The word without the first `length` characters of its source text."""
        start = self.start + length
        parts = []
        for part in self.parts:
            if part.end <= start and part.end != part.start:
                continue
            if part.start < start:
                part = part._replace(text=part.text[start - part.start :], start=start)
            parts.append(part)
        return Word.of_parts(self.text, start, self.end, tuple(parts))

    def cooked(self) -> LogicalText:
        """The value, mapped to the file: the script in `sh -c "..."`."""
        pieces: list[Piece] = []
        at = 0
        for part in self.parts:
            pieces.extend(_pieces(self.text, part, at))
            at += len(part.text)
        return LogicalText(self.text.source, self.value, pieces)

    def expand(self, lookup: Lookup) -> str | None:
        """The value with variables expanded; None when something in it is not known.

        `lookup` answers for the environment: it has to call unknown what the script itself may set
        (`assigned`). Special parameters such as `$1` and `$@` are never known.
        File name patterns stay as they are written, as the shell leaves them when nothing matches.
        """
        segments = _segments(self.parts, lookup)
        return None if segments is None else "".join([text for text, _ in segments])

    def fields(self, lookup: Lookup) -> tuple[str, ...] | None:
        """What becomes of the word: unquoted values are split at blanks, or vanish if empty."""
        segments = _segments(self.parts, lookup)
        return None if segments is None else _split_fields(segments)


_Segments: TypeAlias = list[tuple[str, bool]]


def _segments(parts: Iterable[Part], lookup: Lookup, *, operand: bool = False) -> _Segments | None:
    """The texts that the parts stand for, each with whether it is subject to field splitting.

    The text of an `operand` is the result of an expansion, and so is split where it is not quoted.
    """
    segments: _Segments = []
    for part in parts:
        if part.kind is PartKind.LITERAL or part.kind is PartKind.GLOB:
            segments.append((part.text, operand and not part.quoted))
            continue
        if part.kind not in (PartKind.VARIABLE, PartKind.TILDE):
            return None
        values = _variable(part, lookup)
        if values is None:
            return None
        segments.extend(values)
    return segments


def _variable(part: Part, lookup: Lookup) -> _Segments | None:
    """The value of one expansion; special parameters (`$1`, `$@`, `$?`) are never known here."""
    if not part.name.isidentifier():
        return None
    fact = lookup(part.name)
    if not isinstance(fact, Known):
        return None
    value = fact.value
    operator = part.operator
    missing = not value if operator.startswith(":") else value is None
    match operator.removeprefix(":"):
        case "-" | "=" if missing and operator:
            return _segments(part.operand, lookup, operand=True)
        case "+":
            return [] if missing else _segments(part.operand, lookup, operand=True)
        case "" | "-" | "=" if operator != ":":
            return [(value or "", not part.quoted and part.kind is PartKind.VARIABLE)]
        case "?" if not missing:
            return [(value or "", not part.quoted)]
    return None


def _split_fields(segments: _Segments) -> tuple[str, ...]:
    fields: list[str] = []
    current: str | None = None
    for text, splits in segments:
        if not splits:
            current = (current or "") + text
            continue
        if current is not None and text[:1] in _BLANKS and text:
            fields.append(current)
            current = None
        pieces = text.split()
        for number, piece in enumerate(pieces):
            if number and current is not None:
                fields.append(current)
                current = None
            current = (current or "") + piece
        if pieces and text[-1] in _BLANKS and current is not None:
            fields.append(current)
            current = None
    if current is not None:
        fields.append(current)
    return tuple(fields)


def _pieces(text: LogicalText, part: Part, at: int) -> Iterable[Piece]:
    """The pieces of the file that make up one part, from `at` on in the cooked text."""
    if text.text[part.start : part.end] == part.text:
        for piece in text.slice(part.start, part.end).pieces:
            yield piece._replace(logical=piece.logical + at)
    elif part.text:
        span = text.span(part.start, part.end)
        yield Piece(at, len(part.text), span.start, span.end - span.start)
