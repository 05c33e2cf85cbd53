"""JSON text, and places in it, the same way in every report."""

import json
from typing import Any

from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

_RUNNER_COMMAND = regex(r"(##[A-Za-z]*)\[")


def to_json(document: Any) -> str:
    """The document as indented JSON, safe to print in the log of a CI runner."""
    text = json.dumps(document, indent=2)
    # The same string to a JSON reader, but no command to a CI runner that sees it in a log.
    return _RUNNER_COMMAND.sub(r"\1\\u005b", text) + "\n"


def location(place: Place, path: str) -> dict[str, Any]:
    """A place, at the path that reports show."""
    start, end = place.start, place.end
    return {
        "path": path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }
