"""The value of each kind of expression."""

import builtins
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dockerlint_py.python import expressions as e
from dockerlint_py.python.evaluate import assign, lookup
from dockerlint_py.python.evaluate.frame import Frame, Raised, join
from dockerlint_py.python.evaluate.operators import compare, elements, negated, operated, text_of
from dockerlint_py.python.evaluate.values import (
    NOWHERE,
    External,
    Items,
    LambdaValue,
    Mapping,
    Origin,
    Plain,
    Rest,
    Unresolved,
    Value,
    moved,
)
from dockerlint_py.python.evaluate.verdicts import truth

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

_MAX_ELEMENTS = 300


def compute(run: "Evaluator", frame: Frame, expr: e.Expr) -> Value:
    """The value of an expression."""
    handler = _HANDLERS.get(type(expr))
    if handler is None:
        return Unresolved("it is not followed")
    return handler(run, frame, expr)


def _const(_: "Evaluator", frame: Frame, expr: e.Const) -> Value:
    return Plain(expr.value, Origin((frame.place(expr.start, expr.end),)))


def _name(_: "Evaluator", frame: Frame, expr: e.Name) -> Value:
    found = frame.find(expr.name)
    if found is not None:
        return found
    if hasattr(builtins, expr.name):
        return External(expr.name)
    return Unresolved(f"{expr.name} is not bound here")


def _attr(run: "Evaluator", frame: Frame, expr: e.Attr) -> Value:
    return lookup.attribute(run, run.evaluate(frame, expr.value), expr.attr)


def _sub(run: "Evaluator", frame: Frame, expr: e.Sub) -> Value:
    holder = run.evaluate(frame, expr.value)
    place = frame.place(expr.start, expr.end)
    if isinstance(expr.key, e.Slice):
        bounds = [
            Plain(None) if bound is None else run.evaluate(frame, bound)
            for bound in (expr.key.lower, expr.key.upper, expr.key.step)
        ]
        return lookup.part(holder, bounds)
    return lookup.item(run, holder, run.evaluate(frame, expr.key), place)


def _call(run: "Evaluator", frame: Frame, expr: e.Call) -> Value:
    return run.call(frame, expr)


def _format(run: "Evaluator", frame: Frame, expr: e.Format) -> Value:
    if not expr.parts:
        return Plain("")
    return text_of([run.evaluate(frame, part) for part in expr.parts])


def _field(run: "Evaluator", frame: Frame, expr: e.Field) -> Value:
    value = run.evaluate(frame, expr.value)
    return value if expr.plain else Unresolved("formatted", value.origin)


def _binary(run: "Evaluator", frame: Frame, expr: e.Binary) -> Value:
    left, right = run.evaluate(frame, expr.left), run.evaluate(frame, expr.right)
    return operated(run, expr.op, left, right, frame.place(expr.start, expr.end))


def _unary(run: "Evaluator", frame: Frame, expr: e.Unary) -> Value:
    value = run.evaluate(frame, expr.operand)
    return negated(value) if expr.op == "not" else Unresolved("not worked out", value.origin)


def _bool(run: "Evaluator", frame: Frame, expr: e.Bool) -> Value:
    origin = NOWHERE
    result: Value = Unresolved("empty")
    for number, operand in enumerate(expr.values):
        result = run.evaluate(frame, operand)
        known = truth(result)
        if known is None:
            return _open_bool(run, frame, expr, number, result)
        if known is (expr.op == "or"):
            break
        origin = origin.plus(result.origin)
    return moved(result, origin)


def _open_bool(run: "Evaluator", frame: Frame, expr: e.Bool, number: int, value: Value) -> Value:
    """An operand's truth is unknown: the rest is evaluated for what it reads."""
    rest = [value]
    rest += [_supposed(run, frame, operand) for operand in expr.values[number + 1 :]]
    origin = NOWHERE
    for part in rest:
        origin = origin.plus(part.origin)
    maybe = rest[-1] if isinstance(rest[-1], Plain | Items) else None
    return Unresolved(getattr(value, "why", f"{expr.op} of something unknown"), origin, maybe)


def _compare(run: "Evaluator", frame: Frame, expr: e.Compare) -> Value:
    left = run.evaluate(frame, expr.left)
    origin = left.origin
    result: bool | None = True
    for op, operand in zip(expr.ops, expr.rights, strict=True):
        right = run.evaluate(frame, operand)
        origin = origin.plus(right.origin)
        one = lookup.environment_contains(run, frame, left, right, expr)
        known = compare(op, left, right) if one is None else one is (op == "in")
        if known is False and result is True:
            return Plain(False, origin)  # noqa: FBT003
        result = None if known is None else result
        left = right
    if result is None:
        run.doubt()
        return Unresolved("a comparison with something unknown", origin)
    return Plain(result, origin)


def _choice(run: "Evaluator", frame: Frame, expr: e.Choice) -> Value:
    test = run.evaluate(frame, expr.test)
    known = truth(test)
    if known is not None:
        return moved(run.evaluate(frame, expr.body if known else expr.orelse), test.origin)
    body = _supposed(run, frame, expr.body)
    orelse = _supposed(run, frame, expr.orelse)
    return moved(join(body, orelse), test.origin)


def _supposed(run: "Evaluator", frame: Frame, expr: e.Expr) -> Value:
    """An expression that may not be evaluated at all; when it raises, it is not the one."""
    try:
        with run.supposing():
            return run.evaluate(frame, expr)
    except Raised as raised:
        run.doubt_if_caught(frame, raised)
        return Unresolved(raised.why)


def _sequence(run: "Evaluator", frame: Frame, expr: e.Sequence) -> Value:
    items: list[Value | Rest] = []
    for item in expr.items:
        if isinstance(item, e.Starred):
            items += spread(run.evaluate(frame, item.value))
        else:
            items.append(run.evaluate(frame, item))
    return Items(expr.kind, tuple(items), Origin((frame.place(expr.start, expr.end),)))


def spread(value: Value) -> tuple[Value | Rest, ...]:
    """What `*value` adds to a list."""
    if isinstance(value, Items):
        return value.items
    known = elements(value)
    return (Rest("something unknown", value.origin),) if known is None else known


def _table(run: "Evaluator", frame: Frame, expr: e.Table) -> Value:
    entries: dict[e.Scalar, Value] = {}
    is_open = False
    for key, value in zip(expr.keys, expr.values, strict=True):
        computed = run.evaluate(frame, value)
        if key is None:
            known = computed if isinstance(computed, Mapping) else Mapping({}, is_open=True)
            if known.is_open:
                entries = dict(assign.unsure(Mapping(entries)).entries)
                is_open = True
            entries.update(known.entries)
            continue
        name = run.evaluate(frame, key)
        if isinstance(name, Plain):
            entries[name.value] = computed
        else:
            entries = dict(assign.unsure(Mapping(entries)).entries)
            is_open = True
    origin = Origin((frame.place(expr.start, expr.end),))
    return Mapping(entries, origin, is_open=is_open)


def _comprehension(run: "Evaluator", frame: Frame, expr: e.Comprehension) -> Value:
    iterable = run.evaluate(frame, expr.iterable)
    known = elements(iterable)
    if known is None or len(known) > _MAX_ELEMENTS:
        return Unresolved(getattr(iterable, "why", "a comprehension"), iterable.origin)
    inner = Frame(frame.facts, frame.source, frame)
    results = list(_rounds(run, inner, expr, known))
    origin = Origin((frame.place(expr.start, expr.end),)).plus(iterable.origin)
    if expr.kind != "dict":
        kind = "list" if expr.kind == "generator" else expr.kind
        return Items(kind, tuple(value for _, value in results), origin)
    entries: dict[e.Scalar, Value] = {}
    for key, value in results:
        if not isinstance(key, Plain) or isinstance(value, Rest):
            return Mapping({}, origin, is_open=True)
        entries[key.value] = value
    return Mapping(entries, origin)


def _rounds(
    run: "Evaluator", frame: Frame, expr: e.Comprehension, items: tuple[Value, ...]
) -> Iterator[tuple[Value | None, Value | Rest]]:
    for item in items:
        assign.assign(run, frame, expr.target, item, None)
        tests = [truth(run.evaluate(frame, test)) for test in expr.conditions]
        if False in tests:
            continue
        if None in tests:
            yield None, Rest("it depends on something unknown", item.origin)
            continue
        key = None if expr.key is None else run.evaluate(frame, expr.key)
        yield key, run.evaluate(frame, expr.element)


def _lambda(_: "Evaluator", frame: Frame, expr: e.Lambda) -> Value:
    return LambdaValue(expr, frame)


def _walrus(run: "Evaluator", frame: Frame, expr: e.Walrus) -> Value:
    value = run.evaluate(frame, expr.value)
    frame.bind(expr.name, value, frame.place(expr.start, expr.end))
    return value


_HANDLERS: dict[type, Callable[..., Value]] = {
    e.Const: _const,
    e.Name: _name,
    e.Attr: _attr,
    e.Sub: _sub,
    e.Call: _call,
    e.Format: _format,
    e.Field: _field,
    e.Binary: _binary,
    e.Unary: _unary,
    e.Bool: _bool,
    e.Compare: _compare,
    e.Choice: _choice,
    e.Sequence: _sequence,
    e.Table: _table,
    e.Comprehension: _comprehension,
    e.Lambda: _lambda,
    e.Walrus: _walrus,
}
