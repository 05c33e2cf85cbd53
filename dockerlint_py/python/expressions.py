"""Expressions of a module as small records: what `ast` gives, without what nobody asks for.

Every record carries the half-open code-point range it stands at in the file. Whatever an evaluator
could not make sense of anyway is an `Opaque`.
"""

from typing import TypeAlias

from dockerlint_py.python.node import Node, Record

Scalar: TypeAlias = str | bytes | int | float | complex | bool | None


class Const(Node):
    """A literal."""

    __slots__ = ("value",)

    def __init__(self, value: Scalar, start: int, end: int) -> None:
        self.value = value
        self.start = start
        self.end = end


class Name(Node):
    """A bare name."""

    __slots__ = ("name",)

    def __init__(self, name: str, start: int, end: int) -> None:
        self.name = name
        self.start = start
        self.end = end


class Attr(Node):
    """`value.attr`."""

    __slots__ = (
        "attr",
        "value",
    )

    def __init__(self, value: "Expr", attr: str, start: int, end: int) -> None:
        self.value = value
        self.attr = attr
        self.start = start
        self.end = end


class Sub(Node):
    """`value[key]`; a slice is a `Slice`."""

    __slots__ = (
        "key",
        "value",
    )

    def __init__(self, value: "Expr", key: "Expr", start: int, end: int) -> None:
        self.value = value
        self.key = key
        self.start = start
        self.end = end


class Slice(Node):
    """`lower:upper:step` between brackets."""

    __slots__ = (
        "lower",
        "step",
        "upper",
    )

    def __init__(
        self, lower: "Expr | None", upper: "Expr | None", step: "Expr | None", start: int, end: int
    ) -> None:
        self.lower = lower
        self.upper = upper
        self.step = step
        self.start = start
        self.end = end


class Keyword(Record):
    """`name=value` in a call; the name is None for `**value`."""

    __slots__ = (
        "name",
        "value",
    )

    def __init__(self, name: str | None, value: "Expr") -> None:
        self.name = name
        self.value = value


class Call(Node):
    """A call; `*args` is a `Starred` among the arguments."""

    __slots__ = (
        "args",
        "func",
        "keywords",
    )

    def __init__(
        self,
        func: "Expr",
        args: tuple["Expr", ...],
        keywords: tuple[Keyword, ...],
        start: int,
        end: int,
    ) -> None:
        self.func = func
        self.args = args
        self.keywords = keywords
        self.start = start
        self.end = end

    def keyword(self, name: str) -> "Expr | None":
        """The value of a keyword argument, None when it is not written."""
        for keyword in self.keywords:
            if keyword.name == name:
                return keyword.value
        return None

    def argument(self, position: int, name: str) -> "Expr | None":
        """The argument at a position or of a name, whichever is written."""
        head = self.args[: position + 1]
        if len(head) > position and not any(isinstance(arg, Starred) for arg in head):
            return head[position]
        return self.keyword(name)


class Format(Node):
    """An f-string: literal parts and replaced expressions in turn."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple["Expr", ...], start: int, end: int) -> None:
        self.parts = parts
        self.start = start
        self.end = end


class Field(Node):
    """A replacement field of an f-string; `plain` when it has no conversion and no format."""

    __slots__ = (
        "plain",
        "value",
    )

    def __init__(self, value: "Expr", plain: bool, start: int, end: int) -> None:
        self.value = value
        self.plain = plain
        self.start = start
        self.end = end


class Binary(Node):
    """`left op right`; the operator as it is written."""

    __slots__ = (
        "left",
        "op",
        "right",
    )

    def __init__(self, op: str, left: "Expr", right: "Expr", start: int, end: int) -> None:
        self.op = op
        self.left = left
        self.right = right
        self.start = start
        self.end = end


class Unary(Node):
    """`not x`, `-x`, `+x`, `~x`."""

    __slots__ = (
        "op",
        "operand",
    )

    def __init__(self, op: str, operand: "Expr", start: int, end: int) -> None:
        self.op = op
        self.operand = operand
        self.start = start
        self.end = end


class Bool(Node):
    """`a and b and c` or `a or b or c`."""

    __slots__ = (
        "op",
        "values",
    )

    def __init__(self, op: str, values: tuple["Expr", ...], start: int, end: int) -> None:
        self.op = op
        self.values = values
        self.start = start
        self.end = end


class Compare(Node):
    """`left op right op right...`."""

    __slots__ = (
        "left",
        "ops",
        "rights",
    )

    def __init__(
        self, left: "Expr", ops: tuple[str, ...], rights: tuple["Expr", ...], start: int, end: int
    ) -> None:
        self.left = left
        self.ops = ops
        self.rights = rights
        self.start = start
        self.end = end


class Choice(Node):
    """`body if test else orelse`."""

    __slots__ = (
        "body",
        "orelse",
        "test",
    )

    def __init__(self, test: "Expr", body: "Expr", orelse: "Expr", start: int, end: int) -> None:
        self.test = test
        self.body = body
        self.orelse = orelse
        self.start = start
        self.end = end


class Sequence(Node):
    """A display: `kind` is list, tuple or set."""

    __slots__ = (
        "items",
        "kind",
    )

    def __init__(self, kind: str, items: tuple["Expr", ...], start: int, end: int) -> None:
        self.kind = kind
        self.items = items
        self.start = start
        self.end = end


class Table(Node):
    """A dict display; the key is None for `**value`."""

    __slots__ = (
        "keys",
        "values",
    )

    def __init__(
        self, keys: tuple["Expr | None", ...], values: tuple["Expr", ...], start: int, end: int
    ) -> None:
        self.keys = keys
        self.values = values
        self.start = start
        self.end = end


class Starred(Node):
    """`*value`."""

    __slots__ = ("value",)

    def __init__(self, value: "Expr", start: int, end: int) -> None:
        self.value = value
        self.start = start
        self.end = end


class Comprehension(Node):
    """A comprehension with one `for`; `kind` is list, set, generator or dict (then with a key)."""

    __slots__ = (
        "conditions",
        "element",
        "iterable",
        "key",
        "kind",
        "target",
    )

    def __init__(
        self,
        kind: str,
        key: "Expr | None",
        element: "Expr",
        target: "Expr",
        iterable: "Expr",
        conditions: tuple["Expr", ...],
        start: int,
        end: int,
    ) -> None:
        self.kind = kind
        self.key = key
        self.element = element
        self.target = target
        self.iterable = iterable
        self.conditions = conditions
        self.start = start
        self.end = end


class Lambda(Node):
    """A lambda of plain positional parameters."""

    __slots__ = (
        "body",
        "params",
    )

    def __init__(self, params: tuple[str, ...], body: "Expr", start: int, end: int) -> None:
        self.params = params
        self.body = body
        self.start = start
        self.end = end


class Await(Node):
    """`await value`."""

    __slots__ = ("value",)

    def __init__(self, value: "Expr", start: int, end: int) -> None:
        self.value = value
        self.start = start
        self.end = end


class Walrus(Node):
    """`(name := value)`."""

    __slots__ = (
        "name",
        "value",
    )

    def __init__(self, name: str, value: "Expr", start: int, end: int) -> None:
        self.name = name
        self.value = value
        self.start = start
        self.end = end


class Opaque(Node):
    """An expression that is not represented."""

    __slots__ = ()


Expr: TypeAlias = (
    Const
    | Name
    | Attr
    | Sub
    | Slice
    | Call
    | Format
    | Field
    | Binary
    | Unary
    | Bool
    | Compare
    | Choice
    | Sequence
    | Table
    | Starred
    | Comprehension
    | Lambda
    | Await
    | Walrus
    | Opaque
)
