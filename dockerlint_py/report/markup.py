"""Audited text inside Markdown: shown as it is, never a link, an image, a mention or HTML."""

import re

from dockerlint_py.report.backticks import parts
from dockerlint_py.text import clean
from dockerlint_py.text.regex import regex

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = regex(r"[&<>]|[\\`*_\[\]|~$]|@|#(?=[0-9])|:(?=//)|www(?=[.])")
_AUTOLINKED = ("@", "#", ":", "www")
"""GitHub makes links of what begins so; a space without width behind it keeps it from that."""


def escape(text: str) -> str:
    """Text in which only what stands between backticks is marked up, as code."""
    return "".join(code(part) if is_code else _plain(part) for part, is_code in parts(clean(text)))


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
