"""Every read of an environment variable that a module's code shows, in functions too.

What runs at import is followed by the evaluator; this finds the rest by its form: `os.environ`, the
objects of django-environ, environs, decouple and Starlette, and functions of the repository that
hand a parameter on to one of these.
"""

from collections.abc import Container, Iterator
from typing import Literal, TypeAlias

from dockerlint_py.python.expressions import Const, Expr, Name
from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.receivers import Receivers
from dockerlint_py.python.records import CallSite
from dockerlint_py.python.resolve import imported_path
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

_READS = {
    "os.getenv": False,
    "os.environ.get": False,
    "os.environ.pop": False,
    "os.environ.setdefault": False,
    "os.environ.__getitem__": True,
    "decouple.config": True,
    "decouple.AutoConfig()": True,
    "decouple.Config()": True,
    "starlette.config.Config()": True,
    "environ.Env()": True,
    "environ.FileAwareEnv()": True,
    "environs.Env()": True,
    "environs.env": True,
}
"""Callables that read a variable named by their first argument; whether it must be set."""
_OBJECTS = tuple(path for path in _READS if path.endswith(("Env()", "environs.env")))
RAW_READERS = frozenset({"os.getenv", "os.environ.get", "os.environ"})
"""Readers that give the text of the variable as it is set; see `EnvRead.reader`."""
_NOT_READS = frozenset({"read_env", "read_envfile", "seal", "prefixed", "dump", "parser_for"})
_MAX_HOPS = 4
Range: TypeAlias = tuple[int, int]
"""Start and end of an expression."""
_BEFORE_CALL = regex(r"[^(\[]+")


class EnvRead(NamedTuple):
    """A read of a variable; the name is None when it is not a literal.

    A `required` read raises without the variable. `scope` and `guard` are indexes into the facts.
    `reader` is what reads it (`os.environ.get`), empty for a function of the repository.
    """

    name: str | None
    need: Literal["required", "optional"]
    default: Expr | None
    scope: int
    guard: int
    start: int
    end: int
    reader: str = ""


class EnvReads:
    """The reads of the modules of a graph, each module looked at once."""

    def __init__(self, graph: ModuleGraph) -> None:
        self.graph = graph
        self._receivers: dict[str, Receivers] = {}
        self._wrappers: dict[str, dict[str, int]] = {}
        self._imports: dict[str, dict[str, tuple[str, str]]] = {}

    def of(self, path: str, spans: Container[Range] | None = None) -> tuple[EnvRead, ...]:
        """The reads in one module. Reads inside a wrapper function are those of its callers.

        To ask for those at some spans only saves most of the work, and the modules that the other
        names come from.
        """
        facts = self.graph.modules.facts(path)
        own = [
            read
            for read, key in self._direct(path, spans)
            if read.name is not None or self._parameter(path, read, key) is None
        ]
        for site in facts.calls:
            if spans is not None and (site.call.start, site.call.end) not in spans:
                continue
            position = self._wrapper_of(path, site)
            if position is not None:
                key = site.call.args[position] if len(site.call.args) > position >= 0 else None
                own.append(_read_by(site, key, None, required=False))
        return tuple(sorted(own, key=lambda read: read.start))

    def wrappers(self, path: str) -> dict[str, int]:
        """Functions of a module that read the variable that a parameter names: its position.

        A method is named with its class: `Reader().get`.
        """
        if path not in self._wrappers:
            self._wrappers[path] = {}
            for read, key in self._direct(path):
                wrapper = self._parameter(path, read, key)
                if wrapper is not None:
                    self._wrappers[path][wrapper[0]] = wrapper[1]
        return self._wrappers[path]

    def _parameter(self, path: str, read: EnvRead, key: Expr | None) -> tuple[str, int] | None:
        """The function whose parameter names the variable of a read, and the position of it."""
        if not isinstance(key, Name):
            return None
        facts = self.graph.modules.facts(path)
        for function in facts.functions:
            names = [param.name for param in function.params]
            if function.scope != read.scope or key.name not in names:
                continue
            holder = facts.scopes[facts.scopes[function.scope].parent]
            if holder.kind == "class":
                return f"{holder.name}().{function.name}", names.index(key.name) - 1
            return function.name, names.index(key.name)
        return None

    def receivers(self, path: str) -> Receivers:
        """The names of a module."""
        if path not in self._receivers:
            self._receivers[path] = Receivers(self.graph.modules.facts(path))
        return self._receivers[path]

    def _direct(
        self, path: str, spans: Container[Range] | None = None
    ) -> Iterator[tuple[EnvRead, Expr | None]]:
        facts = self.graph.modules.facts(path)
        for site in facts.calls:
            if spans is not None and (site.call.start, site.call.end) not in spans:
                continue
            known = self._reader(path, site.path, site.scope)
            if known is None:
                continue
            key = site.call.argument(0, "var") or site.call.keyword("key")
            default = site.call.argument(1, "default")
            read = _read_by(site, key, default, required=known and default is None)
            yield read._replace(reader=self._followed(path, site.path, site.scope)), key
        for item in facts.subscripts:
            if spans is not None and (item.start, item.end) not in spans:
                continue
            if self._followed(path, item.path, item.scope) == "os.environ":
                name = _text(item.key)
                span = (item.start, item.end)
                read = EnvRead(name, "required", None, item.scope, item.guard, *span, "os.environ")
                yield read, item.key

    def _reader(self, path: str, callee: str, scope: int) -> bool | None:
        """Whether a callee reads a variable, and then whether that must be set."""
        followed = self._followed(path, callee, scope)
        if followed in _READS:
            return _READS[followed]
        holder, _, method = followed.rpartition(".")
        return True if holder in _OBJECTS and method not in _NOT_READS else None

    def _followed(self, path: str, callee: str, scope: int) -> str:
        """A path followed to what made its head, across modules of the repository."""
        for _ in range(_MAX_HOPS):
            receivers = self.receivers(path)
            callee = receivers.follow(callee, scope)
            if callee.startswith("@") or not callee:
                return callee
            there = self._elsewhere(path, callee)
            if there is None:
                return callee
            path, callee = there
            scope = 0
        return callee

    def _elsewhere(self, path: str, callee: str) -> tuple[str, str] | None:
        """The module of the repository that an imported path leads to, and the path in it."""
        own = self._own_imports(path)
        if not own:
            return None
        dotted = _BEFORE_CALL.match(callee)
        head = dotted[0] if dotted else ""
        while head:
            found = own.get(head)
            if found is not None:
                module, name = found
                if not self.graph.modules.facts(module).scopes:  # it could not be parsed
                    return None
                rest = callee[len(head) :]
                return module, self.receivers(module).names.path(name + rest, 0)
            head = head.rpartition(".")[0]
        return None

    def _own_imports(self, path: str) -> dict[str, tuple[str, str]]:
        """The names that a module imports from others of the repository, by their dotted name."""
        if path not in self._imports:
            found = {}
            for item in self.graph.modules.facts(path).imports:
                if not item.name or item.name == "*":
                    continue
                module = self.graph.module(self.graph.absolute(path, item), path)
                if module is not None and module != path:
                    found[imported_path(item)] = (module, item.name)
            self._imports[path] = found
        return self._imports[path]

    def _wrapper_of(self, path: str, site: CallSite) -> int | None:
        """The position of the name in a call of a wrapper of this module or an imported one."""
        for _ in range(_MAX_HOPS):
            callee = self.receivers(path).follow(site.path, site.scope)
            if callee.startswith("@"):
                return self.wrappers(path).get(callee[1:])
            there = self._elsewhere(path, callee) if callee else None
            if there is None:
                return None
            path, site = there[0], site._replace(path=there[1], scope=0)
        return None


def _read_by(site: CallSite, key: Expr | None, default: Expr | None, *, required: bool) -> EnvRead:
    span = (site.call.start, site.call.end)
    kind: Literal["required", "optional"] = "required" if required else "optional"
    return EnvRead(_text(key), kind, default, site.scope, site.guard, *span)


def _text(key: Expr | None) -> str | None:
    return key.value if isinstance(key, Const) and isinstance(key.value, str) else None
