"""From bytes to text as Python itself decodes a source file (PEP 263)."""

import codecs

from dockerlint_py.python.records import Problem
from dockerlint_py.text.regex import regex

_COOKIE = regex(rb"[ \t\f]*#[^\n\r]{0,200}?coding[:=][ \t]*([-\w.]{1,60})")
_BLANK = regex(rb"[ \t\f]*(?:#[^\r\n]*)?\r?\n?\Z")


def declared_encoding(data: bytes) -> str:
    """The encoding that a byte order mark or a comment in the first two lines declares."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    head = data[:2000].splitlines()[:2]
    for number, line in enumerate(head):
        if number and not _BLANK.match(head[0]):
            break
        cookie = _COOKIE.match(line)
        if cookie:
            return cookie.group(1).decode("ascii", "replace")
    return "utf-8"


def decode(data: bytes) -> str | Problem:
    """The text of a Python file with its own line ends, a byte order mark kept as U+FEFF.

    A problem when the declared encoding is not known or the bytes are not in it.
    """
    name = declared_encoding(data)
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return Problem("encoding", f"unknown encoding {name}", 0)
    if not getattr(codec, "_is_text_encoding", True):
        return Problem("encoding", f"{name} is not a text encoding", 0)
    try:
        return codec.decode(data)[0]
    except UnicodeError as error:
        return Problem("encoding", f"not {codec.name}: {error.args[-1]}")
