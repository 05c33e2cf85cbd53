"""Path patterns: one representation and one matcher for Docker's, Go's and git's syntaxes.

Each syntax has its own parser, which gives tokens. A pattern with at most two repetitions becomes a
regular expression, which then needs at most quadratic time. Any other one is run as an automaton
over a bit set, so that no pattern of an audited project can make matching take exponential time.
"""

import re
from collections.abc import Callable, Sequence
from enum import Enum

from dockerlint_py.record import NamedTuple

MAX_PATTERN = 4096
"""Longer patterns (in characters) are not read: no path that they could match is that long."""

_MAX_REGEX_REPETITIONS = 2


class Repeat(Enum):
    """How often a token may take characters."""

    ONCE = "once"
    SEGMENT = "any run of characters without a slash"
    ANY = "any run of characters"
    FOLDERS = "nothing, or any run of characters that ends with a slash"


class Token(NamedTuple):
    """One step of a pattern; `one` is a regular expression for a single character.

    `character` is set when it takes only this one.
    """

    repeat: Repeat
    one: str = ""
    character: str = ""


STAR = Token(Repeat.SEGMENT)
ANYTHING = Token(Repeat.ANY)
FOLDERS = Token(Repeat.FOLDERS)
NOT_SLASH = Token(Repeat.ONCE, "[^/]")

_REGEX = {Repeat.SEGMENT: "[^/]*", Repeat.ANY: ".*", Repeat.FOLDERS: "(?:.*/)?"}


def literal(character: str) -> Token:
    """A token that takes exactly this character."""
    return Token(Repeat.ONCE, re.escape(character), character)


class Glob:
    """A compiled pattern; `matches` always judges the whole text."""

    __slots__ = ("_match", "literal", "tokens")

    def __init__(self, tokens: Sequence[Token], literal: str | None = None) -> None:
        """`literal` is the text that the pattern stands for when it has no wildcard."""
        self.tokens = tuple(tokens)
        self.literal = literal
        self._match: Callable[[str], object] | None = None

    def __repr__(self) -> str:
        return f"Glob({as_regex(self.tokens)!r})"

    @property
    def slashes(self) -> int | None:
        """How many slashes every text has that matches; None when it may have more or fewer."""
        if any(not (each.character or each in (STAR, NOT_SLASH)) for each in self.tokens):
            return None
        return sum(each.character == "/" for each in self.tokens)

    def matches(self, text: str) -> bool:
        """Whether the whole text matches."""
        if self.literal is not None:
            return text == self.literal
        if self._match is None:
            self._match = _by_end(self.tokens) or _by_start(self.tokens) or self._compile()
        return bool(self._match(text))

    def _compile(self) -> Callable[[str], object]:
        repetitions = sum(token.repeat is not Repeat.ONCE for token in self.tokens)
        if repetitions > _MAX_REGEX_REPETITIONS:
            return Automaton(self.tokens).matches
        return re.compile(as_regex(self.tokens), re.DOTALL).fullmatch


def _by_end(tokens: tuple[Token, ...]) -> Callable[[str], bool] | None:
    """A matcher for wildcards with plain text behind them: most ignore files hold only such ones.

    It saves compiling a regular expression, which takes as long as matching a thousand paths.
    """
    wild = tuple(token for token in tokens if not token.character)
    end = "".join(token.character for token in tokens[len(wild) :])
    if len(wild) + len(end) < len(tokens):
        return None
    if wild == (FOLDERS,):
        return lambda text: text == end or text.endswith(f"/{end}")
    if wild == (ANYTHING,) or (wild == (FOLDERS, STAR) and "/" not in end):
        return lambda text: text.endswith(end)
    if wild == (STAR,) and "/" not in end:
        return lambda text: text.endswith(end) and "/" not in text
    return None


def _by_start(tokens: tuple[Token, ...]) -> Callable[[str], bool] | None:
    """A matcher for plain text with one wildcard behind it."""
    start = "".join(token.character for token in tokens[:-1])
    if not tokens or len(start) + 1 < len(tokens):
        return None
    if tokens[-1] == ANYTHING:
        return lambda text: text.startswith(start)
    if tokens[-1] == STAR:
        return lambda text: text.startswith(start) and "/" not in text[len(start) :]
    return None


def as_regex(tokens: Sequence[Token]) -> str:
    """The tokens as a regular expression for `fullmatch` with DOTALL."""
    return "".join(token.one or _REGEX[token.repeat] for token in tokens)


class Automaton:
    """The tokens as a set of states that all move at once: pattern length by text length steps.

    State number n (bit n of an int) means that n steps are done. A step is a regular expression for
    one character, or empty: then it is left by a skip or a loop only. `FOLDERS` takes two steps,
    an empty one that may be skipped together with the next, and a slash that anything may precede.
    """

    __slots__ = ("_accept", "_loops", "_moves", "_skips", "_start", "_steps")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._steps: list[str] = []
        self._loops: list[tuple[int, bool]] = []
        self._skips: list[tuple[int, int]] = []
        for token in tokens:
            self._add(token)
        self._accept = 1 << len(self._steps)
        self._moves: dict[str, tuple[int, int]] = {}
        self._start = self._closed(1)

    def matches(self, text: str) -> bool:
        """Whether the whole text matches."""
        states = self._start
        for character in text:
            step, stay = self._moves.get(character) or self._moves_for(character)
            states = self._closed(((states & step) << 1) | (states & stay))
            if not states:
                return False
        return bool(states & self._accept)

    def _add(self, token: Token) -> None:
        bit = 1 << len(self._steps)
        self._steps.append(token.one)
        if token.repeat is Repeat.FOLDERS:
            self._steps.append("/")
            self._skips += [(bit, 1), (bit, 2)]
            self._loops.append((bit << 1, False))
        elif token.repeat is not Repeat.ONCE:
            self._skips.append((bit, 1))
            self._loops.append((bit, token.repeat is Repeat.SEGMENT))

    def _moves_for(self, character: str) -> tuple[int, int]:
        """The states that go one step on, and those that stay, when this character is read."""
        step = stay = 0
        for number, one in enumerate(self._steps):
            if one and re.fullmatch(one, character, re.DOTALL):
                step |= 1 << number
        for bit, stops_at_slash in self._loops:
            if not (stops_at_slash and character == "/"):
                stay |= bit
        self._moves[character] = (step, stay)
        return step, stay

    def _closed(self, states: int) -> int:
        """The states, and those that they reach without a character; skips are in order."""
        for bit, steps in self._skips:
            if states & bit:
                states |= bit << steps
        return states
