"""The code of a module as evaluators run it: statements over expression records."""

from typing import Literal, TypeAlias

from dockerlint_py.python.expressions import Expr
from dockerlint_py.python.node import Record
from dockerlint_py.record import NamedTuple


class Import(NamedTuple):
    """One imported name.

    `import a.b` has module `a.b`, no name and binds `a`; `import a.b as c` has an empty name and
    binds `c`; `from ..a import b as c` has level 2, module `a`, name `b` and binds `c`; a star has
    the name `*`. `optional` imports stand in a `try` that catches ImportError, `typing` ones under
    TYPE_CHECKING.
    """

    module: str
    name: str | None
    binds: str
    level: int
    scope: int
    guard: int
    optional: bool
    typing: bool
    start: int
    end: int


class Bind(Record):
    """An assignment as the evaluator runs it; `op` is `=` or `+=` and so on."""

    __slots__ = (
        "annotation",
        "end",
        "op",
        "start",
        "targets",
        "value",
    )

    def __init__(
        self,
        targets: tuple[Expr, ...],
        value: Expr | None,
        op: str,
        annotation: Expr | None,
        start: int,
        end: int,
    ) -> None:
        self.targets = targets
        self.value = value
        self.op = op
        self.annotation = annotation
        self.start = start
        self.end = end


class Evaluate(Record):
    """An expression statement."""

    __slots__ = ("value",)

    def __init__(self, value: Expr) -> None:
        self.value = value


class Bring(Record):
    """An import statement."""

    __slots__ = ("imports",)

    def __init__(self, imports: tuple[Import, ...]) -> None:
        self.imports = imports


class Branch(Record):
    """`if` with its `elif`s, each a test and a body, and its `else`."""

    __slots__ = (
        "arms",
        "orelse",
    )

    def __init__(
        self,
        arms: "tuple[tuple[Expr, tuple[Statement, ...]], ...]",
        orelse: "tuple[Statement, ...]",
    ) -> None:
        self.arms = arms
        self.orelse = orelse


class Handler(Record):
    """An `except` clause: names of what it catches (empty: everything), and what it does."""

    __slots__ = (
        "body",
        "names",
    )

    def __init__(self, names: tuple[str, ...], body: "tuple[Statement, ...]") -> None:
        self.names = names
        self.body = body


class Attempt(Record):
    """`try`."""

    __slots__ = (
        "body",
        "final",
        "handlers",
        "orelse",
    )

    def __init__(
        self,
        body: "tuple[Statement, ...]",
        handlers: tuple[Handler, ...],
        orelse: "tuple[Statement, ...]",
        final: "tuple[Statement, ...]",
    ) -> None:
        self.body = body
        self.handlers = handlers
        self.orelse = orelse
        self.final = final


class Loop(Record):
    """`for` (with target and iterable), or `while` (without)."""

    __slots__ = (
        "body",
        "iterable",
        "orelse",
        "target",
    )

    def __init__(
        self,
        target: Expr | None,
        iterable: Expr | None,
        body: "tuple[Statement, ...]",
        orelse: "tuple[Statement, ...]",
    ) -> None:
        self.target = target
        self.iterable = iterable
        self.body = body
        self.orelse = orelse


class Block(Record):
    """`with`, whose body always runs."""

    __slots__ = (
        "body",
        "items",
    )

    def __init__(
        self, items: tuple[tuple[Expr, Expr | None], ...], body: "tuple[Statement, ...]"
    ) -> None:
        self.items = items
        self.body = body


class Cases(Record):
    """`match`, one of whose bodies may run."""

    __slots__ = ("bodies",)

    def __init__(self, bodies: "tuple[tuple[Statement, ...], ...]") -> None:
        self.bodies = bodies


class Define(Record):
    """A function or class definition: its number in `functions` or `classes`."""

    __slots__ = (
        "kind",
        "name",
        "number",
    )

    def __init__(self, name: str, kind: Literal["function", "class"], number: int) -> None:
        self.name = name
        self.kind = kind
        self.number = number


class Leave(Record):
    """`return`, `raise`, `break` or `continue`, with its value."""

    __slots__ = (
        "end",
        "kind",
        "start",
        "value",
    )

    def __init__(
        self,
        kind: Literal["return", "raise", "break", "continue"],
        value: Expr | None,
        start: int,
        end: int,
    ) -> None:
        self.kind = kind
        self.value = value
        self.start = start
        self.end = end


class Erase(Record):
    """`del`."""

    __slots__ = ("targets",)

    def __init__(self, targets: tuple[Expr, ...]) -> None:
        self.targets = targets


Statement: TypeAlias = (
    Bind | Evaluate | Bring | Branch | Attempt | Loop | Block | Cases | Define | Leave | Erase
)
