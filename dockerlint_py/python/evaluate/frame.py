"""The names of running code, and what two ways through it have in common."""

import builtins
from collections.abc import Iterable, Sequence
from typing import TypeVar

from dockerlint_py.python.evaluate.meter import Meter
from dockerlint_py.python.evaluate.values import (
    Items,
    Mapping,
    ObjectValue,
    Origin,
    Rest,
    Unresolved,
    Value,
    moved,
)
from dockerlint_py.python.evaluate.verdicts import same
from dockerlint_py.python.records import ModuleFacts
from dockerlint_py.text import Place, Source

_MAX_SWAP = 8
Key = TypeVar("Key")


class Raised(Exception):  # noqa: N818 (it stands for any exception of the code that is evaluated)
    """The evaluated code raises; `name` is the last part of the exception's name.

    `variables` are those of the environment that it raises for want of.
    """

    def __init__(
        self,
        name: str,
        why: str = "",
        place: Place | None = None,
        variables: tuple[str, ...] = (),
    ) -> None:
        super().__init__(why or name)
        self.name = name
        self.why = why or name
        self.place = place
        self.variables = variables

    def blame(self, value: Value) -> None:
        """Takes the variables that a value lacks for the cause, unless a nearer one is known."""
        self.variables = self.variables or value.origin.unset


class Frame:
    """The names of a module, class body or call.

    `places` tells where a name was last changed. Names that are not bound here are looked for in
    `outer`. `pending` are values that the function may have returned already.
    """

    __slots__ = ("facts", "meter", "names", "outer", "pending", "places", "source")

    def __init__(
        self,
        facts: ModuleFacts,
        source: Source,
        outer: "Frame | None" = None,
        meter: Meter | None = None,
    ) -> None:
        self.facts = facts
        self.source = source
        self.outer = outer
        self.meter: Meter = outer.meter if outer is not None else meter or Meter()
        self.names: dict[str, Value] = {}
        self.places: dict[str, Place] = {}
        self.pending: list[Value] = []

    @property
    def path(self) -> str:
        """The file that the code is in."""
        return self.facts.path

    def place(self, start: int, end: int) -> Place:
        """A place in that file."""
        return self.source.place(start, end)

    def find(self, name: str) -> Value | None:
        """The value of a name, here or further out."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.names:
                return frame.names[name]
            frame = frame.outer
        return None

    def bind(self, name: str, value: Value, place: Place | None = None) -> None:
        """Binds a name here."""
        self.names[name] = value
        if place is not None:
            self.places[name] = place

    def replace(self, old: Value, new: Value, place: Place | None = None) -> None:
        """Puts a changed value wherever the old object is held: names are shared references."""
        frame: Frame | None = self
        while frame is not None:
            self.meter.spend(len(frame.names) // 8)
            for name, value in frame.names.items():
                changed = _swapped(value, old, new, self.meter)
                if changed is not value:
                    frame.names[name] = changed
                    if place is not None:
                        frame.places[name] = place
            frame = frame.outer

    def blur(self, why: str, origin: Origin) -> None:
        """Makes every name unknown: something that cannot be read may set it."""
        for name, value in self.names.items():
            self.names[name] = Unresolved(why, value.origin.plus(origin), _likely(value))


def _swapped(value: Value, old: Value, new: Value, meter: Meter, depth: int = 0) -> Value:
    if value is old:
        return new
    if depth > _MAX_SWAP:
        return value
    if isinstance(value, Items):
        meter.spend(len(value.items) // 8)
        items = tuple(
            item if isinstance(item, Rest) else _swapped(item, old, new, meter, depth + 1)
            for item in value.items
        )
        changed = any(one is not two for one, two in zip(items, value.items, strict=True))
        return Items(value.kind, items, value.origin) if changed else value
    if isinstance(value, Mapping):
        entries = _swapped_values(value.entries, old, new, meter, depth)
        return value if entries is None else Mapping(entries, value.origin, is_open=value.is_open)
    if isinstance(value, ObjectValue):
        names = _swapped_values(value.attributes, old, new, meter, depth)
        if names is not None:
            return ObjectValue(value.of, names, value.origin, is_open=value.is_open)
    return value


def _swapped_values(
    values: dict[Key, Value], old: Value, new: Value, meter: Meter, depth: int
) -> dict[Key, Value] | None:
    meter.spend(len(values) // 8)
    result = {key: _swapped(value, old, new, meter, depth + 1) for key, value in values.items()}
    changed = any(result[key] is not value for key, value in values.items())
    return result if changed else None


def placed_in(holder: Value, value: Value, meter: Meter) -> Value:
    """The value to put into a container; unknown when it holds the container itself."""
    if _swapped(value, holder, _ITSELF, meter) is not value or value is holder:
        return _ITSELF
    return value


_ITSELF = Unresolved("it holds itself")


def join(left: Value, right: Value, depth: int = 0) -> Value:
    """What is known when either of two values may be the case."""
    if same(left, right):
        return left
    origin = left.origin.plus(right.origin)
    if depth > _MAX_SWAP:
        return Unresolved("it depends on something unknown", origin)
    if isinstance(left, Items) and isinstance(right, Items) and left.kind == right.kind:
        return Items(left.kind, _joined_items(left, right), origin)
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        entries = {
            key: join(value, right.entries[key], depth + 1)
            if key in right.entries
            else _perhaps(value)
            for key, value in left.entries.items()
        }
        entries |= {
            key: _perhaps(value) for key, value in right.entries.items() if key not in left.entries
        }
        return Mapping(entries, origin, is_open=left.is_open or right.is_open)
    return Unresolved("it depends on something unknown", origin, _likely(left) or _likely(right))


def _likely(value: Value) -> Value | None:
    return value.maybe if isinstance(value, Unresolved) else value


def _perhaps(value: Value) -> Value:
    return Unresolved("it may be absent", value.origin, _likely(value))


def _joined_items(left: Items, right: Items) -> tuple[Value | Rest, ...]:
    """The items that both begin and end with, and unknown ones between them."""
    start = _common(left.items, right.items)
    end = _common(left.items[start:][::-1], right.items[start:][::-1])
    middle = Rest("it depends on something unknown", left.origin.plus(right.origin))
    tail = left.items[len(left.items) - end :] if end else ()
    return (*left.items[:start], middle, *tail)


def _common(left: Sequence[Value | Rest], right: Sequence[Value | Rest]) -> int:
    count = 0
    for one, two in zip(left, right, strict=False):
        if not same(one, two):
            break
        count += 1
    return count


def join_names(states: Iterable[dict[str, Value]]) -> dict[str, Value]:
    """The names after one of several ways through the code."""
    first, *others = states
    result = dict(first)
    for state in others:
        for name in result.keys() | state.keys():
            if name in result and name in state:
                result[name] = join(result[name], state[name])
            else:
                result[name] = _perhaps(result.get(name) or state[name])
    return result


def with_place(value: Value, place: Place) -> Value:
    """The value with a place at which it was read; lists and dicts stay the same objects."""
    return value if isinstance(value, Items | Mapping) else moved(value, Origin((place,)))


def catches(handled: tuple[str, ...], raised: str) -> bool:
    """Whether an `except` clause of these names catches an exception of that name."""
    if not handled:
        return True
    thrown = getattr(builtins, raised, None)
    for name in handled:
        last = name.rpartition(".")[2]
        if last == raised or last in ("Exception", "BaseException"):
            return True
        caught = getattr(builtins, last, None)
        if isinstance(thrown, type) and isinstance(caught, type) and issubclass(thrown, caught):
            return True
    return False
