"""Imports of modules that the Python of an image no longer has."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.removed_modules import REMOVED_IN, backports
from dockerlint_py.model.packages.presence import what_may_install
from dockerlint_py.model.packages.python_choice import takes_base_python
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container

_IMPORT = regex(rf"(?m)^(?:import|from)[ \t]+(?:{'|'.join(sorted(REMOVED_IN))})\b")


class RemovedImport(NamedTuple):
    """An import that fails, and the Python that lacks the module."""

    module: str
    python: str
    place: Place
    facts: tuple[Known[Any], ...]


def removed_imports(container: "Container") -> Iterator[RemovedImport]:
    """What the applications of a container import in vain."""
    stage = container.stage
    if stage is None or not stage.base.is_bare or not stage.is_understood:
        return
    python = stage.base.python
    installed = container.dependencies.installed
    if not isinstance(python, Known) or not all(map(takes_base_python, installed)):
        return
    if not all(each.contents.complete for each in installed) or any(what_may_install(container)):
        return
    version = f"{python.value[0]}.{python.value[1]}"
    fact = python.saying(f"the image has Python {version}")
    for application in container.repository.applications:
        if container in application.containers:
            for module, place in _imports(application):
                gone = REMOVED_IN[module] <= python.value
                names = backports(module)
                brought = any(each.contents.get(name) for each in installed for name in names)
                if gone and not brought and not stage.base.facts.has(module):
                    yield RemovedImport(module, version, place, (fact,))


def _imports(application: "Application") -> Iterator[tuple[str, Place]]:
    """The imports of such modules that run when the application is loaded."""
    files = application.python_files
    if not any(files.with_text(_IMPORT, application.files)):
        return
    reached = files.graph.reachable(application.entries, optional=False, lazy=False)
    for path in files.with_text(_IMPORT, tuple(reached)):
        facts = files.facts(path)
        for item in facts.imports:
            module = item.module.partition(".")[0]
            depends = item.optional or item.typing or item.guard != -1
            if depends or item.level or module not in REMOVED_IN:
                continue
            if facts.at_import(item.scope) and not files.graph.is_ours(module, path):
                yield module, files.source(path).place(item.start, item.end)
