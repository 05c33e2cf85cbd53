"""The walk over the statements of a module, by hand: `ast.NodeVisitor` takes twice the time."""

import ast
from collections.abc import Callable, Sequence
from typing import TypeAlias

from dockerlint_py.python import records as r
from dockerlint_py.python import statements as s
from dockerlint_py.python.converter import Converter, operator
from dockerlint_py.python.expressions import Expr
from dockerlint_py.python.guards import import_guards, kind_of_test
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.positions import Positions
from dockerlint_py.python.resolve import Names, resolve, with_names
from dockerlint_py.python.signature import parameters

MAX_DEPTH = 60
"""Blocks nested deeper are not looked into."""
SHORT = 20
"""Statements of a function whose body is kept for evaluators."""

Body: TypeAlias = tuple[s.Statement, ...]
_Handler: TypeAlias = Callable[..., s.Statement | None]


class Walker:
    """Walks one module and gathers its records."""

    __slots__ = (
        "_count",
        "_depth",
        "asserts",
        "assignments",
        "classes",
        "convert",
        "docstring",
        "expressions",
        "functions",
        "guards",
        "imports",
        "released",
        "scopes",
    )

    def __init__(self, positions: Positions) -> None:
        self.scopes: list[r.Scope] = [r.Scope("module", "", -1, 0, len(positions.text))]
        self.expressions = Converter(positions, self.scopes)
        self.convert = self.expressions.convert
        self.guards: list[r.Guard] = []
        self.imports: list[s.Import] = []
        self.assignments: list[r.Assignment] = []
        self.functions: list[r.Function] = []
        self.classes: list[r.Class] = []
        self.asserts: list[r.Assert] = []
        self.released: set[tuple[int, str]] = set()
        self.docstring = False
        self._depth = 0
        self._count = 0

    def module(self, tree: ast.Module) -> Body:
        """Walks the whole tree."""
        self.docstring = ast.get_docstring(tree, clean=False) is not None
        return self.block(tree.body)

    def facts(self, path: str, body: Body, *, newer: bool) -> r.ModuleFacts:
        """What was gathered."""
        bound = set(self.expressions.bound) - self.released
        scopes = with_names(self.scopes, bound)
        calls, subscripts = resolve(self.expressions.found, Names(self.imports, scopes))
        deep = r.Problem("too-deep", "a part of it is nested too deeply")
        return r.ModuleFacts(
            path,
            body,
            scopes,
            tuple(self.guards),
            tuple(self.imports),
            calls,
            subscripts,
            tuple(self.assignments),
            tuple(self.functions),
            tuple(self.classes),
            tuple(self.asserts),
            self.docstring,
            newer,
            (deep,) if self.expressions.deep else (),
        )

    def block(self, nodes: Sequence[ast.stmt]) -> Body:
        """The records of the statements of a block."""
        if self._depth >= MAX_DEPTH:
            self.expressions.deep = True
            return ()
        self._depth += 1
        result = []
        for node in nodes:
            handler = _HANDLERS.get(type(node))
            if handler is not None:
                self._count += 1
                statement = handler(self, node)
                if statement is not None:
                    result.append(statement)
        self._depth -= 1
        return tuple(result)

    def guarded(
        self,
        kind: r.GuardKind,
        test: Expr | None,
        names: tuple[str, ...],
        nodes: Sequence[ast.stmt],
        parent: int,
    ) -> Body:
        """The records of a block that a compound statement guards."""
        if not nodes:
            return ()
        start = self.expressions.span(nodes[0])[0]
        end = self.expressions.span(nodes[-1])[1]
        self.guards.append(r.Guard(kind, test, names, parent, start, end))
        self.expressions.guard = len(self.guards) - 1
        return self.block(nodes)

    def enter(self, kind: r.ScopeKind, name: str, start: int, end: int) -> tuple[int, int]:
        """Goes into a new scope; gives the one left and its guard."""
        left = (self.expressions.scope, self.expressions.guard)
        self.scopes.append(r.Scope(kind, name, left[0], start, end))
        self.expressions.scope = len(self.scopes) - 1
        self.expressions.guard = -1
        return left

    def leave(self, left: tuple[int, int]) -> None:
        """Goes back to the scope that `enter` left."""
        self.expressions.scope, self.expressions.guard = left

    def bind(self, name: str) -> None:
        """Notes that this scope binds a name."""
        self.expressions.bound.append((self.expressions.scope, name))

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> s.Statement:
        """A function definition."""
        self.bind(node.name)
        decorators = self.expressions.several(node.decorator_list)
        start, end = self.expressions.span(node)
        params = parameters(self.expressions, node.args)
        if node.returns is not None:
            self.convert(node.returns)
        is_async = isinstance(node, ast.AsyncFunctionDef)
        left = self.enter("async" if is_async else "function", node.name, start, end)
        for param in params:
            self.bind(param.name)
        scope, index = self.expressions.scope, len(self.functions)
        head = (node.name, scope, left[1], is_async, decorators, params)
        self.functions.append(r.Function(*head, None, start, end))
        before = self._count
        body: Body | None = self.block(node.body)
        if self._count - before > SHORT:
            body = None
        self.functions[index] = r.Function(*head, body, start, end)
        self.leave(left)
        return s.Define(node.name, "function", index)

    def klass(self, node: ast.ClassDef) -> s.Statement:
        """A class definition."""
        self.bind(node.name)
        decorators = self.expressions.several(node.decorator_list)
        bases = self.expressions.several(node.bases)
        keywords = tuple((item.arg or "**", self.convert(item.value)) for item in node.keywords)
        start, end = self.expressions.span(node)
        left = self.enter("class", node.name, start, end)
        scope, index = self.expressions.scope, len(self.classes)
        head = (node.name, scope, left[1], decorators, bases, keywords)
        self.classes.append(r.Class(*head, (), start, end))
        body = self.block(node.body)
        self.classes[index] = r.Class(*head, body, start, end)
        self.leave(left)
        return s.Define(node.name, "class", index)

    def branch(self, node: ast.If) -> s.Statement:
        """An `if` with all of its `elif`s."""
        outer = parent = self.expressions.guard
        arms = []
        while True:
            test = self.convert(node.test)
            arms.append((test, self.guarded(kind_of_test(test), test, (), node.body, parent)))
            start, end = self.expressions.span(node)
            self.guards.append(r.Guard("else", test, (), parent, start, end))
            parent = self.expressions.guard = len(self.guards) - 1
            if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
                break
            node = node.orelse[0]
        orelse = self.block(node.orelse)
        self.expressions.guard = outer
        return s.Branch(tuple(arms), orelse)

    def attempt(self, node: ast.Try | ast.TryStar) -> s.Statement:
        """A `try`."""
        outer = self.expressions.guard
        names = [self._caught(handler.type) for handler in node.handlers]
        every = () if () in names else tuple(name for group in names for name in group)
        body = self._tried(node, every, outer)
        handlers = []
        for handler, caught in zip(node.handlers, names, strict=True):
            if handler.name:
                self.bind(handler.name)
            handlers.append(
                s.Handler(caught, self.guarded("except", None, caught, handler.body, outer))
            )
        self.expressions.guard = outer
        orelse = self.block(node.orelse)
        final = self.guarded("finally", None, (), node.finalbody, outer)
        self.expressions.guard = outer
        return s.Attempt(body, tuple(handlers), orelse, final)

    def _tried(self, node: ast.Try | ast.TryStar, names: tuple[str, ...], outer: int) -> Body:
        if not node.handlers:
            return self.block(node.body)
        return self.guarded("try", None, names, node.body, outer)

    def _caught(self, node: ast.expr | None) -> tuple[str, ...]:
        """The names of what a handler catches; a `|` is a masked comma (PEP 758)."""
        if node is None:
            return ()
        if isinstance(node, ast.Tuple):
            return tuple(name for item in node.elts for name in self._caught(item))
        if isinstance(node, ast.BinOp):
            return (*self._caught(node.left), *self._caught(node.right))
        return (path_of(self.convert(node)) or "?",)

    def loop(self, node: ast.For | ast.AsyncFor | ast.While) -> s.Statement:
        """A loop."""
        outer = self.expressions.guard
        target = iterable = None
        if isinstance(node, ast.While):
            self.convert(node.test)
        else:
            iterable = self.convert(node.iter)
            target = self.convert(node.target)
        body = self.guarded("loop", None, (), node.body, outer)
        self.expressions.guard = outer
        return s.Loop(target, iterable, body, self.block(node.orelse))

    def block_with(self, node: ast.With | ast.AsyncWith) -> s.Statement:
        """A `with`."""
        outer = self.expressions.guard
        items = tuple(
            (self.convert(item.context_expr), self.expressions.optional(item.optional_vars))
            for item in node.items
        )
        for value, target in items:
            if target is not None:
                scope = self.expressions.scope
                bound = (path_of(target), value, "with", None, scope, outer, target.start)
                self.assignments.append(r.Assignment(*bound, target.end))
        names = tuple(path_of(item) for item, _ in items)
        body = self.guarded("with", None, names, node.body, outer)
        self.expressions.guard = outer
        return s.Block(items, body)

    def match(self, node: ast.Match) -> s.Statement:
        """A `match`."""
        outer = self.expressions.guard
        self.convert(node.subject)
        bodies = []
        for case in node.cases:
            for pattern in ast.walk(case.pattern):
                name = getattr(pattern, "name", None) or getattr(pattern, "rest", None)
                if isinstance(name, str):
                    self.bind(name)
            self.expressions.optional(case.guard)
            bodies.append(self.guarded("case", None, (), case.body, outer))
            self.expressions.guard = outer
        return s.Cases(tuple(bodies))

    def imported(self, node: ast.Import | ast.ImportFrom) -> s.Statement:
        """An import statement."""
        optional, typing = import_guards(self.guards, self.expressions.guard)
        found = []
        for alias in node.names:
            if isinstance(node, ast.Import):
                binds = alias.asname or alias.name.partition(".")[0]
                names = (alias.name, None if not alias.asname else "", binds, 0)
            else:
                names = (node.module or "", alias.name, alias.asname or alias.name, node.level)
            start, end = self.expressions.span(node)
            scope, guard = self.expressions.scope, self.expressions.guard
            found.append(s.Import(*names, scope, guard, optional, typing, start, end))
        self.imports += found
        return s.Bring(tuple(found))

    def assign(self, node: ast.Assign) -> s.Statement:
        """`a = b = value`."""
        value = self.convert(node.value)
        targets = self.expressions.several(node.targets)
        return self._bind(node, targets, value, "=", None)

    def annotated(self, node: ast.AnnAssign) -> s.Statement:
        """`a: T = value`."""
        annotation = self.convert(node.annotation)
        value = self.expressions.optional(node.value)
        return self._bind(node, (self.convert(node.target),), value, "=", annotation)

    def augmented(self, node: ast.AugAssign) -> s.Statement:
        """`a += value`."""
        value = self.convert(node.value)
        op = operator(node.op) + "="
        return self._bind(node, (self.convert(node.target),), value, op, None)

    def _bind(
        self,
        node: ast.stmt,
        targets: tuple[Expr, ...],
        value: Expr | None,
        op: str,
        annotation: Expr | None,
    ) -> s.Statement:
        start, end = self.expressions.span(node)
        scope, guard = self.expressions.scope, self.expressions.guard
        for target in targets:
            self.assignments.append(
                r.Assignment(path_of(target), value, op, annotation, scope, guard, start, end)
            )
        return s.Bind(targets, value, op, annotation, start, end)

    def evaluate(self, node: ast.Expr) -> s.Statement | None:
        """An expression statement; a lone literal does nothing."""
        if isinstance(node.value, ast.Constant):
            return None
        return s.Evaluate(self.convert(node.value))

    def asserted(self, node: ast.Assert) -> None:
        """An assert."""
        test = self.convert(node.test)
        self.expressions.optional(node.msg)
        start, end = self.expressions.span(node)
        self.asserts.append(
            r.Assert(test, self.expressions.scope, self.expressions.guard, start, end)
        )

    def left(self, node: ast.Return | ast.Raise | ast.Break | ast.Continue) -> s.Statement:
        """`return`, `raise`, `break`, `continue`."""
        start, end = self.expressions.span(node)
        if isinstance(node, ast.Return):
            return s.Leave("return", self.expressions.optional(node.value), start, end)
        if isinstance(node, ast.Raise):
            self.expressions.optional(node.cause)
            return s.Leave("raise", self.expressions.optional(node.exc), start, end)
        return s.Leave("break" if isinstance(node, ast.Break) else "continue", None, start, end)

    def erase(self, node: ast.Delete) -> s.Statement:
        """`del`."""
        return s.Erase(self.expressions.several(node.targets))

    def release(self, node: ast.Global | ast.Nonlocal) -> None:
        """`global x`: an assignment in this scope does not bind a name of it."""
        self.released |= {(self.expressions.scope, name) for name in node.names}


# One entry a node type: the key is the type of the parameter of its handler.
_HANDLERS: dict[type[ast.AST], _Handler] = {
    ast.FunctionDef: Walker.function,
    ast.AsyncFunctionDef: Walker.function,
    ast.ClassDef: Walker.klass,
    ast.If: Walker.branch,
    ast.Try: Walker.attempt,
    ast.TryStar: Walker.attempt,
    ast.For: Walker.loop,
    ast.AsyncFor: Walker.loop,
    ast.While: Walker.loop,
    ast.With: Walker.block_with,
    ast.AsyncWith: Walker.block_with,
    ast.Match: Walker.match,
    ast.Import: Walker.imported,
    ast.ImportFrom: Walker.imported,
    ast.Assign: Walker.assign,
    ast.AnnAssign: Walker.annotated,
    ast.AugAssign: Walker.augmented,
    ast.Expr: Walker.evaluate,
    ast.Assert: Walker.asserted,
    ast.Return: Walker.left,
    ast.Raise: Walker.left,
    ast.Break: Walker.left,
    ast.Continue: Walker.left,
    ast.Delete: Walker.erase,
    ast.Global: Walker.release,
    ast.Nonlocal: Walker.release,
}
