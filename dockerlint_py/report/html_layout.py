"""Where the boxes of the map's picture stand: geometry without markup. Lengths are in pixels."""

from collections.abc import Iterator, Mapping, Sequence

from dockerlint_py.record import NamedTuple

WIDTH = 230
LINE = 17
PAD = 10
GAP = 26
COLUMN_GAP = 70
HEADER = 30
MAX_COLUMNS = 8
"""Longer chains share the last column: a picture may be wide, but not endless."""


class Item(NamedTuple):
    """What is to be placed: its key, how many lines it has, which other items it points to."""

    key: str
    lines: int
    needs: tuple[str, ...] = ()


class Box(NamedTuple):
    """A placed item."""

    x: int
    y: int
    width: int
    height: int


class Arrow(NamedTuple):
    """From the right side of one box to the left side of another."""

    source: str
    target: str


class Layout(NamedTuple):
    """Boxes by key, arrows between them, and the size of the whole."""

    boxes: Mapping[str, Box]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def in_columns(items: Sequence[Item]) -> Layout:
    """Items in columns: each stands to the left of what it needs.

    There is no arrow for a need that other arrows already lead to.
    """
    depths = _depths(items)
    deepest = max(depths.values(), default=0)
    columns: dict[int, list[Item]] = {}
    for item in items:
        columns.setdefault(deepest - depths[item.key], []).append(item)
    tallest = max((_height(column) for column in columns.values()), default=0)
    boxes: dict[str, Box] = {}
    for number, column in columns.items():
        y = HEADER + (tallest - _height(column)) // 2
        for item in column:
            height = item.lines * LINE + 2 * PAD
            boxes[item.key] = Box(PAD + number * (WIDTH + COLUMN_GAP), y, WIDTH, height)
            y += height + GAP
    return _sized(boxes, tuple(_arrows(items)))


def _height(column: Sequence[Item]) -> int:
    return sum(item.lines * LINE + 2 * PAD for item in column) + GAP * (len(column) - 1)


def _arrows(items: Sequence[Item]) -> Iterator[Arrow]:
    needs = {item.key: item.needs for item in items}
    below = {key: _reachable(key, needs) for key in needs}
    for key, direct in needs.items():
        for need in direct:
            others = (each for each in direct if each not in (need, key))
            implied = any(need in below.get(o, ()) and key not in below.get(o, ()) for o in others)
            if need in needs and not implied:
                yield Arrow(key, need)


def _reachable(start: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        for need in needs.get(todo.pop(), ()):
            if need not in found:
                found.add(need)
                todo.append(need)
    return found


def in_rows(items: Sequence[Item], per_row: int = 3) -> Layout:
    """Items that have nothing to do with each other, a few in a row."""
    boxes: dict[str, Box] = {}
    y = HEADER
    for start in range(0, len(items), per_row):
        row = items[start : start + per_row]
        height = max(item.lines for item in row) * LINE + 2 * PAD
        for number, item in enumerate(row):
            boxes[item.key] = Box(PAD + number * (WIDTH + GAP), y, WIDTH, height)
        y += height + GAP
    return _sized(boxes, ())


def _depths(items: Sequence[Item]) -> dict[str, int]:
    """How long the longest chain of needs is that begins at each item."""
    depths = {item.key: 0 for item in items}
    for _ in range(MAX_COLUMNS - 1):  # as deep as it gets, and an end for circles
        for item in items:
            below = (depths[need] + 1 for need in item.needs if need in depths)
            depths[item.key] = min(max(below, default=0), MAX_COLUMNS - 1)
    return depths


def _sized(boxes: Mapping[str, Box], arrows: tuple[Arrow, ...]) -> Layout:
    width = max((box.x + box.width for box in boxes.values()), default=0) + PAD
    height = max((box.y + box.height for box in boxes.values()), default=0) + PAD
    return Layout(boxes, arrows, width, height)
