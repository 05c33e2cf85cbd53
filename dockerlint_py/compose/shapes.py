"""A small language of shapes, in which `schema.py` says what Compose accepts where."""

import re
from typing import TypeAlias

from dockerlint_py.text.regex import regex

STRING = "string"
INTEGER = "integer"
NUMBER = "number"
BOOLEAN = "boolean"
NULL = "null"
OBJECT = "mapping"
ARRAY = "list"

NAME = regex(r"[a-zA-Z0-9._-]+", re.ASCII)


class One:
    """A scalar of one of several types; `choices` are the only values it may have.

    `pattern` is searched for, not anchored, as in JSON schema.
    """

    __slots__ = ("choices", "maximum", "minimum", "pattern", "types")

    def __init__(
        self,
        *types: str,
        choices: tuple[str, ...] = (),
        pattern: re.Pattern[str] | None = None,
        minimum: int | None = None,
        maximum: int | None = None,
    ) -> None:
        self.types = types
        self.choices = choices
        self.pattern = pattern
        self.minimum = minimum
        self.maximum = maximum


class Many:
    """A list; `unique` lists refuse equal items."""

    __slots__ = ("item", "unique")

    def __init__(self, item: "Shape", *, unique: bool = False) -> None:
        self.item = item
        self.unique = unique


class Struct:
    """A mapping with known keys; `x-` keys are free unless `closed`."""

    __slots__ = ("closed", "fields", "required")

    def __init__(
        self,
        fields: "dict[str, Shape]",
        required: tuple[str, ...] = (),
        *,
        closed: bool = False,
    ) -> None:
        self.fields = fields
        self.required = required
        self.closed = closed


class Table:
    """A mapping with the user's own keys. Keys outside `names` are refused, or free if `lax`."""

    __slots__ = ("lax", "names", "value")

    def __init__(
        self, value: "Shape", names: re.Pattern[str] | None = None, *, lax: bool = False
    ) -> None:
        self.value = value
        self.names = names
        self.lax = lax


class Either:
    """One of several shapes of different types."""

    __slots__ = ("shapes",)

    def __init__(self, *shapes: "One | Many | Struct | Table") -> None:
        self.shapes = shapes


class Anything:
    """No constraint."""

    __slots__ = ()


Shape: TypeAlias = One | Many | Struct | Table | Either | Anything


def type_names(shape: Shape) -> tuple[str, ...]:
    """The types that a shape accepts, for a message."""
    if isinstance(shape, One):
        return shape.types
    if isinstance(shape, Many):
        return (ARRAY,)
    if isinstance(shape, Either):
        return tuple(name for each in shape.shapes for name in type_names(each))
    return (OBJECT,)
