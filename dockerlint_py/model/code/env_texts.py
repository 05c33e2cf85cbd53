"""Expressions of a module that give the text of an environment variable as it is set."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, EnvLayer, Known
from dockerlint_py.python.environment import RAW_READERS, EnvRead, Range
from dockerlint_py.python.evaluate import Evaluator, Value
from dockerlint_py.python.evaluate.inside import value_in
from dockerlint_py.python.evaluate.values import (
    Plain,
)
from dockerlint_py.python.evaluate.verdicts import truth
from dockerlint_py.python.expressions import Const, Expr, Scalar
from dockerlint_py.python.records import Guard
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.code.python_files import PythonFiles

OFF = ("False", "false", "0", "no", "off")
"""Texts that mean `off`, as people write them."""


class Asked(NamedTuple):
    """An expression of a module, and the scope and guard that it stands in."""

    expr: Expr
    scope: int
    guard: int

    @property
    def span(self) -> Range:
        """Where it stands."""
        return self.expr.start, self.expr.end


class EnvText(NamedTuple):
    """The variable whose text an expression gives, and the default, None when that is no scalar."""

    variable: str
    default: Scalar


def env_texts_of(
    files: "PythonFiles", path: str, asked: Iterable[Asked]
) -> Iterator[tuple[Asked, EnvText]]:
    """Those of some expressions that give the text of a variable, whatever else the code does.

    A read is told by its form. Other expressions of modules and classes are evaluated, with what
    the module leaves behind: names and functions may hand the text through, as long as each of
    `OFF` comes out unchanged. In functions most values are arguments, and evaluating takes long.
    """
    rows = tuple(asked)
    reads = files.env_reads.of(path, frozenset(row.span for row in rows)) if rows else ()
    raw = {(read.start, read.end): read for read in reads if read.reader in RAW_READERS}
    trial = _Trial(files, path)
    for row in rows:
        read = raw.get(row.span)
        found = trial.text_of(row) if read is None else _read_here(read)
        if found is not None:
            yield row, found


def _read_here(read: EnvRead) -> EnvText | None:
    if read.name is None:
        return None
    return EnvText(read.name, read.default.value if isinstance(read.default, Const) else None)


class _Trial:
    """What expressions of a module give when nothing, or one variable alone, is known."""

    def __init__(self, files: "PythonFiles", path: str) -> None:
        self._files = files
        self._path = path
        self._runs: dict[tuple[str, str], Evaluator] = {}

    def text_of(self, asked: Asked) -> EnvText | None:
        """The one variable that an expression depends on, if its text is what comes out."""
        facts = self._files.facts(self._path)
        guards = tuple(facts.guards_of(asked.guard))
        in_function = facts.scopes[asked.scope].kind == "function"
        in_loop = any(guard.kind == "loop" for guard in guards)
        if isinstance(asked.expr, Const) or in_function or in_loop:
            return None
        reads = self._value(asked.expr, asked.scope).origin.reads
        names = {read.name for read in reads}
        if len(names) != 1 or any(read.cast != "str" for read in reads):
            return None
        (name,) = names
        if not all(self._gives(asked, guards, name, text) for text in OFF):
            return None
        default = reads[-1].default
        given = default.value if isinstance(default, Plain) else None
        return EnvText(name, given) if self._files.is_understood(self._path) else None

    def _gives(self, asked: Asked, guards: tuple[Guard, ...], name: str, text: str) -> bool:
        """Whether the expression is reached when a variable has a text, and gives it."""
        for guard in guards:
            if guard.kind in ("if", "else") and guard.test is not None:
                met = truth(self._value(guard.test, asked.scope, name, text))
                if met is (guard.kind == "else"):
                    return False
        value = self._value(asked.expr, asked.scope, name, text)
        return isinstance(value, Plain) and value.value == text

    def _value(self, expr: Expr, scope: int, name: str = "", text: str = "") -> Value:
        if (name, text) not in self._runs:
            known = EnvLayer("supposed", {name: Known(text)} if name else {})
            self._runs[name, text] = self._files.evaluator(Environment((known,)))
        run = self._runs[name, text]
        return value_in(run, run.module(self._path), expr, scope)
