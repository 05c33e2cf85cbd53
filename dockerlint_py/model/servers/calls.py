"""Servers that a Python program of a container starts itself: `uvicorn.run(app)`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Unknown
from dockerlint_py.knowledge.server_calls import (
    CALLS,
    DJANGO_CALLERS,
    DJANGO_COMMANDS,
    METHODS,
    StartCall,
)
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.servers.program_file import program_file
from dockerlint_py.model.servers.settings import ServerSettings
from dockerlint_py.model.servers.sources import Defaults, Doubt, SettingSource, Values
from dockerlint_py.python.evaluate import Evaluator
from dockerlint_py.python.evaluate.inside import value_in
from dockerlint_py.python.evaluate.values import FunctionValue, Made, Plain, Text, Value
from dockerlint_py.python.expressions import Attr, Call, Const, Sequence, Starred
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import CallSite, ModuleFacts
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

MAX_DEPTH = 3
"""Functions that call one another before the server is started."""
MAX_SITES = 400

_APPLICATION_KEYS = ("app", "target", "application")
_SURE = ("main", "try", "with", "finally")
"""What may stand around a call that is made for certain, as far as servers are concerned."""


class StartedByCode(NamedTuple):
    """A server that Python code starts: the call, its settings, and what it is given to serve.

    `is_certain` is False when the call stands behind a condition.
    """

    call: StartCall
    path: str
    place: Place
    settings: ServerSettings
    name: str
    application: Value | None
    evaluator: Evaluator
    is_certain: bool


def started_by_code(container: "Container", invocation: Invocation) -> Iterator[StartedByCode]:
    """The servers that the script or the module of an invocation starts."""
    module = program_file(container, invocation)
    if isinstance(module, Unknown):
        return
    files = container.repository.python_files
    if module.value not in files.modules.known or not files.is_understood(module.value):
        return
    yield from _Follower(container, invocation).follow(module.value)


class _Follower:
    """Follows the code that a program runs to the calls that start servers."""

    def __init__(self, container: "Container", invocation: Invocation) -> None:
        files = container.repository.python_files
        self._files = files
        self._graph = files.graph
        self._env = invocation.env
        self._evaluator = Evaluator(files.graph, invocation.env)
        self._seen: set[tuple[str, int]] = set()
        self._sites = 0

    def follow(self, path: str) -> Iterator[StartedByCode]:
        yield from self._scope(path, 0, MAX_DEPTH, is_certain=True)

    def _scope(
        self, path: str, scope: int, depth: int, *, is_certain: bool
    ) -> Iterator[StartedByCode]:
        """The calls in one scope of a file, and in the functions that it calls."""
        if (path, scope) in self._seen:
            return
        self._seen.add((path, scope))
        facts = self._files.facts(path)
        for site in facts.calls:
            inside = facts.at_import(site.scope) if scope == 0 else site.scope == scope
            if not inside or self._sites > MAX_SITES:
                continue
            self._sites += 1
            sure = is_certain and all(g.kind in _SURE for g in facts.guards_of(site.guard))
            call = self._start(facts, site)
            if call is not None:
                yield self._started(facts, site, call, is_certain=sure)
            elif depth:
                yield from self._inner(facts, site, depth - 1, is_certain=sure)

    def _start(self, facts: ModuleFacts, site: CallSite) -> StartCall | None:
        """What the call starts, its receiver followed to what made it."""
        known = CALLS.get(site.path)
        if known is not None:
            return known
        if site.path in DJANGO_CALLERS:
            return _django_command(site.call)
        func = site.call.func
        if not isinstance(func, Attr) or func.attr not in METHODS:
            return None
        frame = self._evaluator.module(facts.path)
        receiver = value_in(self._evaluator, frame, func.value, site.scope)
        return CALLS.get(f"{receiver.path}().{func.attr}") if isinstance(receiver, Made) else None

    def _inner(
        self, facts: ModuleFacts, site: CallSite, depth: int, *, is_certain: bool
    ) -> Iterator[StartedByCode]:
        """The function of the repository that a call calls."""
        func = site.call.func
        arguments = site.call.args if site.path == "asyncio.run" else ()
        if arguments and isinstance(arguments[0], Call):
            func = arguments[0].func
        frame = self._evaluator.module(facts.path)
        value = value_in(self._evaluator, frame, func, site.scope)
        if isinstance(value, FunctionValue):
            scope = self._files.facts(value.path).functions[value.number].scope
            yield from self._scope(value.path, scope, depth, is_certain=is_certain)

    def _started(
        self, facts: ModuleFacts, site: CallSite, call: StartCall, *, is_certain: bool
    ) -> StartedByCode:
        values = self._values(facts, site, call)
        sources: list[SettingSource] = [Defaults(self._env), Values(facts.path, values)]
        open_ended = any(keyword.name is None for keyword in site.call.keywords) or any(
            isinstance(argument, Starred) for argument in site.call.args
        )
        source = self._files.source(facts.path)
        place = source.place(site.call.start, site.call.end)
        if open_ended or not call.is_complete:
            sources.append(Doubt(facts.path, "its arguments are computed", (place,)))
        settings = ServerSettings(call.server.program, call.settings, tuple(sources))
        name, application = self._application(facts, site, values)
        return StartedByCode(
            call, facts.path, place, settings, name, application, self._evaluator, is_certain
        )

    def _application(
        self, facts: ModuleFacts, site: CallSite, values: dict[str, Value]
    ) -> tuple[str, Value | None]:
        """The object that is served, and its name; None when it is given as `module:name`."""
        for key in _APPLICATION_KEYS:
            given = values.get(key)
            if given is not None:
                return key, None if isinstance(given, Plain | Text) else given
        func = site.call.func
        if not isinstance(func, Attr):
            return "", None
        frame = self._evaluator.module(facts.path)
        return path_of(func.value), value_in(self._evaluator, frame, func.value, site.scope)

    def _values(self, facts: ModuleFacts, site: CallSite, call: StartCall) -> dict[str, Value]:
        frame = self._evaluator.module(facts.path)
        exprs = dict(zip(call.positions, site.call.args, strict=False))
        exprs |= {each.name: each.value for each in site.call.keywords if each.name is not None}
        return {
            name: value_in(self._evaluator, frame, expr, site.scope) for name, expr in exprs.items()
        }


def _django_command(call: Call) -> StartCall | None:
    """The server that a command of Django is, whose name is written in a call or in its list."""
    words = call.args[0].items if call.args and isinstance(call.args[0], Sequence) else call.args
    names = [w.value for w in words[:2] if isinstance(w, Const) and isinstance(w.value, str)]
    return next((DJANGO_COMMANDS[name] for name in names if name in DJANGO_COMMANDS), None)
