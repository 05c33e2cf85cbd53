"""A logical text made of parts of another one."""

from collections.abc import Iterable

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Piece


class Part(NamedTuple):
    """The characters from `start` to `end`, or what an escape sequence there stands for."""

    start: int
    end: int
    replacement: str | None = None


def splice(owner: LogicalText, parts: Iterable[Part]) -> LogicalText:
    """The parts one after the other, mapped to where they stand in the file."""
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for start, end, replacement in parts:
        if replacement is None:
            text = owner.text[start:end]
            pieces += (
                piece._replace(logical=piece.logical + length)
                for piece in owner.slice(start, end).pieces
            )
        else:
            text = replacement
            span = owner.span(start, end)
            pieces.append(Piece(length, len(text), span.start, span.end - span.start))
        texts.append(text)
        length += len(text)
    return LogicalText(owner.source, "".join(texts), pieces)
