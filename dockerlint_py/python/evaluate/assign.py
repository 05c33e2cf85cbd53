"""Assignments to names, items and attributes."""

from typing import TYPE_CHECKING

from dockerlint_py.python import expressions as e
from dockerlint_py.python.evaluate.frame import Frame, Raised, placed_in, with_place
from dockerlint_py.python.evaluate.operators import binary, elements, operated, plain_text
from dockerlint_py.python.evaluate.values import (
    ENVIRON_COPY,
    External,
    Items,
    Located,
    Made,
    Mapping,
    ModuleValue,
    ObjectValue,
    Plain,
    PurePath,
    Rest,
    Unresolved,
    Value,
    moved,
)
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator


def assign(
    run: "Evaluator", frame: Frame, target: e.Expr, value: Value, place: Place | None
) -> None:
    """`target = value`."""
    if isinstance(target, e.Name):
        frame.bind(target.name, value if place is None else with_place(value, place), place)
    elif isinstance(target, e.Sub):
        container = run.evaluate(frame, target.value)
        key = run.evaluate(frame, target.key)
        set_item(run, frame, container, key, value, place)
    elif isinstance(target, e.Attr):
        set_attribute(run, frame, run.evaluate(frame, target.value), target.attr, value, place)
    elif isinstance(target, e.Sequence):
        _unpack(run, frame, target, value, place)
    elif isinstance(target, e.Starred):
        assign(run, frame, target.value, Unresolved("unpacked", value.origin), place)


def _unpack(
    run: "Evaluator", frame: Frame, target: e.Sequence, value: Value, place: Place | None
) -> None:
    values = value.values if isinstance(value, Items) else None
    starred = any(isinstance(item, e.Starred) for item in target.items)
    known = values if values is not None and len(values) == len(target.items) else None
    for number, item in enumerate(target.items):
        part: Value = Unresolved("a part of something unknown", value.origin)
        if known is not None and not starred:
            part = known[number]
        assign(run, frame, item, part, place)


def augment(
    run: "Evaluator", frame: Frame, target: e.Expr, op: str, value: Value, place: Place
) -> None:
    """`target op= value`."""
    current = run.evaluate(frame, target)
    if isinstance(current, Mapping) and isinstance(value, Mapping) and op == "|":
        assign(run, frame, target, binary(op, current, value), place)
        return
    if isinstance(current, Items) and current.kind == "list" and op == "+":
        value = _extension(value, place)
    changed = operated(run, op, current, value, place)
    if isinstance(current, Items) and isinstance(changed, Items):
        # A list is changed in place: every name of it sees the new items.
        frame.replace(current, changed, place)
    assign(run, frame, target, changed, place)


def _extension(value: Value, place: Place) -> Value:
    """What `list += value` adds: any iterable will do."""
    items = elements(value)
    if isinstance(value, Items):
        return Items("list", value.items, value.origin)
    if items is not None:
        return Items("list", items, value.origin)
    if isinstance(value, Plain):
        raise Raised("TypeError", "it cannot be iterated over", place)
    return value


def set_item(
    run: "Evaluator",
    frame: Frame,
    container: Value,
    key: Value,
    value: Value,
    place: Place | None,
) -> None:
    """`container[key] = value`."""
    held = placed_in(container, value, frame.meter)
    placed = held if place is None else with_place(held, place)
    if isinstance(container, External) and container.path == "os.environ":
        name = plain_text(key)
        if name is not None:
            run.overlay[name] = placed
    elif isinstance(container, External) and container.path == ENVIRON_COPY:
        frame.replace(container, Unresolved("a copy of the environment was changed"), place)
    elif isinstance(container, Mapping):
        frame.replace(container, _with_entry(container, key, placed), place)
    elif isinstance(container, Items):
        if container.kind != "list" or _is_no_index(container, key):
            raise Raised("TypeError", "its items cannot be set so", place)
        frame.replace(container, _with_item(container, key, placed), place)
    elif isinstance(container, Made):
        name = plain_text(key)
        frame.replace(container, with_key(container, name, placed), place)
    elif isinstance(container, Plain | Located | PurePath):
        raise Raised("TypeError", "its items cannot be set", place)
    else:
        run.doubt()


def _is_no_index(container: Items, key: Value) -> bool:
    """Whether a key is known not to be an index of a list."""
    if isinstance(key, Items | Mapping):
        return True
    if not isinstance(key, Plain):
        return False
    known = container.values
    if isinstance(key.value, int):
        return known is not None and not -len(known) <= key.value < len(known)
    return True


def _with_entry(container: Mapping, key: Value, value: Value) -> Mapping:
    if not isinstance(key, Plain):
        return unsure(container)
    entries = {**container.entries, key.value: value}
    return Mapping(entries, container.origin, is_open=container.is_open)


def unsure(container: Mapping) -> Mapping:
    """A dict any of whose values may have been changed."""
    entries: dict[e.Scalar, Value] = {
        key: Unresolved("it may have been changed", value.origin, value)
        for key, value in container.entries.items()
    }
    return Mapping(entries, container.origin, is_open=True)


def _with_item(container: Items, key: Value, value: Value) -> Items:
    items = list(container.items)
    number = key.value if isinstance(key, Plain) else None
    if isinstance(number, int) and container.values is not None:
        if -len(items) <= number < len(items):
            items[number] = value
        return Items(container.kind, tuple(items), container.origin)
    return Items(container.kind, (Rest("an item was changed"),), container.origin)


def with_key(made: Made, name: str | None, value: Value) -> Made:
    """An external object with an item or attribute that was set."""
    changed = Made(made.path, made.arguments, made.keywords, made.origin, made.place)
    changed.set_keys = {**made.set_keys, name or "?": value}
    return changed


def set_attribute(
    run: "Evaluator",
    frame: Frame,
    holder: Value,
    name: str,
    value: Value,
    place: Place | None,
) -> None:
    """`holder.name = value`."""
    placed = value if place is None else with_place(value, place)
    if isinstance(holder, ObjectValue):
        attributes = {**holder.attributes, name: placed}
        changed = ObjectValue(holder.of, attributes, holder.origin, is_open=holder.is_open)
        frame.replace(holder, changed, place)
    elif isinstance(holder, Made):
        frame.replace(holder, with_key(holder, name, placed), place)
    elif isinstance(holder, ModuleValue):
        run.module(holder.path).bind(name, placed, place)


def erase(run: "Evaluator", frame: Frame, target: e.Expr) -> None:
    """`del target`."""
    if isinstance(target, e.Name):
        frame.names.pop(target.name, None)
    elif isinstance(target, e.Sub):
        container = run.evaluate(frame, target.value)
        key = run.evaluate(frame, target.key)
        if isinstance(container, Mapping) and isinstance(key, Plain):
            entries = {k: v for k, v in container.entries.items() if k != key.value}
            changed = Mapping(entries, container.origin, is_open=container.is_open)
            frame.replace(container, changed)
        elif isinstance(container, Items):
            unknown = Items(container.kind, (Rest("an item was removed"),), container.origin)
            frame.replace(container, unknown)
        else:
            frame.replace(container, moved(Unresolved("changed"), container.origin))
