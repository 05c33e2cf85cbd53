"""Distribution names."""

import re


def normalise(name: str) -> str:
    """A distribution name in the form in which two names can be compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


_CLASHING = "group main"


def group_key(name: str) -> str:
    """The key of a dependency group in a manifest, where `main` is what the project itself needs.

    A group may be called `main` as well: its key is one that no group can have for a name.
    """
    return _CLASHING if normalise(name) == "main" else name


def group_name(key: str) -> str:
    """The name of a group, of its key."""
    return "main" if key == _CLASHING else key


def extras_in(text: str) -> tuple[str, ...]:
    """The extras between brackets, normalised: `dev, Test_all`."""
    return tuple(normalise(item.strip()) for item in text.split(",") if item.strip())
