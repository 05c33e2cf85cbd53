"""Text as a parser sees it after joining lines, mapped back to the file it came from.

A Dockerfile instruction is read without its continuations and comments, a JSON string without its
escapes, a YAML scalar without its folding. `LogicalText` holds the result together with the pieces
of source it was made of, so that a word found in it can be underlined in the file.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import islice

from dockerlint_py.record import NamedTuple
from dockerlint_py.text.source import Place, Source, Span


class Piece(NamedTuple):
    """`length` characters of the logical text, from `logical` on, stand at `source` on in the file.

    `width` is how many source characters they take: equal to `length`, or different for an escape
    sequence, whose characters all map to the whole sequence.
    """

    logical: int
    length: int
    source: int
    width: int


class LogicalText:
    """A text and the pieces of one source that it was joined from."""

    __slots__ = ("_starts", "pieces", "source", "text")

    def __init__(self, source: Source, text: str, pieces: Iterable[Piece]) -> None:
        self.source = source
        self.text = text
        self.pieces = tuple(piece for piece in pieces if piece.length)
        self._starts = [piece.logical for piece in self.pieces]

    @classmethod
    def verbatim(cls, source: Source, span: Span) -> "LogicalText":
        """The text of a span, as it stands."""
        text = source.text[span.start : span.end]
        return cls(source, text, (Piece(0, len(text), span.start, len(text)),))

    def __repr__(self) -> str:
        return f"LogicalText({self.text!r})"

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int) -> "LogicalText":
        """The logical text from `start` to `end`, still mapped to the file."""
        pieces = []
        first = max(0, bisect_right(self._starts, start) - 1)
        for piece in islice(self.pieces, first, bisect_left(self._starts, end)):
            low = max(piece.logical, start)
            high = min(piece.logical + piece.length, end)
            if low >= high:
                continue
            if piece.width == piece.length:
                skipped = low - piece.logical
                pieces.append(Piece(low - start, high - low, piece.source + skipped, high - low))
            else:
                pieces.append(Piece(low - start, high - low, piece.source, piece.width))
        return LogicalText(self.source, self.text[start:end], pieces)

    def span(self, start: int, end: int) -> Span:
        """The span of the file that holds the logical characters from `start` to `end`.

        It may contain more than they: a continuation in the middle, for example.
        """
        if not self.pieces:
            return Span(0, 0)
        if start >= end:
            at = self._offset(start, of_end=start > 0)
            return Span(at, at)
        return Span(self._offset(start, of_end=False), self._offset(end, of_end=True))

    def place(self, start: int, end: int) -> Place:
        """The place of the logical characters from `start` to `end`."""
        return Place(self.source, self.span(start, end))

    def _offset(self, logical: int, *, of_end: bool) -> int:
        probe = logical - 1 if of_end else logical
        piece = self.pieces[max(0, bisect_right(self._starts, probe) - 1)]
        inside = min(max(probe - piece.logical, 0), piece.length - 1 if of_end else piece.length)
        if piece.width != piece.length:
            return piece.source + (piece.width if of_end else 0)
        return piece.source + inside + (1 if of_end else 0)
