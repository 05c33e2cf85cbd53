"""Calls that keep an event loop waiting, and how requests come to them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Known
from dockerlint_py.knowledge.blocking import BLOCKING, CLIENT_METHODS, CLIENTS, Kind
from dockerlint_py.model.code.async_callers import Asked, AsyncCallers
from dockerlint_py.model.code.django_queries import DjangoQueries
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.origins import Origin, Origins
from dockerlint_py.python.records import CallSite, Function
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.code.async_code import AsyncCode

_MAX_HELPERS = 3
_ALWAYS = frozenset({"loop", "try", "with"})
"""Blocks that run: what stands behind a test may never run."""
_METHODS_OF_CLASSES = frozenset({"classmethod", "staticmethod"})


class BlockingCall(NamedTuple):
    """A call in an `async def`: its name, what it waits for, and what it comes to.

    `in_helper` tells that a function of the application is called, which may not come to it each
    time; `answers` that requests run it.
    """

    name: str
    in_helper: bool
    kind: Kind
    function: str
    place: Place
    because: tuple[Known[str], ...]
    answers: bool


class _Waiting(NamedTuple):
    """A call of a library that waits, and where it is."""

    name: str
    kind: Kind
    place: Place


def blocking_calls_of(code: "AsyncCode") -> Iterator[BlockingCall]:
    """The first blocking call of each asynchronous function that requests may run."""
    callers = AsyncCallers(code)
    finder = _Finder(code)
    files = code.application.python_files
    for path in sorted(code.files or code.application.runtime):
        if "async def" not in files.text(path):
            continue
        for function in files.facts(path).functions:
            found = finder.first_in(path, function) if function.is_async else None
            if found is None:
                continue
            asked = callers.asked(path, function)
            if asked is not None:
                yield _call(code, path, function, found, asked)


def _call(
    code: "AsyncCode",
    path: str,
    function: Function,
    found: tuple[CallSite, _Waiting],
    asked: Asked,
) -> BlockingCall:
    site, waiting = found
    source = code.application.python_files.source(path)
    name = source.text[site.call.func.start : site.call.func.end]
    because = asked.because
    place = source.place(site.call.start, site.call.end)
    in_helper = waiting.place != place
    if in_helper:
        says = f"it comes to {waiting.name}"
        because = (*because, Known(waiting.name, (waiting.place,), Confidence.LIKELY, says))
    return BlockingCall(name, in_helper, waiting.kind, function.name, place, because, asked.answers)


class _Finder:
    """Looks for what waits, in functions and in those that they call."""

    def __init__(self, code: "AsyncCode") -> None:
        self._keeps_others_waiting = bool(code.servers or code.django_server)
        self._queries = DjangoQueries(code.application)
        self._query = self._kind_of_queries()
        self._files = code.application.python_files
        self._origins: Origins = code.application.origins
        self._helpers: dict[tuple[str, int], _Waiting | None] = {}

    def _kind_of_queries(self) -> Kind | None:
        """What a query of Django comes to; None when it may be harmless."""
        allowed = self._queries.are_allowed
        if isinstance(allowed, Known) and not allowed.value:
            return "refused query"
        if not self._keeps_others_waiting:
            return None
        return "query" if isinstance(allowed, Known) else "refused query"

    def first_in(self, path: str, function: Function) -> tuple[CallSite, _Waiting] | None:
        """The first call of a function that waits, by itself or in a function of ours."""
        for site in self._files.facts(path).calls:
            if site.scope != function.scope or site.awaited:
                continue
            waiting = self._waiting(path, site) or self._in_helper(path, site, _MAX_HELPERS)
            if waiting is not None:
                return site, waiting
        return None

    def _waiting(self, path: str, site: CallSite) -> _Waiting | None:
        name, kind = self._library(path, site) if self._keeps_others_waiting else ("", None)
        if kind is None and self._query is not None and self._queries.runs(path, site):
            name, kind = site.path.lstrip("@"), self._query
        if kind is None:
            return None
        return _Waiting(name, kind, self._files.source(path).place(site.call.start, site.call.end))

    def _library(self, path: str, site: CallSite) -> tuple[str, Kind | None]:
        """The full name of a call of a library that waits, and what for."""
        row = BLOCKING.get(site.path)
        name, kind = (site.path, row.kind) if row else ("", None)
        method = site.path.rpartition(".")[2]
        if kind is None and method in CLIENT_METHODS:
            made = self._origins.of(site.path, site.scope, path).path
            maker, _, rest = made.partition("()")
            client = CLIENTS.get(maker)
            if client and method in client.methods and "()" not in rest and rest:
                name, kind = f"{maker}(){rest}", client.kind
        return name, kind

    def _in_helper(self, path: str, site: CallSite, depth: int) -> _Waiting | None:
        """What a plain function of ours that is called here waits for, whatever it is given."""
        if not depth or not self._is_ours(path, site):
            return None
        origin = self._origins.of(site.path, site.scope, path)
        function = self._origins.function(origin)
        if origin.file is None or function is None or self._is_special(origin, function):
            return None
        key = (origin.file, function.start)
        if key not in self._helpers:
            self._helpers[key] = None
            self._helpers[key] = self._always(origin.file, function, depth - 1)
        return self._helpers[key]

    def _always(self, path: str, function: Function, depth: int) -> _Waiting | None:
        facts = self._files.facts(path)
        for site in facts.calls:
            if site.scope != function.scope:
                continue
            if all(guard.kind in _ALWAYS for guard in facts.guards_of(site.guard)):
                found = self._waiting(path, site) or self._in_helper(path, site, depth)
                if found is not None and found.kind != "cpu":
                    return found
        return None

    def _is_ours(self, path: str, site: CallSite) -> bool:
        if site.path.startswith(("@", ".")):
            return True
        return self._files.graph.is_ours(site.path.partition("(")[0], path)

    def _is_special(self, origin: Origin, function: Function) -> bool:
        """Whether calling it does not simply run it: a coroutine, a generator, a decorated one."""
        assert origin.file is not None
        if (
            function.is_async
            or "yield" in self._files.text(origin.file)[function.start : function.end]
        ):
            return True
        return any(path_of(each) not in _METHODS_OF_CLASSES for each in function.decorators)
