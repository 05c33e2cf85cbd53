"""What is kept of a module once its tree is dropped: small records with offsets, all picklable."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from dockerlint_py.python.expressions import Call, Expr
from dockerlint_py.python.statements import Import, Statement
from dockerlint_py.record import NamedTuple

ScopeKind: TypeAlias = Literal["module", "class", "function", "async", "lambda"]
GuardKind: TypeAlias = Literal[
    "if", "else", "main", "typing", "try", "except", "finally", "loop", "with", "case"
]


class Scope(NamedTuple):
    """A module, class or function body; `parent` is an index, -1 for the module itself.

    `names` are what it binds by anything but imports: assignments, parameters, definitions, loops.
    """

    kind: ScopeKind
    name: str
    parent: int
    start: int
    end: int
    names: frozenset[str] = frozenset()


class Guard(NamedTuple):
    """A compound statement around others.

    `else` holds the test that failed. `try` has the exception names of its handlers, `except` its
    own; an empty tuple there means every exception. `parent` is the guard around this one in the
    same scope, -1 for none.
    """

    kind: GuardKind
    test: Expr | None
    names: tuple[str, ...]
    parent: int
    start: int
    end: int


class CallSite(NamedTuple):
    """A call: `path` is the callee in path notation, resolved (see `ModuleFacts`)."""

    path: str
    call: Call
    scope: int
    guard: int
    awaited: bool


class Assignment(NamedTuple):
    """`target = value` or `target op value`; the target in path notation, value None if absent.

    `with value as target` has the operator `with`.
    """

    target: str
    value: Expr | None
    op: str
    annotation: Expr | None
    scope: int
    guard: int
    start: int
    end: int


class Subscript(NamedTuple):
    """A subscript that is read: `os.environ["X"]`; `path` is what is subscripted, resolved."""

    path: str
    key: Expr
    scope: int
    guard: int
    start: int
    end: int


class Parameter(NamedTuple):
    """A parameter; `kind` is `` for plain ones, `*`, `**` or `keyword`."""

    name: str
    kind: str
    default: Expr | None
    annotation: Expr | None


class Function(NamedTuple):
    """A function; `scope` is its own scope, `body` is kept for short functions only."""

    name: str
    scope: int
    guard: int
    is_async: bool
    decorators: tuple[Expr, ...]
    params: tuple[Parameter, ...]
    body: tuple[Statement, ...] | None
    start: int
    end: int


class Class(NamedTuple):
    """A class; `scope` is its own scope."""

    name: str
    scope: int
    guard: int
    decorators: tuple[Expr, ...]
    bases: tuple[Expr, ...]
    keywords: tuple[tuple[str, Expr], ...]
    body: tuple[Statement, ...]
    start: int
    end: int


class Assert(NamedTuple):
    """An assert statement."""

    test: Expr
    scope: int
    guard: int
    start: int
    end: int


class Problem(NamedTuple):
    """Why a file, or a part of it, could not be read; an offset where that is known."""

    code: str
    message: str
    at: int | None = None


class ModuleFacts(NamedTuple):
    """Everything that is kept of one module.

    `body` is the module's own code for evaluators; rules read the flat tuples, whose order is the
    order in the file. `newer` says that the file needs a newer Python than the running one.

    Resolved paths are in path notation (`expressions.path_of`) and begin with what the head stands
    for: the dotted name that it was imported by (`requests.get`; `.db.session` for a relative
    import), `@` and the name when this file binds it (`@client.get`), else a builtin (`print`).
    """

    path: str
    body: tuple[Statement, ...] = ()
    scopes: tuple[Scope, ...] = ()
    guards: tuple[Guard, ...] = ()
    imports: tuple[Import, ...] = ()
    calls: tuple[CallSite, ...] = ()
    subscripts: tuple[Subscript, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()
    asserts: tuple[Assert, ...] = ()
    docstring: bool = False
    newer: bool = False
    problems: tuple[Problem, ...] = ()

    def guards_of(self, guard: int) -> Iterator[Guard]:
        """The guards around something, the innermost first."""
        while guard >= 0:
            yield self.guards[guard]
            guard = self.guards[guard].parent

    def scopes_of(self, scope: int) -> Iterator[Scope]:
        """A scope and those around it, the innermost first."""
        while scope >= 0:
            yield self.scopes[scope]
            scope = self.scopes[scope].parent

    def in_async(self, scope: int) -> bool:
        """Whether code of this scope runs inside an `async def`: not in a function of its own."""
        for around in self.scopes_of(scope):
            if around.kind != "class":
                return around.kind == "async"
        return False

    def function_of(self, scope: int) -> Function | None:
        """The function whose own code a scope is; None for other scopes."""
        return next((each for each in self.functions if each.scope == scope), None)

    def at_import(self, scope: int) -> bool:
        """Whether code of this scope runs when the module is imported."""
        return all(around.kind in ("module", "class") for around in self.scopes_of(scope))

    def calls_to(self, *paths: str) -> Iterator[CallSite]:
        """The calls of these callees, in path notation."""
        return (site for site in self.calls if site.path in paths)

    @property
    def has_main_guard(self) -> bool:
        """Whether there is an `if __name__ == "__main__":`."""
        return any(guard.kind == "main" for guard in self.guards)
