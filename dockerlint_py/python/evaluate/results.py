"""Values as Python has them, and as facts for rules."""

from typing import TYPE_CHECKING, TypeAlias

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.python.evaluate.values import (
    FromEnv,
    Items,
    Located,
    Mapping,
    Origin,
    Plain,
    PurePath,
    Unresolved,
    Value,
)
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.python.expressions import Scalar

_MAX_PARTS = 20_000

Python: TypeAlias = "Scalar | list[Python] | tuple[Python, ...] | dict[Scalar, Python] | RepoPath"


class RepoPath(NamedTuple):
    """A path relative to the repository's root, as `BASE_DIR / "static"` gives one."""

    path: str


class NotKnownError(Exception):
    """Raised inside this package only: a value has no Python counterpart."""


def to_python(value: Value) -> "Python":
    """The value as Python has it (sets as tuples); `NotKnownError` when a part of it is unknown."""
    return _Reader().read(value)


class _Reader:
    """Takes a value apart; a value that holds another twice may be endless work, so it counts."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = _MAX_PARTS

    def read(self, value: Value) -> "Python":
        self.left -= 1
        if isinstance(value, Plain):
            return value.value
        if isinstance(value, Located):
            return RepoPath(value.path)
        if isinstance(value, PurePath):
            return value.path
        if isinstance(value, Items):
            values = value.values
            if values is None or self.left < len(values):
                raise NotKnownError
            parts = [self.read(item) for item in values]
            return parts if value.kind == "list" else tuple(parts)
        if isinstance(value, Mapping) and not value.is_open and self.left > len(value.entries):
            return {key: self.read(item) for key, item in value.entries.items()}
        raise NotKnownError


def from_python(value: object, origin: Origin) -> Value:
    """A value of JSON or of a literal."""
    if isinstance(value, str | bytes | int | float | None):
        return Plain(value, origin)
    if isinstance(value, list | tuple | set):
        kind = "list" if isinstance(value, list) else type(value).__name__
        return Items(kind, tuple(from_python(item, origin) for item in value), origin)
    if isinstance(value, dict):
        entries: dict[Scalar, Value] = {
            key: from_python(item, origin)
            for key, item in value.items()
            if isinstance(key, str | bytes | int | float | None)
        }
        return Mapping(entries, origin)
    return Unresolved("a literal of another type", origin)


def to_fact(name: str, value: Value) -> "Known[Python] | Unknown[Python]":
    """The value of a setting as a fact, saying how it came about."""
    try:
        python = to_python(value)
    except NotKnownError:
        why = getattr(value, "why", "") or "it is only partly known"
        maybe = value.maybe if isinstance(value, Unresolved) else None
        return Unknown(f"{name}: {why}", _python_or_none(maybe), value.origin.places)
    places = value.origin.places
    return Known(python, places, says=f"{name} is {python!r}{_because(value.origin.reads)}")


def _python_or_none(value: Value | None) -> "Python | None":
    try:
        return None if value is None else to_python(value)
    except NotKnownError:
        return None


def _because(reads: tuple[FromEnv, ...]) -> str:
    words = [
        f"{read.name} is {'set' if read.state == 'set' else 'not set'}"
        for read in reads
        if read.state != "unknown"
    ]
    return f" ({', '.join(words[:3])})" if words else ""
