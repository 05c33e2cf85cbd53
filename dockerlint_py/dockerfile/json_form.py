"""The exec form: `["executable", "argument"]`.

BuildKit reads the whole text after the flags as strict JSON. An array of strings is the exec form,
another array is an error, and anything else, such as single quotes, is silently the shell form.
"""

from collections.abc import Iterator

from dockerlint_py.dockerfile.splice import Part, splice
from dockerlint_py.dockerfile.syntax import Word
from dockerlint_py.text import LogicalText
from dockerlint_py.text.regex import regex

_BLANKS = regex(r"[ \t\r\n]*+")
_STRING = regex(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+)"[ \t\r\n]*+([,\]])')
_ESCAPE = regex(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_CONTROLS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_MAYBE_OTHER = regex(r'\[[ \t\r\n]*+(?:["\[{]|-?[0-9]|true|false|null)')


def read_strings(word: Word) -> tuple[Word, ...] | None:
    """The elements of a JSON array of strings, each with its own mapping; None for other text."""
    text = word.owner.text
    if text[word.start : word.start + 1] != "[":
        return None
    at = _skip_blanks(text, word.start + 1, word.end)
    elements: list[Word] = []
    if text[at : at + 1] == "]":
        closed = True
        at += 1
    else:
        closed = False
    while not closed:
        match = _STRING.match(text, at, word.end)
        if match is None:
            return None
        elements.append(_element(word.owner, match.start(1), match.end(1)))
        closed = match[2] == "]"
        at = _skip_blanks(text, match.end(), word.end)
    return tuple(elements) if _skip_blanks(text, at, word.end) == word.end else None


def is_other_array(text: str) -> bool:
    """Whether a text that `read_strings` refused is a valid JSON array all the same."""
    if not _MAYBE_OTHER.match(text) or not text.endswith("]"):
        return False
    import json

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=refuse)
    except (ValueError, RecursionError):
        return False
    return True


def _skip_blanks(text: str, at: int, end: int) -> int:
    match = _BLANKS.match(text, at, end)
    return match.end() if match else at


def _element(owner: LogicalText, start: int, end: int) -> Word:
    if "\\" not in owner.text[start:end]:
        return Word(owner, start, end)
    decoded = splice(owner, _parts(owner.text, start, end))
    return Word(decoded, 0, len(decoded))


def _parts(text: str, start: int, end: int) -> Iterator[Part]:
    for match in _ESCAPE.finditer(text, start, end):
        if match.start() > start:
            yield Part(start, match.start())
        yield Part(match.start(), match.end(), _decoded(match[0]))
        start = match.end()
    if end > start:
        yield Part(start, end)


def _decoded(escape: str) -> str:
    """The character that an escape sequence stands for; half a surrogate pair is U+FFFD."""
    if escape[1] != "u":
        return _CONTROLS.get(escape[1], escape[1])
    units = [int(escape[at : at + 4], 16) for at in range(2, len(escape), 6)]
    if len(units) == 2:
        return chr(0x10000 + ((units[0] - 0xD800) << 10) + (units[1] - 0xDC00))
    return "\ufffd" if 0xD800 <= units[0] < 0xE000 else chr(units[0])
