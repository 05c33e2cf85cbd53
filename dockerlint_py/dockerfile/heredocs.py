"""Finds the markers of here-documents in a logical line.

BuildKit looks for words (in the sense of a shell) that begin with `<<`, after an optional file
descriptor; a blank between `<<` and the name is allowed since BuildKit 0.22. One substitution that
it cannot expand, or one open quote, and the line has no here-documents at all.
"""

from dockerlint_py.dockerfile.characters import SPACE
from dockerlint_py.dockerfile.expansion import BadSubstitutionError, Expander
from dockerlint_py.dockerfile.syntax import Word
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

_OPENER = regex(r"[0-9]*+<<")
_BLANKS = regex(r"[ \t\r]*+")
_MARKER = regex(r"[0-9]*+<<(-?+)[ \t\r]*+([^<]++)")


class Marker(NamedTuple):
    """A word that opens a here-document; see `Heredoc`."""

    name: str
    expand: bool
    chomp: bool
    word: Word


def find_markers(line: Word) -> list[Marker]:
    """The markers of a line in the shell form, in order."""
    if line.owner.text.find("<<", line.start, line.end) == -1:
        return []
    try:
        words = _shell_words(line)
    except BadSubstitutionError:
        return []
    markers = (_marker(word) for word in words)
    return [marker for marker in markers if marker is not None]


def _marker(word: Word) -> Marker | None:
    match = _MARKER.fullmatch(word.owner.text, word.start, word.end)
    if match is None:
        return None
    reader = _reader(match[2])
    name = reader.run()
    return Marker(name, not reader.saw_quotes, bool(match[1]), word)


def _shell_words(line: Word) -> list[Word]:
    """The words of a line, quotes and substitutions kept together; raises BadSubstitutionError."""
    text = line.value
    reader = _reader(text)
    words: list[Word] = []
    start = 0
    while reader.at < len(text):
        if text[reader.at] not in SPACE:
            reader.atom()
            continue
        if _OPENER.fullmatch(text, start, reader.at):
            reader.at = _after_blanks(text, reader.at)
        if reader.at < len(text) and text[reader.at] in SPACE:
            words.append(Word(line.owner, line.start + start, line.start + reader.at))
            reader.at += 1
            start = reader.at
    words.append(Word(line.owner, line.start + start, line.end))
    return words


def _after_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _reader(text: str) -> Expander:
    nothing: dict[str, str] = {}
    return Expander(text, nothing.get, "\\", keep_unset=True)
