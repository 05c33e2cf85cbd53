"""What the head of a path is, when this file binds it: followed to the call that made it.

`client = redis.Redis()` makes `@client.get` be `redis.Redis().get`; a parameter annotated with a
class counts as an instance of it.
"""

from functools import cached_property

from dockerlint_py.python.expressions import Await, Call, Expr
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import Assignment, ModuleFacts
from dockerlint_py.python.resolve import Names

_MAX_STEPS = 6


class Receivers:
    """Follows heads of paths in one module."""

    def __init__(self, facts: ModuleFacts) -> None:
        self.facts = facts

    @cached_property
    def names(self) -> Names:
        """What bare names stand for in each scope."""
        return Names(self.facts.imports, self.facts.scopes)

    @cached_property
    def _assigned(self) -> dict[tuple[int, str], list[Assignment]]:
        found: dict[tuple[int, str], list[Assignment]] = {}
        for item in self.facts.assignments:
            found.setdefault((item.scope, item.target), []).append(item)
        return found

    @cached_property
    def _annotated(self) -> dict[tuple[int, str], Expr]:
        return {
            (function.scope, param.name): param.annotation
            for function in self.facts.functions
            for param in function.params
            if param.annotation is not None
        }

    def follow(self, path: str, scope: int) -> str:
        """The path with its head replaced by what made it, as far as that is one thing only."""
        for _ in range(_MAX_STEPS):
            if not path.startswith("@"):
                break
            head, rest = _split(path[1:])
            made = self._made(head, scope)
            if not made or made == path:
                break
            path = made + rest
        return path

    def _made(self, head: str, scope: int) -> str:
        """What a name is bound to where it is read; empty when that is not one call or name."""
        first = True
        for around in self._scope_numbers(scope):
            if first or self.facts.scopes[around].kind != "class":
                assigned = self._assigned.get((around, head))
                if assigned is not None:
                    return self._value(assigned, around)
                annotation = self._annotated.get((around, head))
                if annotation is not None:
                    named = self.names.path(path_of(annotation), around)
                    return named + "()" if named else ""
                if head in self.facts.scopes[around].names:
                    return ""
            first = False
        return ""

    def _scope_numbers(self, scope: int) -> list[int]:
        numbers = []
        while scope >= 0:
            numbers.append(scope)
            scope = self.facts.scopes[scope].parent
        return numbers

    def _value(self, assigned: list[Assignment], scope: int) -> str:
        if len(assigned) != 1 or assigned[0].op != "=":
            return ""
        value = assigned[0].value
        if isinstance(value, Await):
            value = value.value
        return self.names.path(path_of(value), scope) if value is not None else ""


def _split(path: str) -> tuple[str, str]:
    end = min((at for at in (path.find(mark) for mark in ".([") if at >= 0), default=len(path))
    return path[:end], path[end:]


def is_made_by(expr: Expr | None, call: Call) -> bool:
    """Whether an assigned value is this very call."""
    if isinstance(expr, Await):
        expr = expr.value
    return isinstance(expr, Call) and (expr.start, expr.end) == (call.start, call.end)
