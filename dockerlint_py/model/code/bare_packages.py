"""Folders that are imported as packages of a regular package and have no `__init__.py`."""

import re
from collections.abc import Iterator
from posixpath import dirname
from typing import TYPE_CHECKING, Any

from dockerlint_py.context import paths
from dockerlint_py.facts import Known, Unknown
from dockerlint_py.python import ModuleKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.python.graph import Edge

_MANIFESTS = ("pyproject.toml", "setup.cfg", "setup.py", "mypy.ini", ".mypy.ini", "ruff.toml")
_NAMESPACES = regex(
    r"namespace[-_]packages|find_namespace|^[ \t]{0,20}namespaces?[ \t]{0,20}=[ \t]{0,20}true\b",
    re.MULTILINE,
)
"""What shows that packages without `__init__.py` are meant to be."""
_FINDS_REGULAR = regex(r"\bfind_packages[ \t]*\(|^packages[ \t]*=[ \t]*find:", re.MULTILINE)
_BY_OTHERS = frozenset({"migrations", "management"})
"""Folders that Django reads without importing the package; MIG001 speaks of migrations."""


class BarePackage(NamedTuple):
    """Such a folder: `place` is the start of a module in it.

    `regular` is the package around it, `overlooked` what does not see it without `__init__.py`.
    """

    folder: str
    regular: str
    overlooked: Known[str] | None
    place: Place
    because: tuple[Known[Any], ...]


def bare_packages_of(application: "Application") -> Iterator[BarePackage]:
    """The folders that the code which serves imports that way, each once, sorted by name."""
    if not application.containers:
        return
    found: dict[str, tuple[str, _Use]] = {}
    for use in (*_served(application), *_imported(application)):
        regular = _regular_around(application, use)
        if regular is not None:
            found.setdefault(use.folder, (regular, use))
    for folder, (regular, use) in sorted(found.items()):
        is_meant = _declares_namespaces(application, folder)
        if not is_meant and _lacks_init(application, folder):
            yield _bare_package(application, folder, regular, use.fact)


class _Use(NamedTuple):
    """Something that takes a folder for a package, looking for modules from `root` on."""

    folder: str
    root: str
    fact: Known[str]


def _served(application: "Application") -> Iterator[_Use]:
    """The folders above the modules that its servers are told to import, as far as they name."""
    for server in (server for each in application.containers for server in each.servers):
        target, module = server.target, server.served.module
        if isinstance(target, Unknown) or isinstance(module, Unknown) or target.value is None:
            continue
        parts = module.value.path.removesuffix("/__init__.py").split("/")
        own = 1 if target.value.is_file else target.value.module.count(".") + 1
        root = "/".join(parts[:-own])
        for number in range(1, own):
            yield _Use("/".join(parts[:-number]), root, server.fact())


def _imported(application: "Application") -> Iterator[_Use]:
    """The folders that its code imports as packages."""
    files = application.python_files
    for path in sorted(application.runtime):
        for edge in files.graph.edges(path):
            at = files.source(path).place(edge.item.start, edge.item.end)
            fact = Known(path, (at,), says=f"{path} imports from it as a package")
            if not edge.item.typing:
                yield from _named(application, edge, fact)


def _named(application: "Application", edge: "Edge", fact: Known[str]) -> Iterator[_Use]:
    """The folders that an import names on its way to a file, those of its dots among them."""
    folder = dirname(edge.path)
    for number in range(edge.item.level):
        folder = dirname(folder) if number else folder
        yield _Use(folder, "", fact)
    roots = (folder,) if edge.item.level else application.python_files.graph.roots_for(edge.path)
    for root in roots:
        folder = root
        for part in edge.item.module.split("."):
            folder = paths.join(folder, part)
            if any(target.startswith(f"{folder}/") for target in edge.targets):
                yield _Use(folder, "" if edge.item.level else root, fact)


def _regular_around(application: "Application", use: _Use) -> str | None:
    """The nearest folder around one, below the root, that is a package with `__init__.py`."""
    known = application.python_files.modules.known
    folder = dirname(use.folder)
    while folder and folder != use.root:
        if f"{folder}/__init__.py" in known:
            return folder
        folder = dirname(folder)
    return None


def _lacks_init(application: "Application", folder: str) -> bool:
    """Whether a folder of modules has no `__init__.py`, and git ignores none that it may have."""
    files = application.python_files
    own = [path for path in application.files if dirname(path) == folder]
    init = f"{folder}/__init__.py"
    return (
        any(files.kind(path) is ModuleKind.MODULE for path in own)
        and init not in files.modules.known
        and application.repository.snapshot.ignored_by(init) is None
        and _BY_OTHERS.isdisjoint(folder.split("/"))
    )


def _bare_package(
    application: "Application", folder: str, regular: str, imported: Known[str]
) -> BarePackage:
    files = application.python_files
    first = min(path for path in application.files if dirname(path) == folder)
    files.facts(first)  # a file that is not read has no comments that silence a finding
    overlooked = _overlooked(application, folder)
    because = (imported,) if overlooked is None else (imported, overlooked)
    return BarePackage(folder, regular, overlooked, files.source(first).place(0, 0), because)


def _overlooked(application: "Application", folder: str) -> Known[str] | None:
    """What takes only folders with `__init__.py` for packages and is used for this one."""
    manifests = _manifests(application, folder)
    for source in manifests:
        found = _FINDS_REGULAR.search(source.text)
        if found is not None:
            says = f"{source.path} installs only packages that have it"
            return Known(source.path, (source.place(*found.span()),), says=says)
    if any("pytest" in source.text for source in manifests):
        return None
    return _untested_app(application, folder)


def _untested_app(application: "Application", folder: str) -> Known[str] | None:
    """That a folder is a Django app with tests, which unittest does not find."""
    kinds = (
        application.python_files.kind(path)
        for path in application.files
        if path.startswith(f"{folder}/")
    )
    if ModuleKind.TEST not in kinds:
        return None
    for settings in application.settings:
        for item in settings.items("INSTALLED_APPS"):
            if f"/{folder}".endswith(f"/{item.text.replace('.', '/')}"):
                return Known(
                    item.text, (item.place,), says="`manage.py test` passes over its tests"
                )
    return None


def _manifests(application: "Application", folder: str) -> list[Source]:
    """The files that tell tools about packages, in the folders around one."""
    snapshot = application.repository.snapshot
    found = []
    while folder:
        folder = dirname(folder)
        candidates = (paths.join(folder, name) for name in _MANIFESTS)
        sources = (snapshot.text(path) for path in candidates if snapshot.is_file(path))
        found += [source for source in sources if source is not None]
    return found


def _declares_namespaces(application: "Application", folder: str) -> bool:
    manifests = _manifests(application, folder)
    return any(_NAMESPACES.search(source.text) for source in manifests)
