"""The evaluator: modules are run once each, under one environment."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from dockerlint_py.facts import Environment, Known, Unknown
from dockerlint_py.python.evaluate import lookup
from dockerlint_py.python.evaluate.calls import call_value
from dockerlint_py.python.evaluate.compute import compute
from dockerlint_py.python.evaluate.disk import Disk, NoDisk
from dockerlint_py.python.evaluate.env_files import EnvFile
from dockerlint_py.python.evaluate.frame import Frame, Raised, catches
from dockerlint_py.python.evaluate.meter import ExhaustedError, Meter
from dockerlint_py.python.evaluate.statements import returned, run_block
from dockerlint_py.python.evaluate.values import (
    FromEnv,
    FunctionValue,
    Located,
    Origin,
    Plain,
    Unresolved,
    Value,
    moved,
)
from dockerlint_py.python.expressions import Call, Expr
from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.statements import Bind, Handler, Statement
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source

_MAX_DEPTH = 24
_MAX_NESTING = 40
"""Modules that import one another in turn; further ones are read when something asks for them."""


class Failure(NamedTuple):
    """A statement that raises when its module is imported: the exception's name, why, and where.

    `variables` are those of the environment that it raises for want of.
    """

    name: str
    why: str
    place: Place
    variables: tuple[str, ...] = ()


class Variable(NamedTuple):
    """What reading an environment variable gave; no value when it is not set and has no default."""

    value: Value | None
    is_default: bool


class _Attempt(NamedTuple):
    """A `try` whose body is being run."""

    frame: Frame
    handlers: tuple[Handler, ...]
    states: list[dict[str, Value]]


class Evaluator:
    """Evaluates modules of a repository under an environment.

    `argv` is `sys.argv`, None when it is not known. `reads` are all reads of environment variables
    so far; `dynamic` tells that some were of unknown names. `env_files` are the files of variables
    that are loaded; `may_exist` tells of such a file whether it may be there, then variables that
    are not set are unknown from there on. `disk` are the other files that it finds; `kept` is what
    libraries remember of their objects. `failures` are statements at the top of modules that
    raise for sure; after one, evaluation goes on with unknown values. With `runs_imports` every
    module that is imported runs, as in a program; else those whose names are asked for.
    """

    def __init__(
        self,
        graph: ModuleGraph,
        environment: Environment,
        argv: Sequence[str] | None = None,
        may_exist: "Callable[[EnvFile], bool] | None" = None,
        *,
        disk: Disk | None = None,
        runs_imports: bool = False,
    ) -> None:
        self.graph = graph
        self.environment = environment
        self.argv = argv
        self.overlay: dict[str, Value] = {}
        self.reads: list[FromEnv] = []
        self.dynamic = False
        self.failures: list[Failure] = []
        self.env_files: list[EnvFile] = []
        self.disk: Disk = disk or NoDisk()
        self.kept: dict[object, object] = {}
        self._may_exist = may_exist
        self._loaded: Unknown[str | None] | None = None
        self._suppositions = 0
        self._runs_imports = runs_imports
        self._nesting = 0
        self.doubts = 0
        self._frames: dict[str, Frame] = {}
        self.meter = Meter()
        self._depth = 0
        self._attempts: list[_Attempt] = []

    def module(self, path: str) -> Frame:
        """The names of a module of the repository after its code has run."""
        if path not in self._frames:
            self._run_module(path)
        return self._frames[path]

    def import_module(self, path: str) -> None:
        """An import of a module: it is run at once, or when a name of it is asked for."""
        if self._runs_imports and self._nesting < _MAX_NESTING:
            self._nesting += 1
            self.module(path)
            self._nesting -= 1

    @property
    def is_understood(self) -> bool:
        """Whether every module that has run could be parsed: others may change the environment."""
        return not any(frame.facts.problems for frame in self._frames.values())

    def value(self, path: str, name: str) -> Value | None:
        """The value of a name of a module, None when nothing binds it."""
        return self.module(path).names.get(name)

    def new_frame(self, path: str) -> Frame:
        """A frame for the code of a module."""
        facts = self.graph.modules.facts(path)
        source = self.graph.modules.source(path)
        text = source if isinstance(source, Source) else Source(path, "")
        frame = Frame(facts, text, meter=self.meter)
        frame.names["__file__"] = Located(path, is_text=True)
        frame.names["__name__"] = Plain(self.graph.name_of(path))
        return frame

    def _run_module(self, path: str) -> None:
        frame = self._frames[path] = self.new_frame(path)
        spent, self.meter.steps = self.meter.steps, 0
        self.run_top(frame, frame.facts.body)
        self.meter.steps = spent
        for problem in frame.facts.problems:
            frame.blur(problem.message, Origin())

    def run_top(self, frame: Frame, body: Sequence[Statement]) -> None:
        """Runs statements at the top of a module; one that raises is noted and passed over."""
        for statement in body:
            try:
                run_block(self, frame, (statement,))
            except Raised as raised:
                self._failed(frame, statement, raised)
            except (ExhaustedError, RecursionError):
                frame.blur("the code is too long to follow", Origin())
                return

    def _failed(self, frame: Frame, statement: Statement, raised: Raised) -> None:
        start, end = _span(statement)
        place = raised.place or frame.place(start, end)
        if not self._suppositions and not self._is_caught(raised):
            self.failures.append(Failure(raised.name, raised.why, place, raised.variables))
        if isinstance(statement, Bind):
            for target in statement.targets:
                name = getattr(target, "name", None)
                if isinstance(name, str):
                    frame.bind(name, Unresolved(raised.why, Origin((place,))), place)
        self.doubt()

    def evaluate(self, frame: Frame, expr: Expr) -> Value:
        """The value of an expression; `Raised` when it raises."""
        self.meter.spend()
        return compute(self, frame, expr)

    def attribute(self, holder: Value, name: str) -> Value:
        """`holder.name`."""
        return lookup.attribute(self, holder, name)

    def call(self, frame: Frame, call: Call) -> Value:
        """The value of a call expression."""
        return call_value(self, frame, call)

    def run_function(self, function: FunctionValue, arguments: dict[str, Value]) -> Value:
        """Runs a function of the repository with bound parameters."""
        record = self.graph.modules.facts(function.path).functions[function.number]
        if record.body is None or record.is_async or self._depth >= _MAX_DEPTH:
            return Unresolved(f"{record.name}() is too long to follow")
        outer = self.module(function.path)
        inner = Frame(outer.facts, outer.source, outer)
        inner.names.update(arguments)
        self._depth += 1
        try:
            return returned(inner, run_block(self, inner, record.body))
        finally:
            self._depth -= 1

    def doubt(self, *, imports: bool = False) -> None:
        """Something here may raise; `imports`: only when it is not installed."""
        if imports and not any(_catches_imports(attempt.handlers) for attempt in self._attempts):
            return
        self.doubts += 1

    @contextmanager
    def supposing(self) -> Iterator[None]:
        """Inside code that may not be run at all: what raises there is no failure."""
        self._suppositions += 1
        try:
            yield
        finally:
            self._suppositions -= 1

    def load(self, file: EnvFile) -> None:
        """A file of variables is loaded; it may set those that nothing else sets."""
        if file not in self.env_files:
            self.env_files.append(file)
        if self._may_exist is not None and self._may_exist(file):
            self._loaded = Unknown(f"{file.name or 'a file'} may set it", places=(file.place,))

    def _is_caught(self, raised: Raised) -> bool:
        handlers = (handler for attempt in self._attempts for handler in attempt.handlers)
        return any(catches(handler.names, raised.name) for handler in handlers)

    def doubt_if_caught(self, frame: Frame, raised: Raised) -> None:
        """A way through the code raises; that ends the program, unless something catches it."""
        for attempt in reversed(self._attempts):
            if any(catches(handler.names, raised.name) for handler in attempt.handlers):
                if attempt.frame is frame:
                    attempt.states.append(dict(frame.names))
                self.doubts += 1
                return

    @contextmanager
    def trying(
        self, frame: Frame, handlers: tuple[Handler, ...], states: list[dict[str, Value]]
    ) -> Iterator[None]:
        """Inside the body of a `try`; `states` gets names of its frame where something raises."""
        self._attempts.append(_Attempt(frame, handlers, states))
        try:
            yield
        finally:
            self._attempts.pop()

    def lookup_variable(
        self, name: str, default: Value | None, place: Place, cast: str = "str"
    ) -> Value | None:
        """The text of an environment variable, the default when it is not set, None without one.

        The read is noted, and is part of the origin of the value.
        """
        return self.variable(name, default, place, cast).value

    def variable(
        self, name: str, default: Value | None, place: Place, cast: str = "str"
    ) -> Variable:
        """The same, with whether the value is the default."""
        fact = self.environment.get(name)
        if isinstance(fact, Known) and fact.value is None and self._loaded is not None:
            fact = self._loaded
        state: Literal["set", "unset", "unknown"] = "unknown"
        if name in self.overlay:
            state = "set"
        elif isinstance(fact, Known):
            state = "unset" if fact.value is None else "set"
        read = FromEnv(name, default, cast, place, state)
        self.reads.append(read)
        origin = Origin(fact.places, (read,))
        if name in self.overlay:
            return Variable(moved(self.overlay[name], origin), is_default=False)
        if isinstance(fact, Unknown):
            self.doubt()
            return Variable(Unresolved(f"{name} is not known", origin, default), is_default=False)
        if fact.value is not None:
            return Variable(Plain(fact.value, origin), is_default=False)
        return Variable(None if default is None else moved(default, origin), is_default=True)


def _catches_imports(handlers: tuple[Handler, ...]) -> bool:
    names = ("ImportError", "ModuleNotFoundError", "Exception", "BaseException")
    return any(not handler.names or set(names) & set(handler.names) for handler in handlers)


def _span(statement: Statement) -> tuple[int, int]:
    """Where a statement stands, as far as its record knows."""
    holder: object = statement
    for name in ("value", "arms"):
        inner = getattr(statement, name, None)
        if not hasattr(holder, "start") and inner is not None:
            holder = inner[0][0] if isinstance(inner, tuple) and inner else inner
    return getattr(holder, "start", 0), getattr(holder, "end", 0)
