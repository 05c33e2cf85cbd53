"""The normal form of names on PyPI."""

from dockerlint_py.text.regex import regex

_RUNS = regex(r"[-_.]+")


def normalise(name: str) -> str:
    """`Flask_CORS` is `flask-cors` (the normal form of the packaging specifications)."""
    return _RUNS.sub("-", name).lower()
