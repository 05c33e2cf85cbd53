"""In which order middleware of Starlette's family lies around an application.

What is added last is the outermost; of a list that the application is made with, the first one is,
and all that is added afterwards lies around it.
"""

from collections.abc import Iterator

from dockerlint_py.python.expressions import Call, Const, Expr, Sequence
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.receivers import Receivers
from dockerlint_py.python.records import Assignment, Function
from dockerlint_py.record import NamedTuple

_APPLICATIONS = (
    *("fastapi.FastAPI", "fastapi.applications.FastAPI"),
    "starlette.applications.Starlette",
)
_IN_LIST = ("starlette.middleware.Middleware", "fastapi.middleware.Middleware")
_CHANGES = frozenset({"append", "extend", "insert", "pop", "remove", "reverse", "sort", "clear"})


class Layer(NamedTuple):
    """A middleware: its class by full path, or the function that `@app.middleware` makes one of.

    `guard` is that of the statement that adds it.
    """

    path: str
    function: Function | None
    scope: int
    guard: int
    start: int
    end: int


def stacks_in(receivers: Receivers) -> list[tuple[Layer, ...]]:
    """The middleware of each application of a module, the innermost first.

    What two functions add to one application is kept apart: which is called first is not known.
    """
    added: dict[tuple[str, int], list[Layer]] = {}
    made: dict[tuple[str, int], list[Layer]] = {}
    for holder, layer in [*_added(receivers), *_decorated(receivers)]:
        added.setdefault((holder, layer.scope), []).append(layer)
    for item in receivers.facts.assignments:
        if isinstance(item.value, Call):
            layers = list(_listed(receivers, item, item.value))
            made.setdefault((f"@{item.target}", item.scope), []).extend(layers)
    stacks = []
    for key in dict.fromkeys((*made, *added)):
        later = sorted(added.get(key, ()), key=lambda layer: layer.start)
        stacks.append((*reversed(made.get(key, ())), *later))
    return [stack for stack in stacks if stack]


def _added(receivers: Receivers) -> Iterator[tuple[str, Layer]]:
    """`app.add_middleware(Class, ...)`."""
    for site in receivers.facts.calls:
        holder, _, name = site.path.rpartition(".")
        if name == "add_middleware" and site.call.args:
            path = receivers.names.path(path_of(site.call.args[0]), site.scope)
            span = (site.call.start, site.call.end)
            yield holder, Layer(path, None, site.scope, site.guard, *span)


def _decorated(receivers: Receivers) -> Iterator[tuple[str, Layer]]:
    """`@app.middleware("http")`."""
    facts = receivers.facts
    for function in facts.functions:
        scope = facts.scopes[function.scope].parent
        for decorator in function.decorators:
            path = receivers.names.path(path_of(decorator), scope)
            holder, _, name = path.rpartition(".")
            kind = decorator.args[0] if isinstance(decorator, Call) and decorator.args else None
            if name == "middleware()" and isinstance(kind, Const) and kind.value == "http":
                span = (decorator.start, decorator.end)
                yield holder, Layer("", function, scope, function.guard, *span)


def _listed(receivers: Receivers, item: Assignment, call: Call) -> Iterator[Layer]:
    """`app = FastAPI(middleware=[Middleware(Class, ...), ...])`."""
    given = call.keyword("middleware")
    path = receivers.names.path(path_of(call.func), item.scope)
    if given is None or path not in _APPLICATIONS:
        return
    for each in _items(receivers, given, item.scope):
        if isinstance(each, Call) and each.args:
            wrapper = receivers.names.path(path_of(each.func), item.scope)
            if wrapper in _IN_LIST:
                cls = receivers.names.path(path_of(each.args[0]), item.scope)
                yield Layer(cls, None, item.scope, item.guard, each.start, each.end)


def _items(receivers: Receivers, given: Expr, scope: int) -> tuple[Expr, ...]:
    """The items of a list, written there or given to a name that nothing changes."""
    if isinstance(given, Sequence):
        return given.items
    facts, name = receivers.facts, path_of(given)
    values = [item.value for item in facts.assignments if item.target == name]
    here = [item.scope for item in facts.assignments if item.target == name]
    changed = any(
        site.path.rpartition(".")[0] == f"@{name}" and site.path.rpartition(".")[2] in _CHANGES
        for site in facts.calls
    )
    if here == [scope] and not changed and isinstance(values[0], Sequence):
        return values[0].items
    return ()
