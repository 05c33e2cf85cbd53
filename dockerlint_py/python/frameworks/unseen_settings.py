"""Whether a settings module may set more than can be read out of its code."""

from collections.abc import Iterator

from dockerlint_py.python.graph import ModuleGraph

_OPENERS = frozenset({"eval", "exec", "globals", "locals", "setattr", "vars"})
"""Builtins by which names of a module are set without an assignment."""
_LIBRARIES = frozenset({"dynaconf.DjangoDynaconf", "split_settings.tools.optional"})
"""What fills a settings module from files that are not there, or not read."""
_MAX_MODULES = 50


def unseen_setter(graph: ModuleGraph, path: str) -> str | None:
    """Why a name that no assignment of a settings module binds may be set all the same.

    None when nothing is seen that could: neither a star import from outside of the repository, nor
    a call that reaches the names of the module.
    """
    for module in _modules(graph, path):
        facts = graph.modules.facts(module)
        for item in facts.imports:
            if item.name == "*" and graph.module(graph.absolute(module, item), module) is None:
                return f"{module} imports everything from {item.module or '.'}"
        for site in facts.calls:
            if site.path in _OPENERS or site.path in _LIBRARIES:
                return f"{module} calls {site.path}"
    return None


def _modules(graph: ModuleGraph, path: str) -> Iterator[str]:
    """The module, and those whose names it takes over with a star."""
    found = {path: None}
    queue = [path]
    for module in queue:
        yield module
        for edge in graph.edges(module):
            new = [target for target in edge.targets if target not in found]
            if edge.item.name == "*" and new and len(found) < _MAX_MODULES:
                found[new[-1]] = None
                queue.append(new[-1])
