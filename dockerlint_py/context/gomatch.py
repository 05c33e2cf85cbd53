"""Patterns of Go's `filepath.Match`, and Docker's extension of them with `**`.

`COPY` and `ADD` sources are `filepath.Match` patterns; a line of a `.dockerignore` is one with `**`
(https://docs.docker.com/build/concepts/context/#syntax). An escape or a class is written as Go
writes it: `[^a]`, never `[!a]`; a malformed pattern makes the build fail.
"""

import re
from functools import lru_cache

from dockerlint_py.context.globs import (
    ANYTHING,
    FOLDERS,
    MAX_PATTERN,
    NOT_SLASH,
    STAR,
    Glob,
    Repeat,
    Token,
    literal,
)

_META = frozenset("*?[\\")
_NOT_PLAIN = _META | {"]"}


class BadPatternError(ValueError):
    """A pattern that Go refuses."""


@lru_cache(maxsize=1024)
def go_glob(pattern: str) -> Glob:
    """The pattern of `filepath.Match`: `*` and `?` never take a slash, `**` is `*` twice.

    Raises `BadPatternError`.
    """
    return _glob(pattern, _tokens(pattern, deep=False))


@lru_cache(maxsize=1024)
def docker_glob(pattern: str) -> Glob:
    """The (cleaned) pattern of a `.dockerignore` line.

    `**/` and `**` take any number of whole folders, `**` at the end takes anything, and so does
    `**` at the start when only plain text follows (`**.pyc`). Raises `BadPatternError`.
    """
    tokens = _tokens(pattern, deep=True)
    if tokens[:1] == [FOLDERS] and pattern[2] != "/" and _NOT_PLAIN.isdisjoint(pattern[2:]):
        tokens[0] = ANYTHING
    return _glob(pattern, tokens)


def is_go_pattern(text: str) -> bool:
    """Whether the text has a wildcard, a class or an escape."""
    return not _META.isdisjoint(text)


def _glob(pattern: str, tokens: list[Token]) -> Glob:
    return Glob(tokens, None if is_go_pattern(pattern) else pattern)


def _tokens(pattern: str, *, deep: bool) -> list[Token]:
    if len(pattern) > MAX_PATTERN:
        raise BadPatternError(f"longer than {MAX_PATTERN} characters")
    tokens: list[Token] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == "*":
            token, at = _star(pattern, at, deep=deep)
        elif character == "?":
            token, at = NOT_SLASH, at + 1
        elif character == "[":
            token, at = _class(pattern, at)
        else:
            plain, at = _escaped(pattern, at)
            token = literal(plain)
        if token.repeat is Repeat.ONCE or tokens[-1:] != [token]:
            tokens.append(token)
    return tokens


def _star(pattern: str, at: int, *, deep: bool) -> tuple[Token, int]:
    if not deep or pattern[at : at + 2] != "**":
        return STAR, at + 1
    at += 2
    if pattern[at : at + 1] == "/":
        at += 1
    return (FOLDERS if at < len(pattern) else ANYTHING), at


def _escaped(pattern: str, at: int) -> tuple[str, int]:
    """The character at an offset, which a backslash may quote, and the offset behind it."""
    if pattern[at] != "\\":
        return pattern[at], at + 1
    if at + 1 == len(pattern):
        raise BadPatternError("ends with a backslash")
    return pattern[at + 1], at + 2


def _class(pattern: str, at: int) -> tuple[Token, int]:
    """The class that starts with the bracket at an offset, and the offset behind it."""
    at += 1
    negated = pattern[at : at + 1] == "^"
    at += negated
    ranges: list[str] = []
    while not (ranges and pattern[at : at + 1] == "]"):
        low, at = _class_member(pattern, at)
        high = low
        if pattern[at : at + 1] == "-":
            high, at = _class_member(pattern, at + 1)
        if low <= high:
            ranges.append(f"{re.escape(low)}-{re.escape(high)}")
        else:
            ranges.append("")
    body = "".join(ranges)
    if not body:
        return Token(Repeat.ONCE, "." if negated else "(?!)"), at + 1
    return Token(Repeat.ONCE, f"[{'^' if negated else ''}{body}]"), at + 1


def _class_member(pattern: str, at: int) -> tuple[str, int]:
    if at >= len(pattern) or pattern[at] in "-]":
        raise BadPatternError("a class that is not closed or has a stray '-' or ']'")
    return _escaped(pattern, at)
