"""Reads a Dockerfile as BuildKit does, and goes on where BuildKit gives up.

Directives are the leading lines `# key=value` with a known key; any other line ends them. A line
goes on when its last character before blanks is the escape character, unless the same character
stands before it; comments and blank lines in between are dropped, and nothing is put in the place
of the line end, so that even a keyword may be split. Here-documents follow the lines of ADD, COPY
and RUN in the shell form, also inside ONBUILD, and end at a line that is exactly the name.

`tests/dockerfile/golden` has what BuildKit prints for every corner of this.
"""

from typing import Final

from dockerlint_py.dockerfile.arguments import read_arguments, split_flags, split_keyword
from dockerlint_py.dockerfile.characters import SPACE
from dockerlint_py.dockerfile.heredocs import Marker, find_markers
from dockerlint_py.dockerfile.splice import Part, splice
from dockerlint_py.dockerfile.syntax import (
    Directive,
    Dockerfile,
    Heredoc,
    Instruction,
    Problem,
    Word,
)
from dockerlint_py.dockerfile.validation import validate
from dockerlint_py.text import LogicalText, Piece, Source, Span
from dockerlint_py.text.regex import regex

_DIRECTIVE = regex(r"#[ \t\f\r]*+([A-Za-z][A-Za-z0-9]*+)[ \t\f\r]*+=[ \t\f\r]*+(.+)")
_TABBED_LINE = regex(r"\t*+([^\n]*+\n?)")
_DIRECTIVES: Final = frozenset({"check", "escape", "syntax"})
_HEREDOC_KEYWORDS: Final = frozenset({"ADD", "COPY", "RUN"})
_LONGEST_LINE: Final = 65_535
"""Bytes of a line, without its line feed, that BuildKit can read."""
_DEEPEST_TRIGGER: Final = 2
"""ONBUILD inside ONBUILD is an error; what the second one holds is still read, no more."""


def parse(source: Source) -> Dockerfile:
    """Read a Dockerfile; never raises, see `Dockerfile.problems`."""
    return _Reader(source).read()


class _Reader:
    """A cursor over the lines of a file, and what was read so far."""

    __slots__ = (
        "comments",
        "directives",
        "escape",
        "instructions",
        "lines",
        "next",
        "problems",
        "source",
        "starts",
    )

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines = source.text.split("\n")
        if not self.lines[-1]:
            self.lines.pop()
        self.starts = source.line_starts
        if source.text.startswith("\ufeff"):
            self.lines[0] = self.lines[0][1:]
            self.starts = [1, *self.starts[1:]]
        self.next = 0
        self.escape = "\\"
        self.directives: list[Directive] = []
        self.comments: list[Span] = []
        self.instructions: list[Instruction] = []
        self.problems: list[Problem] = []

    def read(self) -> Dockerfile:
        self._check_line_lengths()
        self._read_directives()
        while self.next < len(self.lines):
            stripped = self.lines[self.next].lstrip(SPACE)
            if not stripped:
                self.next += 1
            elif stripped[0] == "#":
                self._comment(self.next)
                self.next += 1
            else:
                self._read_instruction(stripped)
        self._check_stages()
        self.problems.sort(key=lambda problem: problem.span.start)
        return Dockerfile(
            self.source,
            self.escape,
            tuple(self.directives),
            tuple(self.instructions),
            tuple(self.comments),
            tuple(self.problems),
        )

    def _check_line_lengths(self) -> None:
        if len(self.source.text) * 4 <= _LONGEST_LINE:
            return
        for number, line in enumerate(self.lines):
            if len(line) * 4 > _LONGEST_LINE < len(line.encode("utf-8", "replace")):
                message = f"dockerfile line greater than maximum allowed size of {_LONGEST_LINE}"
                start = self.starts[number]
                self._problem("line-too-long", message, Span(start, start + len(line)))

    def _check_stages(self) -> None:
        if not self.instructions:
            self._problem("empty-file", "file with no instructions", Span(0, 0))
        for instruction in self.instructions:
            if instruction.keyword == "FROM":
                return
            if instruction.keyword != "ARG":
                message = f"no build stage in current context: {instruction.keyword} before FROM"
                self._problem("no-stage", message, instruction.keyword_span)
                return

    def _read_directives(self) -> None:
        seen: set[str] = set()
        while self.next < len(self.lines):
            match = _DIRECTIVE.match(self.lines[self.next].strip(SPACE))
            name = match[1].lower() if match else ""
            if match is None or name not in _DIRECTIVES:
                return
            span = self._content(self.next)
            self.next += 1
            self.directives.append(Directive(name, match[2], span))
            if name in seen:
                message = f"only one {name} parser directive can be used"
                self._problem("duplicate-directive", message, span)
            elif name == "escape":
                self._set_escape(match[2], span)
            seen.add(name)

    def _set_escape(self, value: str, span: Span) -> None:
        if value in {"\\", "`"}:
            self.escape = value
        else:
            message = f"invalid escape token {value!r} does not match ` or \\"
            self._problem("invalid-escape", message, span)

    def _read_instruction(self, stripped: str) -> None:
        first = self.next
        line = self._logical_line(stripped)
        if line.start == line.end:
            self._problem("empty-instruction", "a continuation of nothing", self._content(first))
            return
        instruction = self._instruction(line, line, first + 1)
        validate(instruction, self.problems)
        self.instructions.append(instruction)

    def _instruction(self, line: Word, part: Word, first: int, depth: int = 1) -> Instruction:
        """The instruction in a part of a logical line that begins on line `first`."""
        keyword, rest = split_keyword(part)
        flags, original = split_flags(rest)
        name = keyword.value.upper()
        arguments = read_arguments(name, original, self.escape, self.problems)
        heredocs: tuple[Heredoc, ...] = ()
        trigger: Instruction | None = None
        if name == "ONBUILD" and depth <= _DEEPEST_TRIGGER and original.start < original.end:
            trigger = self._instruction(line, original, first, depth + 1)
            heredocs = trigger.heredocs
        elif name in _HEREDOC_KEYWORDS and depth <= _DEEPEST_TRIGGER and not arguments.json:
            heredocs = tuple([self._heredoc(marker) for marker in find_markers(line)])
        lines = (first, self.next)
        return Instruction(
            name, keyword, rest, flags, original, arguments, lines, heredocs, trigger
        )

    def _logical_line(self, stripped: str) -> Word:
        """What the lines from the cursor on hold, joined, without white space around it.

        `stripped` is the first of them without indentation.
        """
        text = stripped.rstrip(SPACE)
        if text.endswith(self.escape):
            return self._joined_lines()
        number = self.next
        self.next += 1
        start = self.starts[number] + len(self.lines[number]) - len(stripped)
        length = len(text)
        return Word(LogicalText(self.source, text, (Piece(0, length, start, length),)), 0, length)

    def _joined_lines(self) -> Word:
        """The lines that continuations join, without the comments and blank lines among them."""
        parts: list[str] = []
        pieces: list[Piece] = []
        length = 0
        continues = True
        while continues and self.next < len(self.lines):
            line = self.lines[self.next].rstrip("\r")
            stripped = line.lstrip(SPACE)
            if stripped and stripped[0] != "#":
                text, continues = self._without_continuation(line)
                parts.append(text)
                pieces.append(Piece(length, len(text), self.starts[self.next], len(text)))
                length += len(text)
            elif stripped:
                self._comment(self.next)
            self.next += 1
        whole = "".join(parts)
        start = length - len(whole.lstrip(SPACE))
        end = max(start, len(whole.rstrip(SPACE)))
        return Word(LogicalText(self.source, whole, pieces), start, end)

    def _without_continuation(self, line: str) -> tuple[str, bool]:
        text = line.rstrip(" \t")
        if text.endswith(self.escape) and not text.endswith(self.escape * 2):
            return text[:-1], True
        return line, False

    def _heredoc(self, marker: Marker) -> Heredoc:
        first = self.next
        while self.next < len(self.lines):
            line = self.lines[self.next].rstrip("\r")
            if (line.lstrip("\t") if marker.chomp else line) == marker.name:
                break
            self.next += 1
        else:
            message = f"unterminated heredoc: no line is {marker.name!r}"
            self._problem("unterminated-heredoc", message, marker.word.span)
        span = Span(self._start(first), self._start(self.next))
        body = LogicalText.verbatim(self.source, span)
        if marker.chomp:
            body = _without_tabs(body)
        self.next = min(self.next + 1, len(self.lines))
        return Heredoc(marker.name, marker.expand, marker.chomp, marker.word, span, body)

    def _comment(self, number: int) -> None:
        self.comments.append(self._content(number))

    def _start(self, number: int) -> int:
        return self.starts[number] if number < len(self.lines) else len(self.source.text)

    def _content(self, number: int) -> Span:
        """The span of a line (from 0) without its indentation and line end."""
        line = self.lines[number]
        start = self.starts[number]
        return Span(start + len(line) - len(line.lstrip(SPACE)), start + len(line.rstrip(SPACE)))

    def _problem(self, code: str, message: str, span: Span) -> None:
        self.problems.append(Problem(code, message, span))


def _without_tabs(body: LogicalText) -> LogicalText:
    return splice(body, (Part(*match.span(1)) for match in _TABBED_LINE.finditer(body.text)))
