"""What the head of a path is, when this file binds it: followed to the call that made it.

`client = redis.Redis()` makes `@client.get` be `redis.Redis().get`, and so does a `with`; a
parameter annotated with a class counts as an instance of it. `self.client` is what the methods of
the class assign to it.
"""

from functools import cached_property

from dockerlint_py.python.expressions import Await, Call, Expr, Sequence, Sub
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import Assignment, ModuleFacts
from dockerlint_py.python.resolve import Names

_MAX_STEPS = 6
_ANNOTATED = ("typing.Annotated", "typing_extensions.Annotated")


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
        return self.follow_from(path, scope)[0]

    def follow_from(self, path: str, scope: int) -> tuple[str, int]:
        """The same, and the scope that the head is bound in when it is still one of this file."""
        for _ in range(_MAX_STEPS):
            if not path.startswith("@"):
                break
            head, rest = split_head(path[1:])
            if head == "self" and rest.startswith("."):
                attribute, rest = split_head(rest[1:])
                made, at = self._attribute(attribute, scope)
            else:
                made, at = self._made(head, scope)
            if not made or made == path:
                break
            path, scope = made + rest, at
        return path, scope

    def class_around(self, scope: int) -> int:
        """The scope of the class that a method belongs to; -1 outside of one."""
        for around in self._scope_numbers(scope):
            if self.facts.scopes[around].kind == "class":
                return around
        return -1

    def _attribute(self, name: str, scope: int) -> tuple[str, int]:
        """What the methods of the class around a scope assign to an attribute of `self`."""
        cls = self.class_around(scope)
        if cls < 0:
            return "", scope
        scopes = self.facts.scopes
        values = {
            self._value(assigned, at)
            for (at, target), assigned in self._assigned.items()
            if target == f"self.{name}" and scopes[at].parent == cls
        }
        return values.pop() if len(values) == 1 else ("", scope)

    def _made(self, head: str, scope: int) -> tuple[str, int]:
        """What a name is bound to where it is read; empty when that is not one call or name."""
        first = True
        for around in self._scope_numbers(scope):
            if first or self.facts.scopes[around].kind != "class":
                assigned = self._assigned.get((around, head))
                if assigned is not None:
                    return self._value(assigned, around)
                annotation = self._annotated.get((around, head))
                if annotation is not None:
                    named = self._path(annotation, around)
                    return (named + "()" if named else ""), around
                if head in self.facts.scopes[around].names:
                    return "", around
            first = False
        return "", scope

    def _scope_numbers(self, scope: int) -> list[int]:
        numbers = []
        while scope >= 0:
            numbers.append(scope)
            scope = self.facts.scopes[scope].parent
        return numbers

    def _value(self, assigned: list[Assignment], scope: int) -> tuple[str, int]:
        paths = {
            self._path(item.value, scope) if item.op in ("=", "with") and item.value else ""
            for item in assigned
        }
        return (paths.pop() if len(paths) == 1 else ""), scope

    def _path(self, expr: Expr, scope: int) -> str:
        """An expression in path notation: `Annotated[X, ...]` is X."""
        if isinstance(expr, Await):
            expr = expr.value
        inner = expr.key.items if isinstance(expr, Sub) and isinstance(expr.key, Sequence) else ()
        path = self.names.path(path_of(expr), scope)
        if inner and path.removesuffix("[]") in _ANNOTATED:
            return self.names.path(path_of(inner[0]), scope)
        return path


def split_head(path: str) -> tuple[str, str]:
    """The first name of a path, and the rest with its mark."""
    end = min((at for at in (path.find(mark) for mark in ".([") if at >= 0), default=len(path))
    return path[:end], path[end:]


def is_made_by(expr: Expr | None, call: Call) -> bool:
    """Whether an assigned value is this very call."""
    if isinstance(expr, Await):
        expr = expr.value
    return isinstance(expr, Call) and (expr.start, expr.end) == (call.start, call.end)
