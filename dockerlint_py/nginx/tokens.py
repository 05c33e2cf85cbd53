"""The words of a configuration file, as nginx's own reader takes them apart."""

from collections.abc import Iterator

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

_BLANK = regex(r"[ \t\r\n]+")
_BRACE = regex(r"[{}]")
_END_OF_BARE = regex(r"[ \t\r\n;{\\$]")
_END_OF_QUOTED = {'"': regex(r'["\\]'), "'": regex(r"['\\]")}
_AFTER_QUOTE = " \t\r\n;{)"
_ESCAPES = {'"': '"', "'": "'", "\\": "\\", "t": "\t", "r": "\r", "n": "\n"}
"""What a backslash and a character mean; before any other one the backslash stays."""


class Word(NamedTuple):
    """A word without its quotes and escapes, and where it stands with them."""

    text: str
    place: Place
    quoted: bool = False

    @property
    def dynamic(self) -> bool:
        """Whether a variable is in it, whose value nginx finds out for each request."""
        return "$" in self.text


class Mark(NamedTuple):
    """A `;`, `{` or `}`, or what is wrong at a place (`kind` is then the message)."""

    kind: str
    place: Place

    @property
    def is_error(self) -> bool:
        """Whether nginx refuses the file here."""
        return len(self.kind) > 1


def tokens(source: Source, start: int = 0) -> Iterator[Word | Mark]:
    """The words and marks from an offset on; the last one is an error if nginx cannot read on."""
    text, at = source.text, start
    while at < len(text):
        blank = _BLANK.match(text, at)
        if blank is not None:
            at = blank.end()
            continue
        character = text[at]
        if character == "#":
            at = _end_of_line(text, at)
            continue
        if character in ";{}":
            yield Mark(character, source.place(at, at + 1))
            at += 1
            continue
        quoted = character in "\"'"
        end = _quoted_end(text, at) if quoted else _bare_end(text, at)
        place = source.place(at, end)
        if quoted and (end < 0 or (end < len(text) and text[end] not in _AFTER_QUOTE)):
            message = "a quote is not closed" if end < 0 else "text follows a closing quote"
            yield Mark(message, source.place(at, at + 1))
            return
        raw = text[at + 1 : end - 1] if quoted else text[at:end]
        yield Word(_unescaped(raw), place, quoted)
        at = end


def skip_block(source: Source, start: int) -> int:
    """The offset after the `}` that closes a block of Lua; negative when nothing closes it."""
    depth = 1
    for found in _BRACE.finditer(source.text, start):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return found.end()
    return -1


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _quoted_end(text: str, start: int) -> int:
    """The offset after the closing quote; negative when there is none."""
    stop, at = _END_OF_QUOTED[text[start]], start + 1
    while True:
        found = stop.search(text, at)
        if found is None:
            return -1
        if found[0] != "\\":
            return found.end()
        at = found.end() + 1


def _bare_end(text: str, start: int) -> int:
    """The offset after a word without quotes; the brace of `${name}` does not end it."""
    at = start
    while True:
        found = _END_OF_BARE.search(text, at)
        if found is None:
            return len(text)
        if found[0] == "\\":
            at = min(found.end() + 1, len(text))
        elif found[0] == "$":
            at = found.end()
            at += text.startswith("{", at)
        else:
            return found.start()


def _unescaped(raw: str) -> str:
    if "\\" not in raw:
        return raw
    parts: list[str] = []
    at = 0
    while True:
        found = raw.find("\\", at)
        if found < 0 or found + 1 == len(raw):
            return "".join((*parts, raw[at:]))
        follower = raw[found + 1]
        parts += (raw[at:found], _ESCAPES.get(follower, f"\\{follower}"))
        at = found + 2
