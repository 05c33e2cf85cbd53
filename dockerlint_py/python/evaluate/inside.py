"""Values of expressions inside functions and classes, as far as their simple names show them."""

from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate.frame import Frame, Raised
from dockerlint_py.python.evaluate.imports import bring
from dockerlint_py.python.evaluate.meter import ExhaustedError
from dockerlint_py.python.evaluate.values import Unresolved, Value
from dockerlint_py.python.expressions import Expr

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator


def value_in(evaluator: "Evaluator", frame: Frame, expr: Expr, scope: int) -> Value:
    """The value of an expression of a module, read after the module has run.

    Inside a function or a class, names that are bound there are unknown, unless they are simple.
    """
    inner = frame
    evaluator.meter.steps = 0
    if frame.facts.scopes[scope].kind != "module":
        inner = Frame(frame.facts, frame.source, frame)
        for name in _local_names(frame, scope):
            inner.names[name] = Unresolved(f"{name} is bound further in")
        _follow_imports(evaluator, inner, scope)
        _follow_locals(evaluator, inner, scope)
    try:
        return evaluator.evaluate(inner, expr)
    except Raised as raised:
        return Unresolved(raised.why)
    except (ExhaustedError, RecursionError):
        return Unresolved("the code is too long to follow")


def _local_names(frame: Frame, scope: int) -> set[str]:
    """What a scope and the functions around it bind; methods see no names of their class."""
    facts = frame.facts
    numbers = {scope}
    while facts.scopes[scope].kind != "module":
        if facts.scopes[scope].kind != "class":
            numbers.add(scope)
        scope = facts.scopes[scope].parent
    names = {name for number in numbers for name in facts.scopes[number].names}
    imports = (item for item in facts.imports if item.scope in numbers and item.name != "*")
    return names | {item.binds for item in imports}


def _follow_locals(evaluator: "Evaluator", inner: Frame, scope: int) -> None:
    """Names that a scope assigns once, outside of any `if` or loop, are followed."""
    mine = [item for item in inner.facts.assignments if item.scope == scope]
    for item in mine:
        once = sum(other.target == item.target for other in mine) == 1
        if item.op == "=" and item.guard < 0 and once and item.value is not None:
            try:
                inner.names[item.target] = evaluator.evaluate(inner, item.value)
            except (Raised, ExhaustedError, RecursionError) as raised:
                inner.names[item.target] = Unresolved(str(raised))


def _follow_imports(evaluator: "Evaluator", inner: Frame, scope: int) -> None:
    for item in inner.facts.imports:
        if item.scope == scope and item.guard < 0 and item.name != "*":
            try:
                bring(evaluator, inner, item)
            except (Raised, ExhaustedError, RecursionError) as raised:
                inner.names[item.binds] = Unresolved(str(raised))
