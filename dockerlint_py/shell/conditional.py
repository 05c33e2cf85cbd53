"""`[[ ... ]]`, where operators and line feeds are words."""

from typing import TYPE_CHECKING

from dockerlint_py.shell.word import Part, PartKind, Word
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.shell.splitter import Splitter

_BLANK = regex(r"(?:[ \t\n]|\\\n)*+")
_OPERATOR = regex(r"&&|\|\||[<>](?!\()|[()]")
_CLOSE = regex(r"\]\](?=[ \t\n;|&<>()]|\Z)")
_REGEX_TEXT = frozenset("|&<>();")


def read_conditional(splitter: "Splitter") -> None:
    """Reads the words from `[[` to `]]`, as one command."""
    start = splitter.token
    splitter.reserve(start)
    words = [Word.plain(splitter.logical, start, splitter.at)]
    while True:
        at = _skip(splitter)
        if at >= splitter.end or _ends_early(splitter.text[at : at + 2]):
            splitter.problem("unterminated [[", start, start + 2)
            break
        word = _next(splitter, at, words[-1].value == "=~")
        words.append(word)
        splitter.at = word.end
        if word.value == "]]" and not word.quoted:
            break
    splitter.words.extend(words)
    splitter.last = splitter.at


def _ends_early(ahead: str) -> bool:
    return ahead[0] in ";&" and ahead != "&&"


def _skip(splitter: "Splitter") -> int:
    match = _BLANK.match(splitter.text, splitter.at, splitter.end)
    return match.end() if match else splitter.at


def _next(splitter: "Splitter", at: int, is_regex: bool) -> Word:
    text, end = splitter.text, splitter.end
    match = _CLOSE.match(text, at, end) or (None if is_regex else _OPERATOR.match(text, at, end))
    if match is not None:
        return Word.plain(splitter.logical, at, match.end())
    word, after = splitter.word(at)
    if not is_regex:
        return word if after > at else Word.plain(splitter.logical, at, at + 1)
    parts = list(word.parts)
    while after < end and text[after] in _REGEX_TEXT:
        parts.append(Part(PartKind.LITERAL, text[after], after, after + 1))
        more, after = splitter.word(after + 1)
        parts.extend(more.parts)
    return Word.of_parts(splitter.logical, at, after, tuple(parts))
