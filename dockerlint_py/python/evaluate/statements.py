"""Runs statements. Where a test is unknown, both ways are run and joined."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from dockerlint_py.python import statements as s
from dockerlint_py.python.evaluate import assign
from dockerlint_py.python.evaluate.frame import Frame, Raised, catches, join, join_names
from dockerlint_py.python.evaluate.imports import bring
from dockerlint_py.python.evaluate.operators import elements
from dockerlint_py.python.evaluate.readers import prefixed
from dockerlint_py.python.evaluate.values import (
    ClassValue,
    FunctionValue,
    Plain,
    Unresolved,
    Value,
)
from dockerlint_py.python.evaluate.verdicts import truth
from dockerlint_py.python.notation import path_of

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

_MAX_ROUNDS = 300


class Stop:
    """`break` or `continue`."""

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind


Outcome: TypeAlias = Value | Stop | None
"""What ends a block early: a returned value, a `Stop`; None when it runs to its end."""
Way: TypeAlias = Callable[[], Outcome]


def run_block(run: "Evaluator", frame: Frame, body: Sequence[s.Statement]) -> Outcome:
    """Runs statements in turn."""
    for statement in body:
        run.meter.spend()
        outcome = _RUNNERS[type(statement)](run, frame, statement)
        if outcome is not None:
            return outcome
    return None


def fork(run: "Evaluator", frame: Frame, ways: Sequence[Way]) -> Outcome:
    """Runs each of several ways from the same names and joins what they leave.

    A way that raises is not the one that a running program took.
    """
    before = dict(frame.names)
    states = []
    failed: Raised | None = None
    stopped: Outcome = None
    for way in ways:
        frame.names = dict(before)
        try:
            with run.supposing():
                outcome = way()
        except Raised as raised:
            failed = raised
            run.doubt_if_caught(frame, raised)
            continue
        if isinstance(outcome, Stop):
            stopped = outcome
        elif outcome is not None:
            frame.pending.append(outcome)
            continue
        states.append(frame.names)
    if states:
        frame.names = join_names(states)
        return stopped if len(states) == 1 else None
    frame.names = before
    if frame.pending:
        return _returned(frame)
    raise failed or Raised("Exception")


def _returned(frame: Frame) -> Value:
    result, *others = frame.pending
    for value in others:
        result = join(result, value)
    frame.pending = []
    return result


def returned(frame: Frame, outcome: Outcome) -> Value:
    """The value of a call whose body ended so."""
    value: Value = Plain(None) if outcome is None or isinstance(outcome, Stop) else outcome
    if frame.pending:
        frame.pending.append(value)
        return _returned(frame)
    return value


def _bind(run: "Evaluator", frame: Frame, statement: s.Bind) -> Outcome:
    place = frame.place(statement.start, statement.end)
    if statement.value is None:
        return None
    value = run.evaluate(frame, statement.value)
    if statement.op == "=":
        for target in statement.targets:
            assign.assign(run, frame, target, value, place)
    else:
        assign.augment(run, frame, statement.targets[0], statement.op[:-1], value, place)
    return None


def _evaluate(run: "Evaluator", frame: Frame, statement: s.Evaluate) -> Outcome:
    run.evaluate(frame, statement.value)
    return None


def _bring(run: "Evaluator", frame: Frame, statement: s.Bring) -> Outcome:
    for item in statement.imports:
        bring(run, frame, item)
    return None


def _branch(run: "Evaluator", frame: Frame, statement: s.Branch, first: int = 0) -> Outcome:
    for number in range(first, len(statement.arms)):
        test, body = statement.arms[number]
        value = run.evaluate(frame, test)
        known = truth(value)
        if known:
            return _blaming(value, partial(run_block, run, frame, body))
        if known is None:
            return fork(
                run,
                frame,
                [
                    partial(run_block, run, frame, body),
                    partial(_branch, run, frame, statement, number + 1),
                ],
            )
    return run_block(run, frame, statement.orelse)


def _blaming(value: Value, way: Way) -> Outcome:
    """Runs what a test leads to: `if not KEY: raise ...` raises for what KEY lacks."""
    try:
        return way()
    except Raised as raised:
        raised.blame(value)
        raise


def _attempt(run: "Evaluator", frame: Frame, statement: s.Attempt) -> Outcome:
    before = dict(frame.names)
    states: list[dict[str, Value]] = []
    try:
        with run.trying(frame, statement.handlers, states):
            outcome = _tried(run, frame, statement.body, states)
        if outcome is None:
            outcome = run_block(run, frame, statement.orelse)
    except Raised as raised:
        frame.names = join_names([*states, frame.names]) if states else frame.names
        outcome = _handle(run, frame, statement, raised)
    else:
        if states and statement.handlers and outcome is None:
            outcome = _perhaps_handle(run, frame, statement, join_names([before, *states]))
    final = run_block(run, frame, statement.final)
    return outcome if final is None else final


def _tried(
    run: "Evaluator",
    frame: Frame,
    body: Sequence[s.Statement],
    states: list[dict[str, Value]],
) -> Outcome:
    """Runs the body of a `try`; `states` gets the names at each statement that may raise."""
    for statement in body:
        doubts, names = run.doubts, dict(frame.names)
        outcome = run_block(run, frame, (statement,))
        if run.doubts > doubts:
            states += [names, dict(frame.names)]
        if outcome is not None:
            return outcome
    return None


def _handle(run: "Evaluator", frame: Frame, statement: s.Attempt, raised: Raised) -> Outcome:
    for handler in statement.handlers:
        if catches(handler.names, raised.name):
            return run_block(run, frame, handler.body)
    run_block(run, frame, statement.final)
    raise raised


def _perhaps_handle(
    run: "Evaluator", frame: Frame, statement: s.Attempt, before: dict[str, Value]
) -> Outcome:
    """The body may have raised: joins its names with those that the handlers leave."""
    after = frame.names

    def unhandled() -> Outcome:
        frame.names = dict(after)
        return None

    def handled(body: tuple[s.Statement, ...]) -> Way:
        def way() -> Outcome:
            frame.names = dict(before)
            return run_block(run, frame, body)

        return way

    return fork(run, frame, [unhandled, *(handled(handler.body) for handler in statement.handlers)])


def _loop(run: "Evaluator", frame: Frame, statement: s.Loop) -> Outcome:
    rounds = None
    if statement.iterable is not None and statement.target is not None:
        rounds = elements(run.evaluate(frame, statement.iterable))
    if rounds is None or len(rounds) > _MAX_ROUNDS or statement.target is None:
        return _unknown_loop(run, frame, statement)
    for value in rounds:
        assign.assign(run, frame, statement.target, value, None)
        outcome = run_block(run, frame, statement.body)
        if isinstance(outcome, Stop):
            if outcome.kind == "break":
                return None
        elif outcome is not None:
            return outcome
    return run_block(run, frame, statement.orelse)


def _unknown_loop(run: "Evaluator", frame: Frame, statement: s.Loop) -> Outcome:
    def once() -> Outcome:
        if statement.target is not None:
            value = Unresolved("an item of something unknown")
            assign.assign(run, frame, statement.target, value, None)
        outcome = run_block(run, frame, statement.body)
        return None if isinstance(outcome, Stop) else outcome

    return fork(run, frame, [lambda: None, once])


def _block(run: "Evaluator", frame: Frame, statement: s.Block) -> Outcome:
    undo: list[tuple[Value, Value]] = []
    for expression, target in statement.items:
        value = run.evaluate(frame, expression)
        change = prefixed(value)
        if change is not None:
            frame.replace(*change)
            undo.append((change[1], change[0]))
        elif target is not None:
            unknown = Unresolved("what a context manager gives", value.origin)
            assign.assign(run, frame, target, unknown, None)
        if path_of(expression).endswith("suppress()"):
            run.doubt()
    outcome = run_block(run, frame, statement.body)
    for new, old in reversed(undo):
        frame.replace(new, old)
    return outcome


def _cases(run: "Evaluator", frame: Frame, statement: s.Cases) -> Outcome:
    ways: list[Way] = [lambda: None]
    ways += [partial(run_block, run, frame, body) for body in statement.bodies]
    return fork(run, frame, ways)


def _define(run: "Evaluator", frame: Frame, statement: s.Define) -> Outcome:
    if statement.kind == "function":
        function = frame.facts.functions[statement.number]
        place = frame.place(function.start, function.end)
        frame.bind(statement.name, FunctionValue(frame.path, statement.number), place)
        return None
    record = frame.facts.classes[statement.number]
    bases = tuple(run.evaluate(frame, base) for base in record.bases)
    inner = Frame(frame.facts, frame.source, frame)
    run_block(run, inner, record.body)
    value = ClassValue(frame.path, statement.number, bases, inner.names)
    frame.bind(statement.name, value, frame.place(record.start, record.end))
    return None


def _leave(run: "Evaluator", frame: Frame, statement: s.Leave) -> Outcome:
    if statement.kind in ("break", "continue"):
        return Stop(statement.kind)
    if statement.kind == "return":
        return Plain(None) if statement.value is None else run.evaluate(frame, statement.value)
    name = path_of(statement.value).removesuffix("()") if statement.value is not None else ""
    place = frame.place(statement.start, statement.end)
    raise Raised(name.rpartition(".")[2] or "Exception", f"raises {name}", place)


def _erase(run: "Evaluator", frame: Frame, statement: s.Erase) -> Outcome:
    for target in statement.targets:
        assign.erase(run, frame, target)
    return None


_RUNNERS: dict[type, Callable[..., Outcome]] = {
    s.Bind: _bind,
    s.Evaluate: _evaluate,
    s.Bring: _bring,
    s.Branch: _branch,
    s.Attempt: _attempt,
    s.Loop: _loop,
    s.Block: _block,
    s.Cases: _cases,
    s.Define: _define,
    s.Leave: _leave,
    s.Erase: _erase,
}
