"""Import statements of evaluated code."""

import sys
from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate.frame import Frame, Raised
from dockerlint_py.python.evaluate.values import (
    External,
    Items,
    ModuleValue,
    Origin,
    Plain,
    Unresolved,
    Value,
)
from dockerlint_py.python.statements import Import

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

_ALWAYS_THERE = sys.stdlib_module_names | {"django"}


def bring(run: "Evaluator", frame: Frame, item: Import) -> None:
    """Runs one import: binds its name, or every name for a star."""
    place = frame.place(item.start, item.end)
    dotted = run.graph.absolute(frame.path, item)
    path = run.graph.module(dotted, frame.path) if dotted else None
    if item.name == "*":
        _star(run, frame, item, dotted, path)
    elif item.name is None:
        if path is not None:
            run.import_module(path)
        top = dotted.partition(".")[0]
        frame.bind(item.binds, _module(run, frame, top), place)
    elif item.name == "":
        frame.bind(item.binds, _module(run, frame, dotted), place)
    else:
        frame.bind(item.binds, _member(run, frame, item, dotted, path), place)


def _module(run: "Evaluator", frame: Frame, dotted: str) -> Value:
    path = run.graph.module(dotted, frame.path)
    if path is not None:
        run.import_module(path)
        return ModuleValue(path)
    if run.graph.is_ours(dotted, frame.path):
        return Unresolved(f"{dotted} has no file")
    _doubt(run, dotted)
    return External(dotted)


def _member(run: "Evaluator", frame: Frame, item: Import, dotted: str, path: str | None) -> Value:
    name = item.name or ""
    inner = run.graph.module(f"{dotted}.{name}", frame.path) if dotted else None
    if path is not None:
        found = run.module(path).names.get(name)
        if found is not None:
            return found
        if inner is None:
            return run.attribute(ModuleValue(path), name)
    if inner is not None:
        run.import_module(inner)
        return ModuleValue(inner)
    if item.level or run.graph.is_ours(dotted, frame.path):
        _absent(run, frame, item, dotted)
        return Unresolved(f"{dotted} has no file")
    _doubt(run, dotted)
    return External(f"{dotted}.{name}")


def _star(run: "Evaluator", frame: Frame, item: Import, dotted: str, path: str | None) -> None:
    if path is None:
        if item.level or run.graph.is_ours(dotted, frame.path) or item.optional:
            _absent(run, frame, item, dotted)
        _doubt(run, dotted)
        return
    module = run.module(path)
    for name in _exported(module):
        frame.names[name] = module.names[name]
        if name in module.places:
            frame.places[name] = module.places[name]


def _exported(module: Frame) -> list[str]:
    listed = module.names.get("__all__")
    if isinstance(listed, Items) and listed.values is not None:
        wanted = [item.value for item in listed.values if isinstance(item, Plain)]
        return [name for name in wanted if isinstance(name, str) and name in module.names]
    return [name for name in module.names if not name.startswith("_")]


def _absent(run: "Evaluator", frame: Frame, item: Import, dotted: str) -> None:
    """A module of ours without a file: git may ignore it, or it is not there at all."""
    if run.graph.may_appear(dotted, frame.path):
        place = frame.place(item.start, item.end)
        if item.name == "*":
            frame.blur(f"{dotted} is ignored by git and may set it", Origin((place,)))
        run.doubt()
        return
    raise Raised("ModuleNotFoundError", f"there is no module {dotted}")


def _doubt(run: "Evaluator", dotted: str) -> None:
    if dotted.partition(".")[0] not in _ALWAYS_THERE:
        run.doubt(imports=True)
