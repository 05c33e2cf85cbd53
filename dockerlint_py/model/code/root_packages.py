"""Folders that modules are imported from, and that an `__init__.py` makes packages themselves."""

from collections.abc import Iterator
from posixpath import basename, dirname
from typing import TYPE_CHECKING

from dockerlint_py.context import paths
from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.code.settings import SETTINGS_VARIABLE
from dockerlint_py.model.image.takings import MANIFESTS
from dockerlint_py.python import ModuleFacts, ModuleKind
from dockerlint_py.python.expressions import Const
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.python.statements import Import

INIT = "__init__.py"
_PROJECT_FILES = (*MANIFESTS, "Dockerfile")
_DECLARES = ("pyproject.toml", "setup.py", "setup.cfg")
_PACKAGE_DIR = regex(r"\bpackage[-_]dir\b")


class RootPackage(NamedTuple):
    """Such an `__init__.py`, and what looks for modules beside it."""

    path: str
    place: Place
    searched: Known[str]


def root_packages_of(application: "Application") -> Iterator[RootPackage]:
    """Those without code that nothing imports as the packages that they make, sorted by path."""
    if not application.containers or not _is_start_known(application):
        return
    found: dict[str, Known[str]] = {}
    for folder, fact in (*_served(application), *_managed(application), *_imported(application)):
        found.setdefault(folder, fact)
    files = application.python_files
    for folder, fact in sorted(found.items()):
        init = paths.join(folder, INIT)
        if init not in application.files or not _is_bare(files.facts(init)):
            continue
        if not _is_package(application, folder) and not _is_declared(application, folder):
            yield RootPackage(init, files.source(init).place(0, 0), fact)


def _is_start_known(application: "Application") -> bool:
    """Whether all that its containers start is known: it might import the package by its name."""
    for container in application.containers:
        if container.process.unknown is not None:
            return False
        for server in container.servers:
            target, module = server.target, server.served.module
            if isinstance(target, Unknown) or (target.value and isinstance(module, Unknown)):
                return False
    return True


def _served(application: "Application") -> Iterator[tuple[str, Known[str]]]:
    """The folders in which its servers find the modules that they are told to import."""
    for server in (server for each in application.containers for server in each.servers):
        target, module = server.target, server.served.module
        if isinstance(target, Unknown) or isinstance(module, Unknown) or target.value is None:
            continue
        path = module.value.path
        for ending in (".py", f"/{INIT}"):
            beside = target.value.relative_path + ending
            if not target.value.is_file and f"/{path}".endswith(f"/{beside}"):
                yield path.removesuffix(beside).removesuffix("/"), server.fact()


def _managed(application: "Application") -> Iterator[tuple[str, Known[str]]]:
    """The folders of `manage.py` files that name settings beside them."""
    files = application.python_files
    for path in application.files:
        if basename(path) != "manage.py":
            continue
        for site in files.facts(path).calls:
            values = [each.value for each in site.call.args if isinstance(each, Const)]
            name = values[1] if len(values) == 2 and values[0] == SETTINGS_VARIABLE else None
            if isinstance(name, str) and _has_module(application, dirname(path), name):
                place = files.source(path).place(site.call.start, site.call.end)
                fact = Known(path, (place,), says=f"{path} looks for {name} in its folder")
                yield dirname(path), fact


def _has_module(application: "Application", folder: str, dotted: str) -> bool:
    inner = paths.join(folder, dotted.replace(".", "/"))
    known = application.python_files.modules.known
    return f"{inner}.py" in known or f"{inner}/{INIT}" in known


def _imported(application: "Application") -> Iterator[tuple[str, Known[str]]]:
    """The folders of projects that their own modules import from, by absolute names."""
    files = application.python_files
    for init in application.files:
        folder = dirname(init)
        entries = application.repository.snapshot.entries(folder)
        if basename(init) != INIT or not any(name in entries for name in _PROJECT_FILES):
            continue
        for path, item in _imports(application, folder):
            is_deep = not item.level and "." in item.module
            if is_deep and _has_module(application, folder, item.module):
                place = files.source(path).place(item.start, item.end)
                yield folder, Known(path, (place,), says=f"{path} imports {item.module} from it")
                break


def _modules(application: "Application", folder: str) -> Iterator[ModuleFacts]:
    """The modules below a folder, tests among them."""
    files = application.python_files
    for path in application.files:
        below = not folder or path.startswith(f"{folder}/")
        if below and files.kind(path) is not ModuleKind.TEMPLATE:
            yield files.facts(path)


def _imports(application: "Application", folder: str) -> Iterator[tuple[str, "Import"]]:
    for facts in _modules(application, folder):
        for item in facts.imports:
            yield facts.path, item


def _is_bare(facts: ModuleFacts) -> bool:
    """Whether a module has nothing but a docstring and names like `__version__`."""
    empty = not (facts.problems or facts.imports or facts.calls or facts.functions)
    dunder = all(item.target.startswith("__") for item in facts.assignments)
    return empty and not facts.classes and dunder and not facts.guards


def _is_package(application: "Application", folder: str) -> bool:
    """Whether something may import the folder by its name, or by dots from a module in it."""
    if any(root != folder and _is_in(folder, root) for root, _ in _served(application)):
        return True
    if any(each.problems for each in _modules(application, folder)):
        return True
    name = basename(folder)
    children = application.repository.snapshot.entries(folder)
    is_named = name and name not in children and f"{name}.py" not in children
    for path, item in _imports(application, folder):
        if is_named and not item.level and item.module.partition(".")[0] == name:
            return True
        base = path
        for _ in range(item.level):
            base = dirname(base)
        if item.level and (base == folder or not _is_in(base, folder)):
            return True
    return False


def _is_in(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def _is_declared(application: "Application", folder: str) -> bool:
    """Whether the project says that a folder of another name is the package."""
    snapshot = application.repository.snapshot
    candidates = [paths.join(folder, name) for name in _DECLARES]
    candidates += [paths.join(dirname(folder), name) for name in _DECLARES]
    sources = (snapshot.text(path) for path in candidates if snapshot.is_file(path))
    return any(source is not None and _PACKAGE_DIR.search(source.text) for source in sources)
