"""A source file, a span of it, and the place that a finding points at.

All positions inside the tool are half-open ranges of code-point offsets into `Source.text`, so
that an excerpt or an edit is a slice. Lines and columns (from 1) are computed for reports only.
"""

from bisect import bisect_right

from dockerlint_py.record import NamedTuple


class Position(NamedTuple):
    """A line and a column, both from 1; the column counts code points."""

    line: int
    column: int


class Span(NamedTuple):
    """A half-open range of code-point offsets, `0 <= start <= end`."""

    start: int
    end: int


class Source:
    """One file as it was read: a path relative to the repository root, with `/`, and its text.

    The text keeps its own line ends. A line ends at a line feed only: other characters that
    `str.splitlines` would split at are ordinary text for Docker, Compose and us.
    """

    __slots__ = ("_line_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._line_starts: list[int] | None = None

    def __repr__(self) -> str:
        return f"Source({self.path!r})"

    @property
    def line_starts(self) -> list[int]:
        """The offset of the first character of every line."""
        if self._line_starts is None:
            starts = [0]
            find = self.text.find
            at = find("\n")
            while at != -1:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._line_starts = starts
        return self._line_starts

    def position(self, offset: int) -> Position:
        """The line and column of an offset; one past the last character is allowed."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The span of a line (from 1) without its line end."""
        starts = self.line_starts
        start = starts[line - 1]
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    def place(self, start: int, end: int) -> "Place":
        """The place from `start` to `end`."""
        return Place(self, Span(start, end))


class Place(NamedTuple):
    """A span of a source, with an optional note on what is to be seen there."""

    source: Source
    span: Span
    note: str = ""

    @property
    def path(self) -> str:
        """The path of the file, relative to the repository root."""
        return self.source.path

    @property
    def text(self) -> str:
        """The text of the span."""
        return self.source.text[self.span.start : self.span.end]

    @property
    def line(self) -> int:
        """The line (from 1) that the place starts on."""
        return self.source.position(self.span.start).line

    @property
    def start(self) -> Position:
        """Where the place starts."""
        return self.source.position(self.span.start)

    @property
    def end(self) -> Position:
        """One past the last character of the place."""
        return self.source.position(self.span.end)

    def says(self, note: str) -> "Place":
        """The same place with another note."""
        return Place(self.source, self.span, note)
