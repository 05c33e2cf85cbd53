"""Values of expressions where code registers routes, and the objects that these are."""

from collections.abc import Iterator

from dockerlint_py.python.evaluate import Evaluator, Value
from dockerlint_py.python.evaluate.inside import value_in
from dockerlint_py.python.evaluate.values import Made, Unresolved
from dockerlint_py.python.expressions import (
    Attr,
    Binary,
    Bool,
    Call,
    Choice,
    Const,
    Expr,
    Field,
    Format,
    Name,
    Sequence,
    Starred,
    Sub,
)
from dockerlint_py.python.kinds import ModuleKind, kind_of
from dockerlint_py.python.receivers import is_made_by
from dockerlint_py.python.records import Assignment, CallSite, Function, ModuleFacts
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source


class Unreadable(Exception):  # noqa: N818 (no error: the routes are not known)
    """The routes of an application cannot be told from its code."""


class RoutingObject(NamedTuple):
    """An application, router or blueprint: the call that makes it and the name that it gets."""

    made: Made
    path: str
    site: CallSite
    assignment: Assignment

    @property
    def place(self) -> Place:
        """The call, by which it is told from others."""
        assert self.made.place is not None
        return self.made.place

    @property
    def name(self) -> str:
        """The name that it is assigned to."""
        return self.assignment.target


class Reader:
    """Reads values at places in files, under one environment."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def facts(self, path: str) -> ModuleFacts:
        """The facts of a file."""
        return self.evaluator.graph.modules.facts(path)

    def place(self, path: str, start: int, end: int) -> Place:
        """A range of a file."""
        return self.evaluator.module(path).place(start, end)

    def texts(self) -> Iterator[str]:
        """The texts of all files but tests."""
        modules = self.evaluator.graph.modules
        for path in modules.paths:
            source = modules.source(path) if kind_of(path) is not ModuleKind.TEST else None
            if isinstance(source, Source):
                yield source.text

    def value(self, path: str, expr: Expr, scope: int, guard: int = -1) -> Value:
        """The value of an expression, wherever its statement stands in the file.

        Evaluation tells values as they are in the end; a name that is bound twice, and one in a
        loop, may have another one where it is read.
        """
        if isinstance(expr, Const):
            return value_in(self.evaluator, self.evaluator.module(path), expr, scope)
        facts = self.facts(path)
        names = list(_names_of(expr))
        if None in names or any(each.kind == "loop" for each in facts.guards_of(guard)):
            return Unresolved("it may have several values")
        if not all(_is_bound_once(facts, name, scope) for name in names if name):
            return Unresolved("it may have several values")
        return value_in(self.evaluator, self.evaluator.module(path), expr, scope)

    def object(self, value: Value, *constructors: str) -> RoutingObject | None:
        """The object that a value is, if one of these makes it and one name is given to it."""
        if not isinstance(value, Made) or value.path not in constructors or value.place is None:
            return None
        path = value.place.path
        facts = self.facts(path)
        for site in facts.calls_to(value.path):
            if (site.call.start, site.call.end) == tuple(value.place.span):
                for item in facts.assignments:
                    if is_made_by(item.value, site.call) and item.target.isidentifier():
                        return RoutingObject(value, path, site, item)
        return None

    def made_at(self, place: Place) -> Value | None:
        """What the call at a place makes."""
        path = place.path
        for site in self.facts(path).calls:
            if (site.call.start, site.call.end) == tuple(place.span):
                return value_in(self.evaluator, self.evaluator.module(path), site.call, site.scope)
        return None

    def function_named(self, path: str, name: str) -> tuple[str, Function] | None:
        """The function at the top of a file, or of the one it is imported from, by its name."""
        facts, graph = self.facts(path), self.evaluator.graph
        if not _is_bound_once(facts, name, 0):
            return None
        for item in facts.imports:
            if item.binds == name and item.scope == 0 and item.name:
                origin = graph.module(graph.absolute(path, item), path)
                if origin is None:
                    return None
                path, name, facts = origin, item.name, self.facts(origin)
        named = [each for each in facts.functions if each.name == name]
        return (path, named[0]) if len(named) == 1 else None


def is_open(call: Call) -> bool:
    """Whether arguments of a call come from somewhere else."""
    starred = any(isinstance(each, Starred) for each in call.args)
    return starred or any(keyword.name is None for keyword in call.keywords)


def _names_of(expr: Expr) -> Iterator[str | None]:
    """The names that an expression reads; None for a form that is not followed."""
    while isinstance(expr, Attr | Field):
        expr = expr.value
    if isinstance(expr, Name):
        yield expr.name
    elif isinstance(expr, Binary):
        yield from _names_of(expr.left)
        yield from _names_of(expr.right)
    elif isinstance(expr, Sub | Bool | Choice | Format | Sequence | Call):
        for part in _parts_of(expr):
            yield from _names_of(part)
    elif not isinstance(expr, Const):
        yield None


def _parts_of(expr: Sub | Bool | Choice | Format | Sequence | Call) -> tuple[Expr, ...]:
    if isinstance(expr, Sub):
        return (expr.value, expr.key)
    if isinstance(expr, Bool):
        return expr.values
    if isinstance(expr, Choice):
        return (expr.test, expr.body, expr.orelse)
    if isinstance(expr, Format):
        return expr.parts
    if isinstance(expr, Sequence):
        return expr.items
    return (expr.func, *expr.args, *(keyword.value for keyword in expr.keywords))


def _is_bound_once(facts: ModuleFacts, name: str, scope: int) -> bool:
    """Whether one statement binds a name, in the innermost scope that binds it."""
    while scope >= 0:
        assigned = sum(item.target == name for item in facts.assignments if item.scope == scope)
        imported = sum(item.binds == name for item in facts.imports if item.scope == scope)
        if name in facts.scopes[scope].names and not assigned:
            return not imported and sum(each.name == name for each in facts.functions) == 1
        if assigned + imported:
            return assigned + imported == 1
        scope = facts.scopes[scope].parent
    return True
