"""Pipfile."""

from collections.abc import Iterator

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.model import Manifest, Problem, Reference, Requirement
from dockerlint_py.manifests.naming import normalise
from dockerlint_py.manifests.toml import Key, TomlFile
from dockerlint_py.manifests.versions import ANY, Versions, pep440, pipfile
from dockerlint_py.text import Source

_NOT_PACKAGES = frozenset(
    {"source", "requires", "scripts", "pipenv", "pipfile", "build-system", "build_system"}
)
_MARKER_KEYS = (
    "os_name", "sys_platform", "platform_machine", "platform_python_implementation",
    "platform_release", "platform_system", "platform_version", "python_version",
    "python_full_version", "implementation_name", "implementation_version",
)  # fmt: skip


def read_pipfile(source: Source) -> Manifest:
    """Read a Pipfile: `packages` is group main, `dev-packages` is group dev."""
    toml = TomlFile(source)
    if toml.error:
        problem = Problem(f"not TOML: {toml.error}", source.place(0, 0))
        return Manifest("pipfile", source, {}, problems=(problem,))
    problems: list[Problem] = []
    names = {"packages": "main", "dev-packages": "dev"}
    groups = {
        names.get(key, key): tuple(_packages(toml, key, problems))
        for key, value in toml.data.items()
        if key not in _NOT_PACKAGES and isinstance(value, dict)
    }
    references = tuple(
        Reference("path", item.path, item.place)
        for group in groups.values()
        for item in group
        if item.path is not None
    )
    return Manifest(
        "pipfile",
        source,
        groups,
        requires_python=_requires_python(toml),
        references=references,
        indexes=tuple(_indexes(toml)),
        tools=frozenset({"pipenv"}),
        problems=tuple(problems),
    )


def _indexes(toml: TomlFile) -> Iterator[str]:
    for item in toml.array("source"):
        url = item.get("url") if isinstance(item, dict) else None
        if isinstance(url, str):
            yield url


def _requires_python(toml: TomlFile) -> Fact[Versions]:
    for key in ("python_full_version", "python_version"):
        version = toml.text("requires", key)
        if version is None:
            continue
        exact = version if key == "python_full_version" else f"{version}.*"
        places = (toml.place_with_key("requires", key),)
        return Known(pep440(f"=={exact}"), places, says=f"Pipfile requires Python {version}")
    return Unknown("Pipfile says nothing about Python")


def _packages(toml: TomlFile, table: str, problems: list[Problem]) -> Iterator[Requirement]:
    for name, value in toml.table(table).items():
        path: tuple[Key, ...] = (table, name)
        place = toml.place_with_key(*path)
        if isinstance(value, str):
            found = Requirement(normalise(name), pipfile(value), place)
        elif isinstance(value, dict):
            found = _table(name, value, Requirement("", ANY, place))
        else:
            problems.append(Problem(f"not a dependency: {name[:80]}", place))
            continue
        if not found.versions.known:
            message = f"not a version constraint: {found.versions.written[:80]}"
            problems.append(Problem(message, place))
        yield found


def _table(name: str, table: dict[str, object], empty: Requirement) -> Requirement:
    version, extras = table.get("version"), table.get("extras")
    url = next(
        (table[key] for key in ("git", "hg", "svn") if isinstance(table.get(key), str)), None
    )
    path = next((table[key] for key in ("path", "file") if isinstance(table.get(key), str)), None)
    if isinstance(path, str) and "://" in path:
        url, path = path, None
    return empty._replace(
        name=normalise(name),
        versions=pipfile(version) if isinstance(version, str) else ANY,
        extras=tuple(normalise(item) for item in extras if isinstance(item, str))
        if isinstance(extras, list)
        else (),
        marker=_marker(table),
        url=url if isinstance(url, str) else None,
        path=path if isinstance(path, str) else None,
        editable=table.get("editable") is True,
    )


def _marker(table: dict[str, object]) -> str:
    parts = [f"{key} {table[key]}" for key in _MARKER_KEYS if isinstance(table.get(key), str)]
    markers = table.get("markers")
    if isinstance(markers, str):
        parts.insert(0, f"({markers})" if parts and " or " in markers else markers)
    return " and ".join(parts)
