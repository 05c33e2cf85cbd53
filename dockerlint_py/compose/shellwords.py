"""Splits a command string into words as Compose does: no shell, and nothing after an operator.

Compose uses go-shellwords without variables and backticks: an unquoted `;`, `&`, `|`, `<` or `>`
ends the command silently. Source: `docker compose config`.
"""

from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

_SPACES = " \t\r\n"
_WORD = regex(r"[^ \t\r\n]+")
_MARK = regex(r"[\\'\"`();&|<>]")  # what makes a command more than words between spaces
_OPERATORS = ";&|<>"


class Word(NamedTuple):
    """One word, without its quotes; `[start, end)` is where it stands, with them."""

    text: str
    start: int
    end: int


class Words(NamedTuple):
    """The words of a command; `cut` is the offset of the operator that ended it.

    `error` is set when Compose refuses the string: unbalanced quotes, or parentheses.
    """

    words: tuple[Word, ...]
    cut: int | None = None
    error: str | None = None


def split(line: str) -> Words:
    """Splits a command; never raises."""
    if _MARK.search(line) is None:
        return Words(tuple(Word(word[0], *word.span()) for word in _WORD.finditer(line)))
    return _Splitter(line).run()


class _Splitter:
    __slots__ = ("back", "buffer", "dollar", "escaped", "got", "line", "quote", "start", "words")

    def __init__(self, line: str) -> None:
        self.line = line
        self.words: list[Word] = []
        self.buffer: list[str] = []
        self.got = False
        self.escaped = False
        self.quote = ""  # ' or " when inside one
        self.back = False  # between backquotes, which may hold quotes
        self.dollar = False  # inside $( )
        self.start: int | None = None

    def run(self) -> Words:
        for at, letter in enumerate(self.line):
            if self.start is None and letter not in _SPACES:
                self.start = at
            if self._in_escape(letter) or self._space(letter, at) or self._quoting(letter):
                continue
            if letter in "()" and not self.quote and not self.back:
                if not self._parenthesis(letter):
                    return Words(tuple(self.words), None, "parentheses need quotes")
                continue
            if letter in _OPERATORS and not (self.quote or self.back or self.dollar):
                return self._cut(letter, at)
            self.got = True
            self.buffer.append(letter)
        self._finish(len(self.line))
        if self.escaped or self.quote or self.back or self.dollar:
            return Words(tuple(self.words), None, "a quote or bracket is not closed")
        return Words(tuple(self.words))

    def _in_escape(self, letter: str) -> bool:
        if self.escaped:
            self.escaped = False
            self.buffer.append(letter)
            self.got = True
            return True
        if letter != "\\":
            return False
        if self.quote == "'":
            self.buffer.append(letter)
        else:
            self.escaped = True
        return True

    def _space(self, letter: str, at: int) -> bool:
        if letter not in _SPACES:
            return False
        if self.quote or self.back or self.dollar:
            self.buffer.append(letter)
        else:
            self._finish(at)
        return True

    def _quoting(self, letter: str) -> bool:
        """Handles the two quotes, which vanish, and notes a backquote, which stays."""
        if letter == "`" and not self.quote and not self.dollar:
            self.back = not self.back
        if letter not in "'\"" or self.quote not in ("", letter) or self.dollar:
            return False
        if self.quote:
            self.got = True
            self.quote = ""
        else:
            self.quote = letter
        return True

    def _parenthesis(self, letter: str) -> bool:
        if letter == ")":
            self.dollar = not self.dollar
            self.got = True
        elif self.dollar or self.buffer[-1:] != ["$"]:
            return False
        else:
            self.dollar = True
        self.buffer.append(letter)
        return True

    def _cut(self, letter: str, at: int) -> Words:
        if letter == ">" and self.buffer and "0" <= self.buffer[0] <= "9":
            self.got = False  # taken for the number of a file descriptor
        self._finish(at)
        return Words(tuple(self.words), at)

    def _finish(self, end: int) -> None:
        if self.got and self.start is not None:
            self.words.append(Word("".join(self.buffer), self.start, end))
        self.buffer = []
        self.got = False
        self.start = None
