"""Distribution names."""

import re


def normalise(name: str) -> str:
    """A distribution name in the form in which two names can be compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
