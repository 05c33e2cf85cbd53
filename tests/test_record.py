"""Records behave as `typing.NamedTuple` does, whose place they take."""

import copy
import pickle
import sys
import typing
from typing import Any, Generic, TypeVar

import pytest

from dockerlint_py import record

T = TypeVar("T")


class Point(record.NamedTuple):
    """A class with a default and a method."""

    x: int
    y: int = 2

    @property
    def sum(self) -> int:
        return self.x + self.y


class Theirs(typing.NamedTuple):
    x: int
    y: int = 2


class Box(record.NamedTuple, Generic[T]):
    content: T


class Labelled(Point):
    """A subclass shares the fields."""


CALLS: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    ((1,), {}),
    ((1, 3), {}),
    ((), {"x": 1}),
    ((1,), {"y": 5}),
    ((), {}),
    ((1, 2, 3), {}),
    ((1,), {"x": 1}),
    ((1,), {"z": 1}),
    ((), {"y": 1}),
    ((), {"y": 1, "x": 3}),
    ((1, 2), {"y": 1}),
)


def made(factory: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    try:
        return tuple(factory(*arguments, **named))
    except (TypeError, ValueError):
        return None


@pytest.mark.parametrize(("arguments", "named"), CALLS)
def test_takes_what_a_named_tuple_takes(arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    class Fresh(record.NamedTuple):
        x: int
        y: int = 2

    theirs = made(Theirs, arguments, named)
    for _ in range(30):
        assert made(Fresh, arguments, named) == theirs, "a constructor of its own comes at last"
    assert made(Fresh._make, (arguments,), {}) == made(Theirs._make, (arguments,), {})


@pytest.mark.parametrize("changes", [{}, {"x": 9}, {"y": 9}, {"z": 9}])
def test_replaces_what_a_named_tuple_replaces(changes: dict[str, Any]) -> None:
    assert made(Point(1)._replace, (), changes) == made(Theirs(1)._replace, (), changes)


def test_is_a_tuple_with_names() -> None:
    point = Point(1)
    x, y = point
    assert (x, y) == (point.x, point.y) == point == Theirs(1)
    assert point.sum == 3
    assert hash(point) == hash(Theirs(1))
    assert repr(point) == "Point(x=1, y=2)"
    assert Point._fields == Theirs._fields == Point.__match_args__
    assert Point._field_defaults == Theirs._field_defaults
    assert point._asdict() == {"x": 1, "y": 2}
    assert not hasattr(point, "__dict__")
    with pytest.raises(AttributeError):
        point.x = 3  # type: ignore[misc]
    match point:
        case Point(x, y=2):
            assert x == 1


def test_copies_pickles_and_inherits() -> None:
    point = Labelled(4)
    assert copy.copy(point) == copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == (4, 2)
    assert type(pickle.loads(pickle.dumps(point))) is Labelled
    assert repr(point) == "Labelled(x=4, y=2)"
    assert type(Point(1)) is Point


def test_may_be_generic() -> None:
    box: Box[int] = Box[int](5)
    assert box.content == 5
    assert type(box) is Box


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="typing's own class is used there")
def test_gets_a_constructor_when_it_has_made_some_instances() -> None:
    class Fresh(record.NamedTuple):
        x: int
        y: int = 2

    for number in range(record._BEFORE_COMPILING):  # type: ignore[attr-defined]
        assert Fresh(number) == (number, 2)
        assert "__new__" not in vars(Fresh)
    assert Fresh(1) == Fresh(x=1) == (1, 2)
    assert "__new__" in vars(Fresh)
