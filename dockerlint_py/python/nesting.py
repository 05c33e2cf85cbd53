"""How deep a Python text nests, found without parsing it.

A parser written in a compiled language dies with the process when a text nests deeper than its
stack; this bounds the depth of any tree of the text first. Strings inside f-strings follow PEP 701.
"""

import re

from dockerlint_py.text.regex import regex

_TOKEN = regex(
    r"""(?P<prefix>\b[A-Za-z]{1,3})?(?P<quote>\"\"\"|'''|"|')|\#[^\r\n]*|[()\[\]{},;:\r\n]"""
    r"""|\b(?:if|else|elif|and|or|not|lambda|await|for|in|is)\b|[-+*/%@&|^~<>=.!]|\\(?:\r\n|.)""",
    re.DOTALL,
)
_FIELD_TEXT = regex(r"\{\{|\}\}|\{|\\.|\"\"\"|'''|[\"'\r\n}]", re.DOTALL)
_STRING_ENDS = {
    '"': regex(r'(?:[^"\\\r\n]|\\\r\n|\\.)*"', re.DOTALL),
    "'": regex(r"(?:[^'\\\r\n]|\\\r\n|\\.)*'", re.DOTALL),
}
_LONG_ENDS = {'"""': regex(r'\\.|"""', re.DOTALL), "'''": regex(r"\\.|'''", re.DOTALL)}
_CLOSERS = {")": "(", "]": "[", "}": "{"}


class _Level:
    """An open bracket, or a replacement field of an f-string with its quote.

    `in_format` marks a field that stands inside the format specification of another one.
    """

    __slots__ = ("in_format", "links", "opener", "quote")

    def __init__(self, opener: str, quote: str = "", *, in_format: bool = False) -> None:
        self.opener = opener
        self.quote = quote
        self.in_format = in_format
        self.links = 0


class _Scanner:
    __slots__ = ("at", "elifs", "levels", "limit", "text", "total")

    def __init__(self, text: str, limit: int) -> None:
        self.text = text
        self.limit = limit
        self.at = 0
        self.levels = [_Level("")]
        self.total = 0
        self.elifs = 0

    def shallow(self) -> bool:
        """Whether the whole text was understood and nests less than the limit."""
        while True:
            token = _TOKEN.search(self.text, self.at)
            if token is None:
                return len(self.levels) == 1
            self.at = token.end()
            if token["quote"]:
                fine = self._string(token["prefix"] or "", token["quote"])
            else:
                fine = self._token(token[0])
            if not fine or self.total + len(self.levels) > self.limit:
                return False

    def _token(self, token: str) -> bool:
        level = self.levels[-1]
        if token in "([{":
            self._push(_Level(token))
        elif token in _CLOSERS:
            return self._close(token)
        elif token in ("\n", "\r", ";", ","):
            if level.opener == "" or token == ",":
                self._reset(level)
        elif token == ":" and level.quote:
            return self._format(level.quote)
        elif token == "elif":
            self.elifs += 1
            return self.elifs < self.limit
        elif token[0] not in "#\\":
            self._link(level)
        return True

    def _push(self, level: _Level) -> None:
        self._link(self.levels[-1])
        self.levels.append(level)

    def _link(self, level: _Level) -> None:
        level.links += 1
        self.total += 1

    def _reset(self, level: _Level) -> None:
        self.total -= level.links
        level.links = 0

    def _close(self, closer: str) -> bool:
        level = self.levels[-1]
        if level.opener != _CLOSERS[closer]:
            return False
        self._reset(level)
        self.levels.pop()
        if level.in_format:
            return self._format(level.quote)
        return self._text(level.quote) if level.quote else True

    def _string(self, prefix: str, quote: str) -> bool:
        self._link(self.levels[-1])
        if prefix.lower() in ("f", "fr", "rf", "t", "tr", "rt"):
            return self._text(quote)
        if len(quote) == 1:
            end = _STRING_ENDS[quote].match(self.text, self.at)
            self.at = end.end() if end else self.at
            return end is not None
        while end := _LONG_ENDS[quote].search(self.text, self.at):
            self.at = end.end()
            if end[0] == quote:
                return True
        return False

    def _text(self, quote: str) -> bool:
        """Passes the literal part of an f-string, up to its end or a replacement field."""
        while mark := _FIELD_TEXT.search(self.text, self.at):
            self.at = mark.end()
            if mark[0] == "{":
                self._push(_Level("{", quote))
                return True
            if mark[0] == quote:
                return True
            if len(mark[0]) == 3 and len(quote) == 1 and mark[0][0] == quote:
                self.at = mark.start() + 1
                return True
            if mark[0] in "\r\n" and len(quote) == 1:
                return False
        return False

    def _format(self, quote: str) -> bool:
        """Passes a format specification, up to the end of its field or a field inside it."""
        while mark := _FIELD_TEXT.search(self.text, self.at):
            self.at = mark.start() + 1
            if mark[0][0] == "{":
                self._push(_Level("{", quote, in_format=True))
                return True
            if mark[0][0] == "}":
                self.at = mark.start()
                return True
        return False


def nests_less_than(limit: int, text: str) -> bool:
    """Whether no tree of this text is deeper than about `limit`; False also when it is unclear."""
    return _Scanner(text, limit).shallow()
