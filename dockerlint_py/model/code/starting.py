"""What an application runs at its start: at import, in factories, in hooks of frameworks."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.python.expressions import Attr, Call, Expr, Name, Sequence
from dockerlint_py.python.frameworks.applications import applications_in
from dockerlint_py.python.notation import last_name, path_of
from dockerlint_py.python.records import Function, Guard, ModuleFacts
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.python.origins import Use

_MAX_CALLERS = 40
_HOOKS = frozenset({"on_event", "before_serving", "lifespan"})
"""Last parts of decorators of functions that run once, before requests are served."""
_HANDED = frozenset({"FastAPI", "Litestar", "Starlette", "add_event_handler"})
"""Calls that are handed functions to run at the start."""
_ALWAYS = frozenset({"with", "try"})
_HOLDS_PER_PROCESS = regex(r"\brunning\b|WERKZEUG_RUN_MAIN")
"""Tests that let each process start the thing once."""
_RETURN = regex(r"\breturn\b")


class Starting:
    """Tells whether code runs at the start of an application, whatever its configuration is."""

    def __init__(self, application: "Application") -> None:
        self._application = application
        self._files = application.python_files

    def runs(self, path: str, scope: int, guard: int, at: int) -> bool:
        """Whether code at a position is sure to run then, in every process."""
        seen: set[tuple[str, int]] = set()
        queue = [(path, scope, guard, at)]
        for where, each, around, position in queue:
            facts = self._files.facts(where)
            if not self._is_unguarded(facts, around):
                continue
            function = facts.function_of(each)
            if function is None:
                if facts.at_import(each):
                    return True
                continue
            if self._may_return(where, function, position):
                continue
            if self._is_hook(facts, function):
                return True
            if (where, function.start) not in seen and len(seen) < _MAX_CALLERS:
                seen.add((where, function.start))
                uses = self._application.origins.uses(where, function)
                queue += [_step(use) for use in uses]
        return False

    def _is_unguarded(self, facts: ModuleFacts, guard: int) -> bool:
        return all(self._is_harmless(facts, each) for each in facts.guards_of(guard))

    def _is_harmless(self, facts: ModuleFacts, guard: Guard) -> bool:
        if guard.kind in _ALWAYS:
            return True
        if guard.kind != "if" or guard.test is None:
            return False
        text = self._files.text(facts.path)[guard.test.start : guard.test.end]
        return bool(_HOLDS_PER_PROCESS.search(text))

    def _may_return(self, path: str, function: Function, position: int) -> bool:
        """Whether a function may end before it comes to a position."""
        return bool(_RETURN.search(self._files.text(path), function.start, position))

    def _is_hook(self, facts: ModuleFacts, function: Function) -> bool:
        """Whether a function runs at the start: by its decorator, its class, or as a factory."""
        if any(last_name(decorator) in _HOOKS for decorator in function.decorators):
            return True
        if function.name == "ready" and _is_app_config(facts, function):
            return True
        modules = self._files.modules
        if any(a.factory and a.name == function.name for a in applications_in(modules, facts)):
            return True
        return (facts.path, function.start) in self._handed

    @cached_property
    def _handed(self) -> frozenset[tuple[str, int]]:
        """The functions that are handed over to be run at the start."""
        return frozenset(self._found())

    def _found(self) -> Iterator[tuple[str, int]]:
        origins = self._application.origins
        for path in sorted(self._application.runtime):
            for site in self._files.facts(path).calls:
                if site.path.rpartition(".")[2] not in _HANDED:
                    continue
                for expr in _given(site.call):
                    if isinstance(expr, Name | Attr):
                        name = origins.receivers(path).names.path(path_of(expr), site.scope)
                        origin = origins.of(name, site.scope, path)
                        function = origins.function(origin)
                        if function is not None and origin.file is not None:
                            yield origin.file, function.start


def _step(use: "Use") -> tuple[str, int, int, int]:
    return use.file, use.site.scope, use.site.guard, use.site.call.start


def _given(call: Call) -> Iterator[Expr]:
    """The arguments of a call, and the items of lists among them."""
    for each in (*call.args, *(keyword.value for keyword in call.keywords)):
        yield from each.items if isinstance(each, Sequence) else (each,)


def _is_app_config(facts: ModuleFacts, function: Function) -> bool:
    parent = facts.scopes[function.scope].parent
    classes = (cls for cls in facts.classes if cls.scope == parent)
    return any(last_name(base) == "AppConfig" for cls in classes for base in cls.bases)
