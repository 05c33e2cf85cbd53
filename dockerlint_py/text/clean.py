"""Audited text made safe to print: no terminal escapes, no direction tricks, no line breaks."""

import re

# C0 and C1 controls, zero-width characters, line and paragraph separators, bidirectional marks.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)


def clean(text: str) -> str:
    """The text on one line, with every character that could act on a terminal or log escaped.

    A tab becomes a space, so that columns stay columns; anything else unsafe becomes `\\x1b`.
    """
    return _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character == "\t":
        return " "
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
