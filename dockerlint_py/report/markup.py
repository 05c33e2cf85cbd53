"""Audited text inside Markdown: shown as it is, never a link, an image, a mention or HTML."""

import re

from dockerlint_py.text import clean
from dockerlint_py.text.regex import regex

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = regex(r"[&<>]|[\\`*_\[\]|~$]|@|#(?=[0-9])|:(?=//)|www(?=[.])")
_AUTOLINKED = ("@", "#", ":", "www")
"""GitHub makes links of what begins so; a space without width behind it keeps it from that."""


def escape(text: str) -> str:
    """Text in which only what stands between backticks is marked up, as code."""
    parts = clean(text).split("`")
    if len(parts) % 2 == 0:  # the last backtick has no partner
        parts[-2:] = [f"{parts[-2]}`{parts[-1]}"]
    return "".join(
        f"<code>{_plain(part)}</code>" if number % 2 else _plain(part)
        for number, part in enumerate(parts)
    )


def code(text: str) -> str:
    """Text as code, whatever characters it holds."""
    return f"<code>{_plain(clean(text))}</code>"


def _plain(text: str) -> str:
    return _MARKUP.sub(_harmless, text)


def _harmless(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in _AUTOLINKED:
        return f"{sign}&#8203;"
    return _ENTITIES.get(sign) or f"\\{sign}"
