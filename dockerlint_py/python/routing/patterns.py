"""Paths with holes, and whether they fit a path that is asked for."""

from collections.abc import Iterable
from typing import TypeAlias

from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import Text, Value
from dockerlint_py.text.regex import regex

SOME = "\x01"
"""Stands for at least one character other than a slash."""
ANY = "\x02"
"""Stands for anything at all; nothing that follows it counts."""
Pattern: TypeAlias = str
"""A path in which `SOME` and `ANY` stand for what is open."""

_STARLETTE = regex(r"\{[^{}:]{1,200}(?::([^{}]{0,200}))?\}")
_WERKZEUG = regex(r"<(?:([^<>:()]{1,200})(?:\([^<>]{0,200}\))?:)?[^<>:]{1,200}>")
_IN_ONE_SEGMENT = frozenset({"default", "float", "int", "slug", "str", "string", "uuid"})
"""Converters of Starlette, Werkzeug and Django that take no slash."""


def answers(patterns: Iterable[Pattern], path: str) -> bool:
    """Whether one of the patterns may fit a path, with or without a slash at its end."""
    bare = path.rstrip("/")
    return any(_fits(each, bare) or _fits(each, bare + "/") for each in patterns)


def _fits(pattern: Pattern, path: str) -> bool:
    fixed, is_open, _ = pattern.partition(ANY)
    wanted, given = fixed.split("/"), path.split("/")
    if not is_open:
        return len(wanted) == len(given) and all(map(_fits_segment, wanted, given))
    *whole, last = wanted
    if len(given) < len(wanted) or not all(map(_fits_segment, whole, given)):
        return False
    return given[len(whole)].startswith(last.partition(SOME)[0])


def _fits_segment(wanted: str, given: str) -> bool:
    head, is_open, _ = wanted.partition(SOME)
    return given.startswith(head) and len(given) > len(head) if is_open else given == wanted


def of_starlette(path: str) -> Pattern:
    """The pattern of `/items/{item}`."""
    return _STARLETTE.sub(lambda match: _hole(match[1]), path)


def of_werkzeug(path: str) -> Pattern:
    """The pattern of `/items/<int:item>`, which Django writes like that too."""
    return _WERKZEUG.sub(lambda match: _hole(match[1]), path)


def _hole(converter: str | None) -> str:
    return SOME if (converter or "str").strip() in _IN_ONE_SEGMENT else ANY


def of_value(value: Value) -> Pattern:
    """A value that is a path, or a part of one; what is not known of it is open."""
    text = plain_text(value)
    if text is not None:
        return text
    return (value.prefix if isinstance(value, Text) else "") + ANY
