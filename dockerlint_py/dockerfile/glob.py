"""Shell patterns of `${name#pattern}` and `${name/pattern/text}`, matched in bounded time.

A regular expression with several `.*` may take time that grows with a high power of the text, so
the pattern is run as an automaton: its states are the bits of an integer.
"""

from collections.abc import Iterator
from typing import Final

_ANY: Final = "any"
_STAR: Final = "star"
_SPECIAL: Final = {"?": _ANY, "*": _STAR}
_ESCAPABLE: Final = "*?\\/}"


def read_pattern(pattern: str) -> list[str]:
    r"""The tokens of a pattern; raises ValueError unless a backslash stands before `*?\/}`."""
    tokens: list[str] = []
    chars = iter(pattern)
    for char in chars:
        if char == "\\":
            escaped = next(chars, "")
            if not escaped or escaped not in _ESCAPABLE:
                raise ValueError(f"invalid escape '\\{escaped}'")
            tokens.append(escaped)
        elif char != "*" or tokens[-1:] != [_STAR]:
            tokens.append(_SPECIAL.get(char, char))
    return tokens


class Glob:
    """A pattern ready to be matched; `tokens` are those of `read_pattern`."""

    __slots__ = ("_accept", "_any", "_literals", "_stars")

    def __init__(self, tokens: list[str]) -> None:
        self._accept = 1 << len(tokens)
        self._any = 0
        self._stars = 0
        self._literals: dict[str, int] = {}
        for number, token in enumerate(tokens):
            bit = 1 << number
            if token == _STAR:
                self._stars |= bit
            elif token == _ANY:
                self._any |= bit
            else:
                self._literals[token] = self._literals.get(token, 0) | bit

    def cost(self, length: int) -> int:
        """An upper bound of the steps of one match in a text of `length` characters."""
        tokens = self._accept.bit_length()
        return (length if self._stars else min(length, tokens)) * (1 + tokens // 64)

    def ends(self, text: str, start: int = 0) -> Iterator[int]:
        """Every offset where a match that begins at `start` may end, the nearest first."""
        states = self._closed(1)
        for at in range(start, len(text)):
            if states & self._accept:
                yield at
            moving = states & (self._any | self._literals.get(text[at], 0))
            states = self._closed(moving << 1 | states & self._stars)
            if not states:
                return
        if states & self._accept:
            yield len(text)

    def _closed(self, states: int) -> int:
        return states | (states & self._stars) << 1
