"""Distribution names."""

import re


def normalise(name: str) -> str:
    """A distribution name in the form in which two names can be compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def extras_in(text: str) -> tuple[str, ...]:
    """The extras between brackets, normalised: `dev, Test_all`."""
    return tuple(normalise(item.strip()) for item in text.split(",") if item.strip())
