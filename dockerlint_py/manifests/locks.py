"""Lock files that are TOML: poetry.lock, uv.lock, pdm.lock, pylock.toml."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.model import (
    Dependency,
    Lock,
    LockedPackage,
    LockKind,
    Problem,
)
from dockerlint_py.manifests.naming import group_key, normalise
from dockerlint_py.manifests.toml import TomlFile
from dockerlint_py.manifests.versions import Versions, pep440, poetry
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

Table: TypeAlias = Mapping[str, object]

_HEADER = regex(r"^\[\[packages?\]\][ \t]*\r?$", re.MULTILINE)
_NAME_LINE = regex(r"^name[ \t]*=[^\n\r]*", re.MULTILINE)


def read_poetry_lock(source: Source) -> Lock:
    """poetry.lock, from its first format to that of Poetry 2."""
    return _read(source, "poetry", "package", _poetry_package, _poetry_head)


def read_uv_lock(source: Source) -> Lock:
    """uv.lock; the roots are the dependencies and groups of the project and its members."""
    return _read(source, "uv", "package", _uv_package, _uv_head)


def read_pdm_lock(source: Source) -> Lock:
    """pdm.lock."""
    return _read(source, "pdm", "package", _pdm_package, _pdm_head)


def read_pylock(source: Source) -> Lock:
    """pylock.toml (PEP 751)."""
    return _read(source, "pylock", "packages", _pylock_package, _pylock_head)


def _read(
    source: Source,
    kind: LockKind,
    key: str,
    package: Callable[[Table, TomlFile, Place], LockedPackage],
    head: Callable[[Lock, TomlFile], Lock],
) -> Lock:
    toml = TomlFile(source)
    if toml.error:
        problem = Problem(f"not TOML: {toml.error}", source.place(0, 0))
        return Lock(kind, source, {}, problems=(problem,))
    tables = [item for item in toml.array(key) if isinstance(item, dict)]
    places = _places(source, len(tables))
    packages: dict[str, list[LockedPackage]] = {}
    for table, place in zip(tables, places, strict=True):
        found = package(table, toml, place)
        packages.setdefault(found.name, []).append(found)
    by_name = {name: tuple(versions) for name, versions in packages.items()}
    return head(Lock(kind, source, by_name), toml)


def _places(source: Source, count: int) -> list[Place]:
    """The name lines of the packages, or the start of the file when they cannot be told."""
    headers = [found.end() for found in _HEADER.finditer(source.text)]
    if not headers or len(headers) != count:
        return [source.place(0, 0)] * count
    places = []
    for start, end in zip(headers, [*headers[1:], len(source.text)], strict=True):
        name = _NAME_LINE.search(source.text, start, end)
        places.append(
            source.place(name.start(), name.end()) if name else source.place(start, start)
        )
    return places


def _text(table: Table, key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _table(table: Table, key: str) -> Table:
    value = table.get(key)
    return value if isinstance(value, dict) else {}


def _tables(table: Table, key: str) -> list[Table]:
    value = table.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(table: Table, key: str) -> list[str]:
    value = table.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _wheels_and_sdist(names: Iterable[str]) -> tuple[tuple[str, ...], str | None]:
    wheels, sdist = [], None
    for name in names:
        if name.endswith(".whl"):
            wheels.append(name)
        elif name:
            sdist = name
    return tuple(wheels), sdist


def _file_name(table: Table) -> str:
    """The name of a file, given as such, by its URL or by its path."""
    for key in ("name", "file", "url", "path"):
        text = _text(table, key)
        if text:
            return text.partition("#")[0].rpartition("/")[2]
    return ""


def _poetry_package(table: Table, toml: TomlFile, place: Place) -> LockedPackage:
    name = _text(table, "name")
    listed = "files" in table
    # Before format 2 the files of all packages stood in `metadata.files`, or only their hashes.
    files = _tables(table, "files") or _tables(toml.table("metadata", "files"), name)
    wheels, sdist = _wheels_and_sdist(map(_file_name, files))
    source = _text(_table(table, "source"), "type")
    origin = {"directory": "path", "file": "path", "git": "git", "url": "url"}.get(
        source, "registry"
    )
    return LockedPackage(
        normalise(name),
        _text(table, "version"),
        place,
        wheels,
        sdist,
        files_known=bool(files) or (listed and origin != "registry"),
        marker=_poetry_marker(table),
        groups=_poetry_groups(table),
        dependencies=tuple(_poetry_dependencies(_table(table, "dependencies"))),
        requires_python=_text(table, "python-versions"),
        origin=origin,
        optional=table.get("optional") is True,
    )


def _poetry_groups(table: Table) -> frozenset[str]:
    """Groups stand in the lock since Poetry 2, the old category until 1.4; not in between."""
    groups = frozenset(_texts(table, "groups"))
    category = _text(table, "category")
    return groups or (frozenset({category}) if category else groups)


def _poetry_marker(table: Table) -> str:
    markers = table.get("markers")
    if isinstance(markers, dict):
        texts = {text for text in markers.values() if isinstance(text, str)}
        return (
            texts.pop() if len(texts) == 1 and len(markers) == len(_texts(table, "groups")) else ""
        )
    return markers if isinstance(markers, str) else ""


def _poetry_dependencies(table: Table) -> Iterable[Dependency]:
    for name, value in table.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                extras = tuple(normalise(extra) for extra in _texts(item, "extras"))
                yield Dependency(normalise(name), extras, _text(item, "markers"))
            else:
                yield Dependency(normalise(name))


def _poetry_head(lock: Lock, toml: TomlFile) -> Lock:
    written = toml.text("metadata", "python-versions")
    return lock._replace(
        requires_python=_requires_python(toml, written, poetry, "metadata", "python-versions"),
        content_hash=toml.text("metadata", "content-hash"),
    )


def _requires_python(
    toml: TomlFile, written: str | None, read: Callable[[str], Versions], *path: str
) -> Fact[Versions]:
    if not written:
        return Unknown(f"{toml.source.path} does not say which Python it is for")
    says = f"{toml.source.path} is locked for Python {written}"
    found = re.compile(rf"^{re.escape(path[-1])}[ \t]*=[^\n\r]*", re.MULTILINE)
    line = found.search(toml.source.text)
    place = toml.source.place(line.start(), line.end()) if line else toml.source.place(0, 0)
    return Known(read(written), (place,), says=says)


def _uv_package(table: Table, _toml: TomlFile, place: Place) -> LockedPackage:
    source = _table(table, "source")
    origin = next(
        (
            key
            for key in ("registry", "git", "url", "path", "directory", "editable", "virtual")
            if key in source
        ),
        "registry",
    )
    sdist = _table(table, "sdist")
    wheels, _none = _wheels_and_sdist(map(_file_name, _tables(table, "wheels")))
    return LockedPackage(
        normalise(_text(table, "name")),
        _text(table, "version"),
        place,
        wheels,
        _file_name(sdist) or None,
        files_known=origin == "registry",
        marker=_uv_marker(table),
        dependencies=tuple(_edges(_tables(table, "dependencies"))),
        extra_dependencies={
            normalise(name): edges
            for name, edges in _groups(_table(table, "optional-dependencies")).items()
        },
        group_dependencies=_groups(_table(table, "dev-dependencies")),
        origin="path" if origin == "directory" else origin,
    )


def _uv_marker(table: Table) -> str:
    markers = _texts(table, "resolution-markers")
    if not markers:
        return ""
    return " or ".join(f"({text})" for text in markers) if len(markers) > 1 else markers[0]


def _edges(tables: Iterable[Table]) -> Iterable[Dependency]:
    for item in tables:
        extras = _texts(item, "extra") or _texts(item, "extras")
        yield Dependency(
            normalise(_text(item, "name")),
            tuple(normalise(extra) for extra in extras),
            _text(item, "marker"),
        )


def _groups(table: Table) -> dict[str, tuple[Dependency, ...]]:
    return {name: tuple(_edges(_tables(table, name))) for name in table}


def _uv_head(lock: Lock, toml: TomlFile) -> Lock:
    written = toml.text("requires-python")
    return lock._replace(
        roots=_uv_roots(toml),
        requires_python=_requires_python(toml, written, pep440, "requires-python"),
    )


def _uv_roots(toml: TomlFile) -> dict[str, tuple[Dependency, ...]]:
    """What `uv sync` starts from: the project, or all members when the root of a workspace is none.

    The groups of such a root stand in the manifest table.
    """
    local = [
        table
        for table in toml.array("package")
        if isinstance(table, dict) and _table(table, "source").keys() & {"editable", "virtual"}
    ]
    project = [table for table in local if "." in _table(table, "source").values()]
    groups = _groups(toml.table("manifest", "dependency-groups"))
    roots = {group_key(name): edges for name, edges in groups.items()}
    for table in project or local:
        groups = _groups(_table(table, "dev-dependencies"))
        found = {group_key(name): edges for name, edges in groups.items()}
        found["main"] = tuple(_edges(_tables(table, "dependencies")))
        for name, edges in found.items():
            roots[name] = roots.get(name, ()) + edges
    return roots


def _pdm_package(table: Table, toml: TomlFile, place: Place) -> LockedPackage:
    name = _text(table, "name")
    files = _tables(table, "files")
    if not files:
        old = toml.table("metadata", "files")
        files = _tables(old, f"{name} {_text(table, 'version')}")
    wheels, sdist = _wheels_and_sdist(map(_file_name, files))
    origin = next((key for key in ("git", "url", "path") if key in table), "registry")
    groups = {"default": "main"}
    return LockedPackage(
        normalise(name),
        _text(table, "version"),
        place,
        wheels,
        sdist,
        files_known=bool(files),
        marker=_text(table, "marker"),
        groups=frozenset(groups.get(group, group) for group in _texts(table, "groups")),
        dependencies=tuple(_pdm_dependencies(_texts(table, "dependencies"), place)),
        requires_python=_text(table, "requires_python"),
        origin=origin,
    )


def _pdm_dependencies(texts: Iterable[str], place: Place) -> Iterable[Dependency]:
    from dockerlint_py.manifests.pep508 import parse_requirement

    for text in texts:
        found = parse_requirement(text, place)
        if found is not None and found.name:
            yield Dependency(found.name, found.extras, found.marker)


def _pdm_head(lock: Lock, toml: TomlFile) -> Lock:
    targets = [item for item in toml.array("metadata", "targets") if isinstance(item, dict)]
    written = _text(targets[0], "requires_python") if len(targets) == 1 else None
    return lock._replace(
        requires_python=_requires_python(toml, written, pep440, "requires_python"),
        content_hash=toml.text("metadata", "content_hash"),
    )


def _pylock_package(table: Table, _toml: TomlFile, place: Place) -> LockedPackage:
    wheels, _none = _wheels_and_sdist(map(_file_name, _tables(table, "wheels")))
    sdist = _table(table, "sdist")
    origins = {"vcs": "git", "directory": "path", "archive": "url"}
    origin = next((word for key, word in origins.items() if key in table), "registry")
    return LockedPackage(
        normalise(_text(table, "name")),
        _text(table, "version"),
        place,
        wheels,
        _file_name(sdist) or None,
        files_known=bool(wheels or sdist),
        marker=_text(table, "marker"),
        dependencies=tuple(_edges(_tables(table, "dependencies"))),
        requires_python=_text(table, "requires-python"),
        origin=origin,
    )


def _pylock_head(lock: Lock, toml: TomlFile) -> Lock:
    written = toml.text("requires-python")
    return lock._replace(requires_python=_requires_python(toml, written, pep440, "requires-python"))
