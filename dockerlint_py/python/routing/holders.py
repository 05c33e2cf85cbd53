"""The names that files have for something that a module binds."""

import re
from collections.abc import Iterator

from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.kinds import ModuleKind, kind_of
from dockerlint_py.python.routing.reading import Unreadable
from dockerlint_py.python.statements import Import
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Source

_MAX_HOLDERS = 100


class Holder(NamedTuple):
    """A file and what it calls the thing: `app`, or `users.router`."""

    path: str
    chain: str


def holders_of(graph: ModuleGraph, path: str, name: str) -> tuple[Holder, ...]:
    """What a name at the top of a module is called there and in all files but tests."""
    found = {Holder(path, name): None}
    queue = list(found)
    for holder in queue:
        for new in _importers(graph, holder):
            if new not in found:
                found[new] = None
                if "." not in new.chain:
                    queue.append(new)
        if len(found) > _MAX_HOLDERS:
            raise Unreadable
    return tuple(found)


def _importers(graph: ModuleGraph, holder: Holder) -> Iterator[Holder]:
    word = re.compile(rf"\b{re.escape(holder.chain)}\b")
    for path in graph.modules.paths:
        if path == holder.path or kind_of(path) is ModuleKind.TEST:
            continue
        source = graph.modules.source(path)
        text = source.text if isinstance(source, Source) else ""
        if not word.search(text) and "import *" not in text:
            continue
        for item in graph.modules.facts(path).imports:
            chain = _chain(graph, path, item, holder)
            if chain:
                yield Holder(path, chain)


def _chain(graph: ModuleGraph, path: str, item: Import, holder: Holder) -> str:
    """What an import makes of a name of another module; empty when it means something else."""
    module = graph.absolute(path, item)
    if not item.name:
        if graph.module(module, path) != holder.path:
            return ""
        return f"{item.binds if item.name is not None else module}.{holder.chain}"
    if item.name in (holder.chain, "*") and graph.module(module, path) == holder.path:
        return holder.chain if item.name == "*" else item.binds
    inner = f"{module}.{item.name}" if module else item.name
    if graph.module(inner, path) == holder.path:
        return f"{item.binds}.{holder.chain}"
    return ""
