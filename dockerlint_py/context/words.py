"""Splits lines of Makefiles, scripts and CI files into simple commands, roughly as a shell would.

Only good enough to find `docker` commands: quotes, continuations, operators and comments are
understood, substitutions are not; a word that holds one is marked as dynamic.
"""

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Place

MAX_LINE = 20_000
"""Characters of a logical line that are looked at."""

_BLANK = " \t\r\n"
_OPERATORS = ";&|()"
_ENDS_WORD = frozenset(_BLANK + _OPERATORS + "<>")
_BRACKETS = {"{": "}", "(": ")"}


class Word(NamedTuple):
    """A word without its quotes; `dynamic` when part of it is only known at run time."""

    text: str
    dynamic: bool
    start: int
    end: int


class Command(NamedTuple):
    """The words of one simple command on a line, without redirections."""

    words: tuple[Word, ...]
    line: LogicalText

    @property
    def place(self) -> Place:
        """From the first to the last word."""
        return self.line.place(self.words[0].start, self.words[-1].end)


def split_commands(line: LogicalText) -> list[Command]:
    """The simple commands of a logical line, in order."""
    return _Splitter(line).run()


class _Splitter:
    """Walks over one line; `_at` only grows."""

    __slots__ = ("_at", "_commands", "_line", "_text", "_words")

    def __init__(self, line: LogicalText) -> None:
        self._line = line
        self._text = line.text[:MAX_LINE]
        self._at = 0
        self._words: list[Word] = []
        self._commands: list[Command] = []

    def run(self) -> list[Command]:
        """All commands of the line."""
        while self._at < len(self._text):
            character = self._text[self._at]
            if character in _BLANK:
                self._at += 1
            elif character == "#":
                break
            elif character in _OPERATORS:
                self._end_command()
                self._at += 1
            elif character in "<>":
                self._skip_redirection()
            else:
                self._add_word()
        self._end_command()
        return self._commands

    def _end_command(self) -> None:
        if self._words:
            self._commands.append(Command(tuple(self._words), self._line))
        self._words = []

    def _skip_redirection(self) -> None:
        if self._words and self._words[-1].end == self._at and self._words[-1].text.isdigit():
            self._words.pop()
        while self._text[self._at : self._at + 1] in ("<", ">", "&"):
            self._at += 1
        while self._text[self._at : self._at + 1] in (" ", "\t"):
            self._at += 1
        kept = len(self._words)
        if self._at < len(self._text) and self._text[self._at] not in _OPERATORS + _BLANK:
            self._add_word()
        del self._words[kept:]

    def _add_word(self) -> None:
        start = self._at
        parts: list[str] = []
        dynamic = False
        while self._at < len(self._text) and self._text[self._at] not in _ENDS_WORD:
            read = self._quoted if self._text[self._at] in "'\"" else self._plain
            part, is_dynamic = read(self._text[self._at])
            parts.append(part)
            dynamic |= is_dynamic
        if self._at > start:
            self._words.append(Word("".join(parts), dynamic, start, self._at))

    def _quoted(self, quote: str) -> tuple[str, bool]:
        """The text in quotes. A quote that is left open belongs to what the line is embedded in."""
        start = self._at + 1
        end = start
        while end < len(self._text) and self._text[end] != quote:
            end += 2 if self._text[end] == "\\" and quote == '"' else 1
        if end >= len(self._text):
            self._text = self._text[: self._at]
            return "", False
        text = self._text[start:end]
        self._at = end + 1
        expands = quote == '"' and ("$" in text or "`" in text)
        return text.replace('\\"', '"') if quote == '"' else text, expands or "{{" in text

    def _plain(self, character: str) -> tuple[str, bool]:
        """One character, an escape, or a whole substitution."""
        start = self._at
        if character == "\\" and start + 1 < len(self._text):
            self._at += 2
            return self._text[start + 1], False
        opening = start if self._text.startswith("{{", start) else start + 1
        bracket = self._text[opening : opening + 1]
        if (character == "$" or opening == start) and bracket in _BRACKETS:
            self._at = self._closing(opening, bracket)
            return self._text[start : self._at], True
        self._at += 1
        return character, character in "$`"

    def _closing(self, at: int, bracket: str) -> int:
        """The offset behind the bracket that closes the one at `at`."""
        depth = 0
        while at < len(self._text):
            if self._text[at] == bracket:
                depth += 1
            elif self._text[at] == _BRACKETS[bracket]:
                depth -= 1
                if depth == 0:
                    return at + 1
            at += 1
        return at
