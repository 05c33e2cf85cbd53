"""Modules of the repository that the code of a container imports, and its image lacks."""

import sys
from collections.abc import Iterator
from posixpath import dirname, relpath
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.manifests import builds_project
from dockerlint_py.model.container_files import has_in
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.placement import paths_in
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.python import ModuleKind, kind_of
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.startups import Startup
    from dockerlint_py.python.graph import Edge

_PARSED = frozenset({ModuleKind.MODULE, ModuleKind.SCRIPT, ModuleKind.COMMAND})


_OTHER_ROOTS = ("--app-dir", "--chdir", "--pythonpath")
"""Options of programs that look for modules elsewhere."""


class UncopiedModule(NamedTuple):
    """An import of a module whose file is missing: `is_at_start` tells when it fails."""

    module: str
    file: str
    is_at_start: bool
    place: Place
    because: tuple[Known[Any], ...]


def uncopied_modules_of(container: "Container") -> Iterator[UncopiedModule]:
    """The first import of each missing package or module, program by program.

    Where the project itself is installed, its modules may come from there, so nothing is known.
    """
    if any(_may_bring_modules(each) for each in container.dependencies.installations):
        return
    seen: set[str] = set()
    for startup in container.code.startups:
        for found in _of_startup(container, startup):
            if found.module not in seen:
                seen.add(found.module)
                yield found


def _of_startup(container: "Container", startup: "Startup") -> Iterator[UncopiedModule]:
    files = startup.application.python_files
    if not any(_is_absent(container, startup.application, p) for p in startup.application.files):
        return
    settings = startup.settings
    entries = [startup.file, *([settings.path] if settings is not None else [])]
    reached = files.graph.reachable(entries, optional=False)
    for path in reached:
        places = paths_in(container, path)
        if len(places) != 1 or files.kind(path) not in _PARSED:
            continue
        for edge in files.graph.edges(path):
            if _is_judged(startup, edge):
                yield from _missing(container, startup, edge, places[0])


def _is_absent(container: "Container", application: "Application", path: str) -> bool:
    """Whether the container lacks a module of the project; asked before anything is parsed."""
    below = path[len(application.folder) :].strip("/").removesuffix(".py")
    importable = all(part.isidentifier() for part in below.split("/"))
    return importable and kind_of(path) in _PARSED and not paths_in(container, path)


def _is_judged(startup: "Startup", edge: "Edge") -> bool:
    """Whether an import is made for sure, and of a module that is meant to be the project's."""
    facts = startup.application.python_files.facts(edge.path)
    guarded = any(guard.kind != "with" for guard in facts.guards_of(edge.item.guard))
    if edge.item.typing or edge.item.optional or guarded:
        return False
    top = edge.item.module.partition(".")[0]
    return bool(edge.item.level) or top not in sys.stdlib_module_names


def _missing(
    container: "Container", startup: "Startup", edge: "Edge", landing: str
) -> Iterator[UncopiedModule]:
    files = startup.application.python_files
    for target in edge.targets:
        if target not in startup.application.files or paths_in(container, target):
            continue
        module = files.graph.absolute(edge.path, edge.item)
        top = module.partition(".")[0]
        expected = joined(dirname(landing), relpath(f"/{target}", f"/{dirname(edge.path)}"))
        absent = _absent(container, startup, expected, "" if edge.item.level else module)
        if absent is None or container.dependencies.distributions(top):
            continue
        source = files.source(edge.path)
        place = source.place(edge.item.start, edge.item.end)
        because = (startup.invocation.fact(), absent)
        yield UncopiedModule(module, target, edge.at_import, place, because)
        return


def _absent(
    container: "Container", startup: "Startup", expected: str, module: str
) -> Known[str] | None:
    """That a module is neither beside its importer nor in a folder that is searched."""
    from dockerlint_py.model.programs.startups import import_path

    variable = startup.invocation.env.get("PYTHONPATH")
    if isinstance(variable, Unknown) or isinstance(startup.invocation.cwd, Unknown):
        return None
    if startup.invocation.has(*_OTHER_ROOTS):
        return None
    candidates = [expected]
    if module:
        base = module.replace(".", "/")
        for root in import_path(startup.invocation):
            candidates += [joined(root, f"{base}.py"), joined(root, f"{base}/__init__.py")]
    facts = [has_in(container, path) for path in candidates]
    if any(not isinstance(fact, Known) or fact.value for fact in facts):
        return None
    confidence = min(fact.confidence for fact in facts if isinstance(fact, Known))
    return Known(expected, (), confidence, f"nothing brings {expected} into the image")


def _may_bring_modules(installation: Installation) -> bool:
    """Whether an installation may put modules of the repository among the packages."""
    command = installation.command
    if command.ecosystem == "system" or not (command.installs or installation.makes_wheels):
        return False
    if command.local_paths or command.unknown:
        return True
    manifests = [given.whole for given in installation.requirement_files]
    if any(each is None or any(item.path for item in each.main) for each in manifests):
        return True
    if command.project is False:
        return False
    manifest = installation.project
    return manifest is None or builds_project(command, manifest) is not False
