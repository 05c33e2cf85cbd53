"""Process-local state: mutable objects of a module that its functions change, and schedulers."""

from collections.abc import Iterator

from dockerlint_py.python.expressions import Call, Comprehension, Expr, Sequence, Table
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.receivers import Receivers
from dockerlint_py.python.records import Assignment, ModuleFacts
from dockerlint_py.record import NamedTuple

_CHANGES = frozenset(
    {
        "append",
        "add",
        "extend",
        "update",
        "insert",
        "setdefault",
        "pop",
        "popitem",
        "remove",
        "clear",
    }
)
_CONTAINERS = frozenset({"dict", "list", "set", "collections.defaultdict", "collections.deque"})
SCHEDULERS = {
    "apscheduler.schedulers.background.BackgroundScheduler": "APScheduler",
    "apscheduler.schedulers.asyncio.AsyncIOScheduler": "APScheduler",
    "apscheduler.schedulers.blocking.BlockingScheduler": "APScheduler",
    "apscheduler.schedulers.gevent.GeventScheduler": "APScheduler",
    "apscheduler.schedulers.tornado.TornadoScheduler": "APScheduler",
    "flask_apscheduler.APScheduler": "Flask-APScheduler",
    "rocketry.Rocketry": "Rocketry",
    "threading.Timer": "threading.Timer",
}
_REPEATERS = {
    "fastapi_utils.tasks.repeat_every": "fastapi-utils",
    "fastapi_utilities.repeat_every": "fastapi-utilities",
    "schedule.run_pending": "schedule",
}


class SharedState(NamedTuple):
    """A mutable object of a module, and the first place in a function that changes it."""

    name: str
    made: Assignment
    function: str
    start: int
    end: int


class Scheduler(NamedTuple):
    """A scheduler that is started (or a function made to repeat): by what, and where.

    `scope` is the scope that the start stands in, an index into the facts.
    """

    library: str
    scope: int
    guard: int
    start: int
    end: int


def shared_state(facts: ModuleFacts) -> Iterator[SharedState]:
    """The lists, dicts and sets at the top of a module that functions of it change."""
    receivers = Receivers(facts)
    for item in facts.assignments:
        if item.scope or item.value is None or not _is_container(receivers, item.value):
            continue
        change = _change(facts, item.target)
        if change is not None:
            scope, start, end = change
            yield SharedState(item.target, item, facts.scopes[scope].name, start, end)


def _is_container(receivers: Receivers, value: Expr) -> bool:
    if isinstance(value, Sequence):
        return value.kind != "tuple"
    if isinstance(value, Call):
        return receivers.names.path(path_of(value.func), 0) in _CONTAINERS
    return isinstance(value, Table) or (
        isinstance(value, Comprehension) and value.kind != "generator"
    )


def _change(facts: ModuleFacts, name: str) -> tuple[int, int, int] | None:
    """The first change of a name of the module inside a function that does not rebind it."""
    found: list[tuple[int, int, int]] = []
    for site in facts.calls:
        head, _, method = site.path.rpartition(".")
        if head == f"@{name}" and method in _CHANGES and not facts.at_import(site.scope):
            found.append((site.scope, site.call.start, site.call.end))
    for item in facts.assignments:
        whole = item.target == name and item.op not in ("=", "with")
        part = item.target.startswith(f"{name}[")
        if (whole or part) and not facts.at_import(item.scope):
            found.append((item.scope, item.start, item.end))
    mine = (change for change in found if not _is_local(facts, name, change[0]))
    return min(mine, key=lambda change: change[1], default=None)


def _is_local(facts: ModuleFacts, name: str, scope: int) -> bool:
    """Whether a function around the scope has a name of its own like that."""
    while scope > 0:
        params = (f.params for f in facts.functions if f.scope == scope)
        if any(param.name == name for group in params for param in group):
            return True
        if any(
            item.target == name and item.op in ("=", "with") and item.scope == scope
            for item in facts.assignments
        ):
            return True
        scope = facts.scopes[scope].parent
    return False


def schedulers_in(facts: ModuleFacts) -> Iterator[Scheduler]:
    """The schedulers that a module starts, and the functions that it makes to repeat."""
    receivers = Receivers(facts)
    for site in facts.calls:
        library = _REPEATERS.get(site.path, "")
        if site.path.endswith(".start"):
            followed = receivers.follow(site.path, site.scope).removesuffix(".start")
            library = SCHEDULERS.get(followed.removesuffix("()"), "")
        if library:
            yield Scheduler(library, site.scope, site.guard, site.call.start, site.call.end)
