"""Errors that a user can mend: bad usage, bad configuration, a bad pack."""

from collections.abc import Iterable


class UserError(Exception):
    """The run cannot start; the message says what to change. Exit status 2."""


class ConfigError(UserError):
    """A configuration file is wrong at a line (from 1; None when the line is not known)."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {message}")
        self.path = path
        self.line = line


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean "x"?)` for the nearest known word, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' (did you mean "{near[0]}"?)' if near else ""
