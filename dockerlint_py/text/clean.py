"""Audited text made safe to print: no terminal escapes, no direction tricks, no line breaks."""

import re

from dockerlint_py.text.regex import regex

# C0 and C1 controls, zero-width characters, line and paragraph separators, bidirectional marks,
# surrogates, invisible tags.
_UNSAFE = regex(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_RUNNER_COMMAND = regex(r"##(?=[A-Za-z]*\[)")


def clean(text: str) -> str:
    """The text on one line, with everything escaped that could act on a terminal or a CI log.

    A tab becomes a space, so that columns stay columns; other unsafe characters become `\\x1b`.
    The runners of GitHub, Azure and TeamCity obey `##[command]`, `##vso[command]` and
    `##teamcity[command]` anywhere in a line.
    """
    text = _UNSAFE.sub(_escape, text)
    return _RUNNER_COMMAND.sub(r"##\\", text) if "##" in text else text


def inert(line: str) -> str:
    """A clean line that GitHub's runner does not obey: `::command` is one where a line begins."""
    rest = line.lstrip()
    return f"{line[: len(line) - len(rest)]}\\{rest}" if rest.startswith("::") else line


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character == "\t":
        return " "
    code = ord(character)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
