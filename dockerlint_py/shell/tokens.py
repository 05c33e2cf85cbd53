"""Reads shell tokens: words, operators, redirection operators and comments."""

from dockerlint_py.shell.scanner import Run, WordScanner
from dockerlint_py.shell.word import Part, PartKind, Word
from dockerlint_py.text import LogicalText
from dockerlint_py.text.regex import regex

TOKEN = regex(
    r"[ \t]*+(?:\\\n[ \t]*+)*+(?:"
    r"(?P<comment>\#[^\n]*+)"
    r"|(?P<number>[0-9]++(?=[<>](?!\()))"
    r"|(?P<plain>[^ \t\n|&;<>()$`\\\"'*?\[~{]++(?=[ \t\n|&;<>)]|\Z))"
    r"|(?P<redirect>&>>?|<<<|<<-?|>>|<>|>\||[<>]&|[<>](?!\())"
    r"|(?P<operator>\n|&&|\|\||;;&|;;|;&|\|&|[;&|()])"
    r"|(?P<other>[\s\S]))"
)
"""A token and the blanks before it; `plain` is a word in which nothing is special."""


class TokenReader(WordScanner):
    """Reads tokens from `at` on."""

    __slots__ = ("at",)

    def __init__(self, logical: LogicalText, start: int, end: int, run: Run) -> None:
        super().__init__(logical, end, run)
        self.at = start

    def next_word(self) -> Word | None:
        """The word that comes next on this line, if one does."""
        match = TOKEN.match(self.text, self.at, self.end)
        if match is None or match.lastgroup not in ("plain", "number", "other"):
            return None
        word, self.at = self.word(match.start(match.lastgroup))
        return word

    def skip_blanks(self) -> int:
        """Where the next token on this line begins; the end of the text if there is none."""
        match = TOKEN.match(self.text, self.at, self.end)
        return match.start(match.lastgroup or 0) if match else self.end

    def skip_newlines(self) -> int:
        """Passes over blanks, comments and line feeds; returns where the next token begins."""
        while (match := TOKEN.match(self.text, self.at, self.end)) is not None:
            kind = match.lastgroup or "other"
            if kind != "comment" and match[kind] != "\n":
                return match.start(kind)
            self.at = match.end()
        self.at = self.end
        return self.end

    def array(self, word: Word) -> Word:
        """Extends `NAME=` by the `(...)` behind it."""
        start = self.at
        self.at += 1
        while (match := TOKEN.match(self.text, self.at, self.end)) is not None:
            kind = match.lastgroup or "other"
            if kind == "other":
                self.at = self.word(match.start(kind))[1]
                continue
            self.at = match.end()
            if match[kind] == ")":
                break
        else:
            self.problem("unterminated array", start, start + 1)
            self.at = self.end
        part = Part(PartKind.ARRAY, self.text[start : self.at], start, self.at)
        return Word.of_parts(self.logical, word.start, self.at, (*word.parts, part))
