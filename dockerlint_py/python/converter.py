"""`ast` expressions into records; calls and subscripts are noted on the way."""

import ast
import sys
from collections.abc import Callable, Iterable

from dockerlint_py.python import expressions as e
from dockerlint_py.python.positions import Positions
from dockerlint_py.python.records import Scope
from dockerlint_py.record import NamedTuple

MAX_DEPTH = 100
"""Expressions nested deeper are opaque: no evaluator follows them, and recursion has a bound."""
_HELD_TEXT = 4000
"""Characters of a literal that are kept: longer ones are data, not configuration."""

_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.BitAnd: "&",
    ast.MatMult: "@",
    ast.And: "and",
    ast.Or: "or",
    ast.Not: "not",
    ast.USub: "-",
    ast.UAdd: "+",
    ast.Invert: "~",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}


def operator(node: ast.AST) -> str:
    """An operator node as it is written."""
    return _OPERATORS[type(node)]


class Found(NamedTuple):
    """A call or subscript, where it stands and how."""

    expr: e.Call | e.Sub
    scope: int
    guard: int
    awaited: bool


class Converter:
    """Converts the expressions of one module; `scope` and `guard` say where the next one stands.

    A lambda adds a scope to `scopes`. `depth` is how deep the next expression is, `deep` whether
    something was nested too deeply.
    """

    __slots__ = (
        "_pinned",
        "bound",
        "deep",
        "depth",
        "found",
        "guard",
        "positions",
        "scope",
        "scopes",
    )

    def __init__(self, positions: Positions, scopes: list[Scope]) -> None:
        self.positions = positions
        self.scopes = scopes
        self.scope = 0
        self.guard = -1
        self.found: list[Found] = []
        self.bound: list[tuple[int, str]] = []
        self.deep = False
        self.depth = 0
        self._pinned: tuple[int, int] | None = None

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """The range of a node."""
        if self._pinned is not None:
            return self._pinned
        positions = self.positions
        starts, wide = positions.starts, positions.wide
        line, column = node.lineno, node.col_offset
        until, limit = node.end_lineno or line, node.end_col_offset or column
        if wide and (line in wide or until in wide):
            return positions.offset(line, column), positions.offset(until, limit)
        return starts[line] + column, starts[until] + limit

    def convert(self, node: ast.expr) -> e.Expr:
        """The record of a node."""
        start, end = self.span(node)
        if self.depth >= MAX_DEPTH:
            self.deep = True
            return e.Opaque(start, end)
        handler = _HANDLERS.get(type(node))
        if handler is None:
            return self.opaque(node, start, end)
        self.depth += 1
        result = handler(self, node, start, end)
        self.depth -= 1
        return result

    def optional(self, node: ast.expr | None) -> e.Expr | None:
        """The record of a node that may be absent."""
        return None if node is None else self.convert(node)

    def several(self, nodes: Iterable[ast.expr]) -> tuple[e.Expr, ...]:
        """The records of several nodes."""
        return tuple([self.convert(node) for node in nodes])

    def opaque(self, node: ast.AST, start: int, end: int) -> e.Opaque:
        """Something without a record of its own, whose parts are looked into all the same."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.convert(child)
            elif isinstance(child, ast.comprehension):
                self.opaque(child, start, end)
        return e.Opaque(start, end)

    def field(self, node: ast.FormattedValue, start: int, end: int) -> e.Expr:
        """A replacement field; the whole f-string stands for it where `ast` misplaces it.

        Python 3.11 does so in strings of several lines and behind characters that are not ASCII.
        """
        if self._pinned is not None or self._well_placed(node.value, start, end):
            return self.convert(node.value)
        self._pinned = (start, end)
        try:
            return self.convert(node.value)
        finally:
            self._pinned = None

    def _well_placed(self, node: ast.expr, start: int, end: int) -> bool:
        if sys.version_info >= (3, 12):
            return True
        for part in ast.walk(node):
            if isinstance(part, ast.Name):
                if not 0 < (part.end_lineno or 0) < len(self.positions.starts):
                    return False
                at, until = self.span(part)
                return start < at < end and self.positions.text[at:until] == part.id
        return False

    def note(self, expr: e.Call | e.Sub, *, awaited: bool = False) -> None:
        """Keeps a call or subscript that was read."""
        self.found.append(Found(expr, self.scope, self.guard, awaited))


def _constant(_: Converter, node: ast.Constant, start: int, end: int) -> e.Expr:
    value = node.value
    if value is Ellipsis:
        return e.Opaque(start, end)
    if isinstance(value, str | bytes) and len(value) > _HELD_TEXT:
        return e.Opaque(start, end)
    return e.Const(value, start, end)


def _name(self: Converter, node: ast.Name, start: int, end: int) -> e.Expr:
    if type(node.ctx) is not ast.Load:
        self.bound.append((self.scope, node.id))
    return e.Name(node.id, start, end)


def _attribute(self: Converter, node: ast.Attribute, start: int, end: int) -> e.Expr:
    return e.Attr(self.convert(node.value), node.attr, start, end)


def _subscript(self: Converter, node: ast.Subscript, start: int, end: int) -> e.Expr:
    sub = e.Sub(self.convert(node.value), self.convert(node.slice), start, end)
    if type(node.ctx) is ast.Load:
        self.note(sub)
    return sub


def _slice(self: Converter, node: ast.Slice, start: int, end: int) -> e.Expr:
    return e.Slice(
        self.optional(node.lower), self.optional(node.upper), self.optional(node.step), start, end
    )


def _call(
    self: Converter, node: ast.Call, start: int, end: int, *, awaited: bool = False
) -> e.Expr:
    func = self.convert(node.func)
    args = self.several(node.args)
    keywords = tuple([e.Keyword(item.arg, self.convert(item.value)) for item in node.keywords])
    call = e.Call(func, args, keywords, start, end)
    self.note(call, awaited=awaited)
    return call


def _await(self: Converter, node: ast.Await, start: int, end: int) -> e.Expr:
    inner = node.value
    if isinstance(inner, ast.Call):
        return e.Await(_call(self, inner, *self.span(inner), awaited=True), start, end)
    return e.Await(self.convert(inner), start, end)


def _joined(self: Converter, node: ast.JoinedStr, start: int, end: int) -> e.Expr:
    return e.Format(self.several(node.values), start, end)


def _field(self: Converter, node: ast.FormattedValue, start: int, end: int) -> e.Expr:
    value = self.field(node, start, end)
    if node.format_spec is not None:
        self.convert(node.format_spec)
    return e.Field(value, node.conversion == -1 and node.format_spec is None, start, end)


def _binary(self: Converter, node: ast.BinOp, start: int, end: int) -> e.Expr:
    chain = [node]
    while isinstance(chain[-1].left, ast.BinOp):
        chain.append(chain[-1].left)
    result = self.convert(chain[-1].left)
    deep = self.depth + len(chain) > MAX_DEPTH
    for link in reversed(chain):
        right = self.convert(link.right)
        if not deep:
            result = e.Binary(operator(link.op), result, right, *self.span(link))
    return e.Opaque(start, end) if deep else result


def _unary(self: Converter, node: ast.UnaryOp, start: int, end: int) -> e.Expr:
    operand = self.convert(node.operand)
    if (
        type(node.op) is ast.USub
        and isinstance(operand, e.Const)
        and isinstance(operand.value, int | float)
    ):
        return e.Const(-operand.value, start, end)
    return e.Unary(operator(node.op), operand, start, end)


def _bool(self: Converter, node: ast.BoolOp, start: int, end: int) -> e.Expr:
    return e.Bool(operator(node.op), self.several(node.values), start, end)


def _compare(self: Converter, node: ast.Compare, start: int, end: int) -> e.Expr:
    left = self.convert(node.left)
    ops = tuple([operator(op) for op in node.ops])
    return e.Compare(left, ops, self.several(node.comparators), start, end)


def _choice(self: Converter, node: ast.IfExp, start: int, end: int) -> e.Expr:
    test = self.convert(node.test)
    return e.Choice(test, self.convert(node.body), self.convert(node.orelse), start, end)


def _list(self: Converter, node: ast.List, start: int, end: int) -> e.Expr:
    return e.Sequence("list", self.several(node.elts), start, end)


def _tuple(self: Converter, node: ast.Tuple, start: int, end: int) -> e.Expr:
    return e.Sequence("tuple", self.several(node.elts), start, end)


def _set(self: Converter, node: ast.Set, start: int, end: int) -> e.Expr:
    return e.Sequence("set", self.several(node.elts), start, end)


def _dict(self: Converter, node: ast.Dict, start: int, end: int) -> e.Expr:
    keys = tuple([self.optional(key) for key in node.keys])
    return e.Table(keys, self.several(node.values), start, end)


def _starred(self: Converter, node: ast.Starred, start: int, end: int) -> e.Expr:
    return e.Starred(self.convert(node.value), start, end)


_Simple = ast.ListComp | ast.SetComp | ast.GeneratorExp


def _comprehension(self: Converter, node: _Simple | ast.DictComp, start: int, end: int) -> e.Expr:
    loop = node.generators[0]
    if len(node.generators) > 1 or loop.is_async:
        return self.opaque(node, start, end)
    iterable = self.convert(loop.iter)
    target = self.convert(loop.target)
    conditions = self.several(loop.ifs)
    if isinstance(node, ast.DictComp):
        kind, key, element = "dict", self.convert(node.key), self.convert(node.value)
    else:
        kind, key, element = _KINDS[type(node)], None, self.convert(node.elt)
    return e.Comprehension(kind, key, element, target, iterable, conditions, start, end)


def _lambda(self: Converter, node: ast.Lambda, start: int, end: int) -> e.Expr:
    for default in (*node.args.defaults, *node.args.kw_defaults):
        self.optional(default)
    outer, guard = self.scope, self.guard
    self.scopes.append(Scope("lambda", "", outer, start, end))
    self.scope, self.guard = len(self.scopes) - 1, -1
    params = tuple([arg.arg for arg in (*node.args.posonlyargs, *node.args.args)])
    self.bound += [(self.scope, name) for name in params]
    body = self.convert(node.body)
    self.scope, self.guard = outer, guard
    plain = not (node.args.vararg or node.args.kwarg or node.args.kwonlyargs or node.args.defaults)
    return e.Lambda(params, body, start, end) if plain else e.Opaque(start, end)


def _walrus(self: Converter, node: ast.NamedExpr, start: int, end: int) -> e.Expr:
    value = self.convert(node.value)
    self.bound.append((self.scope, node.target.id))
    return e.Walrus(node.target.id, value, start, end)


_KINDS: dict[type[ast.AST], str] = {
    ast.ListComp: "list",
    ast.SetComp: "set",
    ast.GeneratorExp: "generator",
}
# One entry a node type: the key is the type of the second parameter of its handler.
_HANDLERS: dict[type[ast.AST], Callable[..., e.Expr]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Call: _call,
    ast.Await: _await,
    ast.JoinedStr: _joined,
    ast.FormattedValue: _field,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _bool,
    ast.Compare: _compare,
    ast.IfExp: _choice,
    ast.List: _list,
    ast.Tuple: _tuple,
    ast.Set: _set,
    ast.Dict: _dict,
    ast.Starred: _starred,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
    ast.Lambda: _lambda,
    ast.NamedExpr: _walrus,
}
