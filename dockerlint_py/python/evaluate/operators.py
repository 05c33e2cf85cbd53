"""Operators over values that may be unknown."""

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dockerlint_py.python.evaluate.frame import Raised
from dockerlint_py.python.evaluate.results import NotKnownError, to_python
from dockerlint_py.python.evaluate.values import (
    Items,
    Located,
    Mapping,
    Origin,
    Plain,
    PurePath,
    Rest,
    Text,
    Unresolved,
    Value,
    is_environ,
)
from dockerlint_py.python.evaluate.verdicts import same, truth
from dockerlint_py.python.expressions import Scalar
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator
    from dockerlint_py.text import Place

MAX_TEXT = 100_000
"""Longer strings are not made."""
MAX_ITEMS = 5_000
"""Longer lists are cut off."""
_Operation = Callable[[Any, Any], Any]
_ARITHMETIC: dict[str, _Operation] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "|": operator.or_,
    "&": operator.and_,
    "^": operator.xor,
    "<<": operator.lshift,
    ">>": operator.rshift,
}
_COMPARISONS: dict[str, _Operation] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MAX_NUMBER = 1 << 64
_WIDE_FIELD = regex(r"%(?!(?:\([\w.-]*\))?[sdrifxa%])")


def binary(op: str, left: Value, right: Value) -> Value:
    """`left op right`."""
    origin = left.origin.plus(right.origin)
    if isinstance(left, Plain) and isinstance(right, Plain):
        return _plain(op, left, right)
    if op == "+" and (isinstance(left, Items) or isinstance(right, Items)):
        return _concatenated(left, right)
    if op == "|" and isinstance(left, Mapping) and isinstance(right, Mapping):
        merged = {**left.entries, **right.entries}
        return Mapping(merged, origin, is_open=left.is_open or right.is_open)
    if op == "|" and isinstance(right, Mapping) and is_environ(left):
        return Mapping(right.entries, origin, is_open=True)
    if op == "|" and isinstance(left, Items) and isinstance(right, Items) and left.kind == "set":
        return Items("set", (*left.items, *right.items), origin)
    if op == "/" and isinstance(left, Located | PurePath):
        return joined_path(left, [right])
    if op == "+":
        return text_of([left, right])
    if op == "%" and isinstance(left, Plain) and isinstance(left.value, str):
        return _formatted(left, right)
    return Unresolved(f"{op} of something unknown", origin)


def _plain(op: str, left: Plain, right: Plain) -> Value:
    origin = left.origin.plus(right.origin)
    one, two = left.value, right.value
    operation = _ARITHMETIC.get(op)
    if operation is None or not _is_small(op, one, two):
        return Unresolved(f"{op} is not worked out", origin)
    if op == "%" and isinstance(one, str | bytes):
        return _formatted(left, right)
    try:
        result = operation(one, two)
    except (TypeError, ValueError, ArithmeticError):
        return Unresolved(f"{op} fails here", origin)
    if isinstance(result, str | bytes) and len(result) > MAX_TEXT:
        return Unresolved("too long", origin)
    return Plain(result, origin)


def _is_small(op: str, left: Scalar, right: Scalar) -> bool:
    if op == "*":
        sizes = [len(side) if isinstance(side, str | bytes) else 1 for side in (left, right)]
        counts = [side if isinstance(side, int) else 1 for side in (left, right)]
        if sizes != [1, 1] or isinstance(left, str | bytes) or isinstance(right, str | bytes):
            return max(sizes) * max(*counts, 1) <= MAX_TEXT
    if op in ("<<", ">>") and not (isinstance(right, int) and 0 <= right <= 64):
        return False
    numbers = [side for side in (left, right) if isinstance(side, int)]
    return all(abs(number) < _MAX_NUMBER for number in numbers)


def _concatenated(left: Value, right: Value) -> Value:
    origin = left.origin.plus(right.origin)
    kind = left.kind if isinstance(left, Items) else getattr(right, "kind", "list")
    return Items(kind, bounded((*_as_items(left), *_as_items(right))), origin)


def is_refused(left: Value, right: Value) -> bool:
    """Whether `left + right` is known to raise TypeError."""
    for one, two in ((left, right), (right, left)):
        if isinstance(one, Items) and isinstance(two, Plain | Mapping | Text | Located | PurePath):
            return True
        if isinstance(one, Mapping) and isinstance(two, Plain | Mapping | Text):
            return True
    if isinstance(left, Items) and isinstance(right, Items):
        return left.kind != right.kind or left.kind == "set"
    if isinstance(left, Plain) and isinstance(right, Plain):
        return _family(left.value) != _family(right.value) or left.value is None
    return False


def _family(value: Scalar) -> type:
    return type(value) if isinstance(value, str | bytes | None) else float


def bounded(items: tuple[Value | Rest, ...]) -> tuple[Value | Rest, ...]:
    """The items of a list, cut off where it is too long."""
    return items if len(items) <= MAX_ITEMS else (*items[:MAX_ITEMS], Rest("too long"))


def _as_items(value: Value) -> tuple[Value | Rest, ...]:
    if isinstance(value, Items):
        return value.items
    return (Rest(getattr(value, "why", "not a list"), value.origin),)


def joined_path(base: Value, parts: list[Value]) -> Value:
    """A path and more parts, as `os.path.join` and `/` of pathlib do it."""
    origin = base.origin
    path = base.path if isinstance(base, Located | PurePath) else plain_text(base)
    located = isinstance(base, Located)
    if path is None:
        return Unresolved("a path below something unknown", origin)
    for part in parts:
        origin = origin.plus(part.origin)
        if isinstance(part, Located):
            path, located = part.path, True
            continue
        more = part.path if isinstance(part, PurePath) else plain_text(part)
        if more is None:
            return Unresolved("a path with an unknown part", origin)
        if more.startswith("/"):
            path, located = more, False
        else:
            path = f"{path.rstrip('/')}/{more}" if path and more else (path or more)
    if located:
        return _located(path, origin, is_text=not isinstance(base, Located) or base.is_text)
    if isinstance(base, PurePath | Located) and not (isinstance(base, Located) and base.is_text):
        return PurePath(path, origin)
    return Plain(path, origin)


def _located(path: str, origin: Origin, *, is_text: bool) -> Value:
    """A path below the root; `..` is resolved in text, links are taken not to matter."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return Unresolved("a path outside of the repository", origin)
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return Located("/".join(parts), origin, is_text=is_text)


def plain_text(value: Value) -> str | None:
    """The string that a value is, None when it is none or not known."""
    return value.value if isinstance(value, Plain) and isinstance(value.value, str) else None


def text_of(values: list[Value]) -> Value:
    """The strings of some values, one after another; known parts stay known."""
    parts: list[str | None] = []
    origin = values[0].origin if values else Plain("").origin
    length = 0
    for value in values:
        origin = origin.plus(value.origin)
        added = _text_parts(value)
        length += sum(len(part or "") for part in added)
        if length > MAX_TEXT:
            return Unresolved("too long", origin)
        parts += added
    merged: list[str | None] = []
    for part in parts:
        if merged and part is not None and merged[-1] is not None:
            merged[-1] += part
        elif part is not None or not merged or merged[-1] is not None:
            merged.append(part)
    if values and isinstance(values[0], Located):
        return _after_path(values[0], merged, origin)
    if None not in merged:
        known = "".join(part for part in merged if part)
        return Plain(known, origin)
    if all(part is None for part in merged):
        return Unresolved("text of something unknown", origin)
    return Text(tuple(merged), "a part of the text is unknown", origin)


def _after_path(base: Located, parts: list[str | None], origin: Origin) -> Value:
    rest = "".join(part or "\0" for part in parts[1:])
    if not rest:
        return Located(base.path, origin, is_text=True)
    if rest.startswith("/") and "\0" not in rest:
        return _located(base.path + rest, origin, is_text=True)
    return Unresolved("text after a path", origin)


def _text_parts(value: Value) -> list[str | None]:
    if isinstance(value, Plain):
        return [str(value.value)]
    if isinstance(value, PurePath):
        return [value.path]
    return list(value.parts) if isinstance(value, Text) else [None]


def _formatted(left: Plain, right: Value) -> Value:
    """`left % right` for strings."""
    origin = left.origin.plus(right.origin)
    try:
        given = to_python(right)
        if isinstance(left.value, str) and not _WIDE_FIELD.search(left.value):
            result = left.value % (tuple(given) if isinstance(given, tuple) else given)
            return Plain(result, origin) if len(result) <= MAX_TEXT else Unresolved("long", origin)
    except (NotKnownError, TypeError, ValueError, KeyError, OverflowError):
        pass
    if isinstance(left.value, str):
        return Text((left.value.partition("%")[0], None), "formatted with unknown values", origin)
    return Unresolved("formatted with unknown values", origin)


def compare(op: str, left: Value, right: Value) -> bool | None:
    """`left op right` for one comparison; None when it is unknown."""
    if op in ("in", "not in"):
        found = contains(right, left)
        return found if op == "in" or found is None else not found
    if op in ("is", "is not"):
        result = _identical(left, right)
        return result if op == "is" or result is None else not result
    try:
        one, two = to_python(left), to_python(right)
    except NotKnownError:
        return _equal_unknown(op, left, right)
    if isinstance(left, Located) != isinstance(right, Located):
        return None
    try:
        return bool(_COMPARISONS[op](one, two))
    except TypeError:
        return None


def _equal_unknown(op: str, left: Value, right: Value) -> bool | None:
    """What is partly known may be known to differ."""
    for one, two in ((left, right), (right, left)):
        known = plain_text(two)
        if (
            isinstance(one, Text)
            and known is not None
            and op in ("==", "!=")
            and not known.startswith(one.prefix)
        ):
            return op == "!="
    return None


def _identical(left: Value, right: Value) -> bool | None:
    if isinstance(left, Unresolved) or isinstance(right, Unresolved):
        return None
    singletons = (None, True, False)
    for one, two in ((left, right), (right, left)):
        if isinstance(one, Plain) and any(one.value is single for single in singletons):
            return isinstance(two, Plain) and two.value is one.value
    return None


def contains(container: Value, item: Value) -> bool | None:
    """Whether a container holds an item; None when it may or may not."""
    if isinstance(container, Items):
        unsure = False
        for held in container.items:
            if isinstance(held, Rest | Unresolved | Text):
                unsure = True
            elif same(held, item):
                return True
        return None if unsure or not isinstance(item, Plain) else False
    if isinstance(container, Mapping) and isinstance(item, Plain):
        if item.value in container.entries:
            return True
        return None if container.is_open else False
    text, part = plain_text(container), plain_text(item)
    return part in text if text is not None and part is not None else None


def negated(value: Value) -> Value:
    """`not value`."""
    known = truth(value)
    if known is None:
        return Unresolved("not of something unknown", value.origin)
    return Plain(not known, value.origin)


def operated(run: "Evaluator", op: str, left: Value, right: Value, place: "Place") -> Value:
    """`left op right`; `Raised` where Python is known to refuse it."""
    if op == "+" and is_refused(left, right):
        raise Raised("TypeError", "it cannot be added", place)
    result = binary(op, left, right)
    if any(isinstance(value, Unresolved | Text) for value in (left, right, result)):
        run.doubt()
    return result


def elements(value: Value) -> tuple[Value, ...] | None:
    """What iterating over a value gives, None when that is unknown."""
    if isinstance(value, Items):
        return value.values
    if isinstance(value, Mapping) and not value.is_open:
        return tuple(Plain(key, value.origin) for key in value.entries)
    if isinstance(value, Plain) and isinstance(value.value, str) and len(value.value) < 1000:
        return tuple(Plain(character, value.origin) for character in value.value)
    return None
