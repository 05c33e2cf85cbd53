"""The words of a Python file, without comments and texts, and what stands around each of them."""

import tokenize
from io import StringIO

from dockerlint_py.record import NamedTuple

_LEFT_OUT = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.ENCODING})
_BREAKS = frozenset({tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT})
_OPENS, _CLOSES = "([{", ")]}"


class Token(NamedTuple):
    """A token and its offset; `begins` tells that a statement begins with it.

    `in_parameters`: it is a parameter of a `def`, not its annotation or its default.
    """

    text: str
    start: int
    begins: bool = False
    in_parameters: bool = False


def tokens_of(text: str) -> tuple[Token, ...] | None:
    """The tokens of a file; None when it cannot be split into tokens."""
    starts = _line_starts(text)
    found: list[Token] = []
    begins, parameters = True, _Parameters()
    try:
        for kind, word, (row, column), _, _ in tokenize.generate_tokens(StringIO(text).readline):
            if kind in _BREAKS:
                begins = True
            elif kind not in _LEFT_OUT:
                shown = word if kind in (tokenize.NAME, tokenize.OP) else ""
                parameters.take(shown)
                found.append(Token(shown, starts[row - 1] + column, begins, parameters.names_one))
                begins = False
    except (tokenize.TokenError, SyntaxError, IndexError):
        return None
    return tuple(found)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return [*starts, len(text)]


class _Parameters:
    """Follows the tokens of a file and knows which of them are names of parameters."""

    def __init__(self) -> None:
        self.names_one = False
        self._waits = False
        self._depth = 0
        self._before = ""

    def take(self, word: str) -> None:
        """The next token."""
        if word == "def":
            self._waits, self._depth = True, 0
        if self._waits and word in _OPENS and word:
            self._depth += 1
        if self._waits and word in _CLOSES and word:
            self._depth -= 1
            self._waits = self._depth > 0
        first = self._waits and self._depth == 1 and self._before in ("(", ",", "*", "**")
        self.names_one = first and word.isidentifier()
        self._before = word
