"""Targets of servers that are not there: no such module in the image, or no such name in it."""

import re
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.manifests import builds_project
from dockerlint_py.model.container_files import file_in
from dockerlint_py.model.image.paths import is_under, joined
from dockerlint_py.model.packages.presence import what_may_install
from dockerlint_py.model.servers.target import Target
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.packages.installation import Installation
    from dockerlint_py.model.servers.server import RunningServer
    from dockerlint_py.python import ModuleFacts

_SETS_NAMES = ("globals", "vars", "exec", "setattr", "locals", "__import__")
"""Calls that may bind names which are not written."""


_MAY_BIND = regex(r"^[ \t]+global[ \t]|\bsys\.modules\b", re.MULTILINE)
"""Functions that set names of their module, and modules that take another's place."""


class MissingTarget(NamedTuple):
    """A target that cannot be imported: its place, what is missing in words, and why."""

    place: Place
    what: str
    because: tuple[Known[str], ...]


def missing_target(server: "RunningServer") -> MissingTarget | None:
    """What is missing of the target that a server is given; None when it may be there."""
    target = server.target
    if not isinstance(target, Known) or target.value is None or target.value.place is None:
        return None
    if not server.is_web or target.value.is_file or not target.value.module:
        return None
    module = server.served.module
    if isinstance(module, Known):
        return _missing_name(server, target.value, module)
    return _missing_module(server, target.value)


def _missing_name(
    server: "RunningServer", target: Target, module: Known[Source]
) -> MissingTarget | None:
    files = server.container.repository.python_files
    path = module.value.path
    if target.name is None or target.place is None or path not in files.modules.known:
        return None
    facts = files.facts(path)
    name = target.name.partition(".")[0]
    if facts.problems or not name.isidentifier() or _may_bind(facts, name):
        return None
    if _MAY_BIND.search(module.value.text):
        return None
    if name in _submodules(server.container, path):
        return None
    fact = Known(path, (module.value.place(0, 0), *module.places), module.confidence, module.says)
    return MissingTarget(target.place, f"{path} has no name {name}", (server.fact(), fact))


def _submodules(container: "Container", path: str) -> frozenset[str]:
    """The modules of a package: they become names of it when they are imported."""
    folder, _, name = path.rpartition("/")
    if name != "__init__.py":
        return frozenset()
    entries = container.repository.snapshot.entries(folder)
    return frozenset(entry.removesuffix(".py") for entry in entries)


def _may_bind(facts: "ModuleFacts", name: str) -> bool:
    """Whether a module binds a name, or could do so in a way that is not seen."""
    if name in facts.scopes[0].names or "__getattr__" in facts.scopes[0].names:
        return True
    if any(item.binds == name or item.name == "*" for item in facts.imports):
        return True
    return any(site.path.rpartition(".")[2] in _SETS_NAMES for site in facts.calls)


def _missing_module(server: "RunningServer", target: Target) -> MissingTarget | None:
    container = server.container
    roots = server.served.roots
    stage = container.stage
    if isinstance(roots, Unknown) or stage is None or target.place is None:
        return None
    if not stage.is_understood or not stage.base.is_bare or container.build is None:
        return None
    named = _in_repository(container, target)
    if not (named or _is_of_ours(container, roots.value, target)) or _may_be_installed(container):
        return None
    because: list[Known[str]] = [server.fact()]
    for root in roots.value:
        at = joined(root, target.relative_path)
        for path in (f"{at}.py", f"{at}/__init__.py"):
            found = file_in(container, path)
            if isinstance(found, Unknown) or found.value is not None:
                return None
        if (
            _lands_in(container, at)
            or _lands_in(container, f"{at}.py")
            or _lands_in(container, joined(root, _top(target) + ".py"))
        ):
            return None
    because += _landings(container, named)
    shown = f"{roots.value[0].rstrip('/')}/{target.relative_path}.py"
    return MissingTarget(target.place, f"there is no {shown} in the container", tuple(because))


def _top(target: Target) -> str:
    return target.relative_path.partition("/")[0]


def _in_repository(container: "Container", target: Target) -> list[str]:
    """The files of the repository that a target may mean; what it has none of is another's."""
    if not container.repository.has_python:
        return []
    ends = (f"/{target.relative_path}.py", f"/{target.relative_path}/__init__.py")
    modules = container.repository.python_files.modules
    return [path for path in modules.paths if f"/{path}".endswith(ends)]


def _is_of_ours(container: "Container", roots: tuple[str, ...], target: Target) -> bool:
    """Whether the target names a module of a package that is in the container, and that git has."""
    top = _top(target)
    if top == target.relative_path:
        return False
    for root in roots:
        package = file_in(container, joined(root, f"{top}/__init__.py"))
        if isinstance(package, Known) and package.value is not None:
            graph = container.repository.python_files.graph
            return not graph.may_appear(target.module, package.value.path)
    return False


def _may_be_installed(container: "Container") -> bool:
    """Whether the project may be installed as a package, and so be found without its files."""
    if any(what_may_install(container)):
        return True
    return any(_installs_project(each) for each in container.dependencies.installations)


def _installs_project(installation: "Installation") -> bool:
    """Whether a command may install a project of the repository, or what a path names."""
    command, project = installation.command, installation.project
    if command.local_paths:
        return True
    if not installation.of_project:
        return command.project is not False
    return project is None or builds_project(command, project) is not False


def _lands_in(container: "Container", folder: str) -> bool:
    """Whether something is copied to a path, or below it: a package without `__init__.py`."""
    mounts = container.mounts.entries
    if any(is_under(folder, m.target.value) for m in mounts if isinstance(m.target, Known)):
        return True
    return any(
        is_under(landing, folder)
        for taking in (container.build.takings if container.build else ())
        for file in taking.selection.files
        for landing in taking.landings(file.path)
    )


def _landings(container: "Container", paths: list[str]) -> list[Known[str]]:
    """Where the files are instead."""
    takings = container.build.takings if container.build else ()
    return [
        taking.landing_fact(file.path)
        for taking in takings
        for file in taking.selection.files
        if file.path in paths and taking.landings(file.path)
    ][:2]
