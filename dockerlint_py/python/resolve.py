"""What the heads of paths stand for: an import, something of this file, or a builtin."""

from collections.abc import Iterable, Sequence

from dockerlint_py.python.converter import Found
from dockerlint_py.python.expressions import Call, Sub
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import CallSite, Scope, Subscript
from dockerlint_py.python.statements import Import


class Names:
    """The names that each scope of a module binds."""

    __slots__ = ("_cache", "_imports", "_scopes")

    def __init__(
        self,
        imports: Iterable[Import],
        scopes: Sequence[Scope],
    ) -> None:
        self._scopes = scopes
        self._imports: dict[tuple[int, str], str] = {}
        for item in imports:
            self._imports.setdefault((item.scope, item.binds), imported_path(item))
        self._cache: dict[tuple[str, int], str] = {}

    def head(self, name: str, scope: int) -> str:
        """What a bare name stands for when it is read in a scope."""
        key = (name, scope)
        known = self._cache.get(key)
        if known is None:
            known = self._cache[key] = self._find(name, scope)
        return known

    def path(self, path: str, scope: int) -> str:
        """A path in path notation, with its head resolved."""
        end = len(path)
        for mark in ".([":
            at = path.find(mark)
            if 0 <= at < end:
                end = at
        return self.head(path[:end], scope) + path[end:] if end else ""

    def _find(self, name: str, scope: int) -> str:
        first = True
        while scope >= 0:
            around = self._scopes[scope]
            # Names of a class body are not seen from the functions in it.
            if first or around.kind != "class":
                imported = self._imports.get((scope, name))
                if imported is not None:
                    return imported
                if name in around.names:
                    return "@" + name
            first = False
            scope = around.parent
        return name


def imported_path(item: Import) -> str:
    """The dotted name that an import binds its name to."""
    if item.name is None:
        return item.binds
    if not item.name:
        return item.module
    module = "." * item.level + item.module
    return module + item.name if module.endswith(".") else f"{module}.{item.name}"


def resolve(
    found: Iterable[Found],
    names: Names,
) -> tuple[tuple[CallSite, ...], tuple[Subscript, ...]]:
    """The calls and subscripts that were found, in the order of the file, with resolved paths."""
    calls: list[CallSite] = []
    subscripts: list[Subscript] = []
    for expr, scope, guard, awaited in found:
        if isinstance(expr, Call):
            path = names.path(path_of(expr.func), scope)
            calls.append(CallSite(path, expr, scope, guard, awaited))
        elif isinstance(expr, Sub):
            path = names.path(path_of(expr.value), scope)
            subscripts.append(Subscript(path, expr.key, scope, guard, expr.start, expr.end))
    calls.sort(key=lambda site: site.call.start)
    subscripts.sort(key=lambda site: site.start)
    return tuple(calls), tuple(subscripts)


def with_names(scopes: Sequence[Scope], bound: Iterable[tuple[int, str]]) -> tuple[Scope, ...]:
    """The scopes with the names that they bind."""
    names: dict[int, set[str]] = {}
    for scope, name in bound:
        names.setdefault(scope, set()).add(name)
    return tuple(
        scope._replace(names=frozenset(names[number])) if number in names else scope
        for number, scope in enumerate(scopes)
    )
