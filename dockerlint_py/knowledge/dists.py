"""The normal form of names on PyPI."""

import re

_RUNS = re.compile(r"[-_.]+")


def normalise(name: str) -> str:
    """`Flask_CORS` is `flask-cors` (the normal form of the packaging specifications)."""
    return _RUNS.sub("-", name).lower()
