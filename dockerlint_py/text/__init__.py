"""Source text and places in it: offsets inside, lines and columns only in reports."""

from dockerlint_py.text.clean import clean, inert
from dockerlint_py.text.logical import LogicalText, Piece
from dockerlint_py.text.source import Place, Position, Source, Span

__all__ = ["LogicalText", "Piece", "Place", "Position", "Source", "Span", "clean", "inert"]
