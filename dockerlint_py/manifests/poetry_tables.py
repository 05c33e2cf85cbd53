"""The `[tool.poetry]` tables of a pyproject.toml."""

from collections.abc import Iterator

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.model import Problem, Requirement
from dockerlint_py.manifests.naming import normalise
from dockerlint_py.manifests.toml import Key, TomlFile
from dockerlint_py.manifests.versions import ANY, Versions, poetry

_ROOT = ("tool", "poetry")


class PoetryTables:
    """Reads Poetry's dependencies; empty when the file has no such tables."""

    __slots__ = ("problems", "toml")

    def __init__(self, toml: TomlFile, problems: list[Problem]) -> None:
        self.toml = toml
        self.problems = problems

    def requires_python(self) -> Fact[Versions]:
        """The constraint on `python` among the dependencies."""
        path = (*_ROOT, "dependencies", "python")
        value = self.toml.get(*path)
        if isinstance(value, dict):
            value = value.get("version")
        if not isinstance(value, str):
            return Unknown("pyproject.toml says nothing about Python")
        says = f"pyproject.toml requires Python {value}"
        return Known(poetry(value), (self.toml.place_with_key(*path),), says=says)

    def main(self) -> tuple[Requirement, ...]:
        """`[tool.poetry.dependencies]` without Python and without what only an extra brings."""
        return tuple(item for item in self._all_main() if not item.optional)

    def _all_main(self) -> tuple[Requirement, ...]:
        return tuple(self._table(*_ROOT, "dependencies"))

    def groups(self) -> dict[str, tuple[Requirement, ...]]:
        """Dependency groups, with the old `dev-dependencies` as group dev."""
        groups = {
            name: tuple(self._table(*_ROOT, "group", name, "dependencies"))
            for name in self.toml.table(*_ROOT, "group")
        }
        legacy = tuple(self._table(*_ROOT, "dev-dependencies"))
        if legacy:
            groups["dev"] = groups.get("dev", ()) + legacy
        return groups

    def optional_groups(self) -> frozenset[str]:
        """Groups that are installed only when they are asked for."""
        return frozenset(
            name
            for name in self.toml.table(*_ROOT, "group")
            if self.toml.get(*_ROOT, "group", name, "optional") is True
        )

    def extras(self) -> dict[str, tuple[Requirement, ...]]:
        """`[tool.poetry.extras]`: lists of optional main dependencies."""
        main = self._all_main()
        extras = {}
        for name in self.toml.table(*_ROOT, "extras"):
            wanted = {normalise(item) for item in self.toml.texts(*_ROOT, "extras", name)}
            extras[normalise(name)] = tuple(item for item in main if item.name in wanted)
        return extras

    def with_source(self, found: Requirement) -> Requirement:
        """Poetry 2 lets its table say more about a dependency of `[project]`."""
        for item in self._table(*_ROOT, "dependencies"):
            if item.name == found.name and (item.path or item.url):
                return found._replace(path=item.path, url=item.url, editable=item.editable)
        return found

    def _table(self, *path: Key) -> Iterator[Requirement]:
        for name, value in self.toml.table(*path).items():
            if path[-2:] == ("poetry", "dependencies") and normalise(name) == "python":
                continue
            place = (*path, name)
            if isinstance(value, list):
                for index, item in enumerate(value):
                    yield from self._dependency(name, item, (*place, index))
            else:
                yield from self._dependency(name, value, place)

    def _dependency(self, name: str, value: object, path: tuple[Key, ...]) -> Iterator[Requirement]:
        place = self.toml.place_with_key(*path)
        if isinstance(value, str):
            yield self._checked(Requirement(normalise(name), poetry(value), place))
        elif isinstance(value, dict):
            yield self._checked(table_requirement(name, value, Requirement("", ANY, place)))
        else:
            self.problems.append(Problem(f"not a dependency: {name[:80]}", place))

    def _checked(self, found: Requirement) -> Requirement:
        if not found.versions.known:
            message = f"not a version constraint: {found.versions.written[:80]}"
            self.problems.append(Problem(message, found.place))
        return found


def table_requirement(name: str, table: dict[str, object], empty: Requirement) -> Requirement:
    """A dependency that is written as a table, in Poetry's way."""
    version = table.get("version")
    url = next((table[key] for key in ("git", "url") if isinstance(table.get(key), str)), None)
    path = next((table[key] for key in ("path", "file") if isinstance(table.get(key), str)), None)
    extras = table.get("extras")
    return empty._replace(
        name=normalise(name),
        versions=poetry(version) if isinstance(version, str) else ANY,
        extras=tuple(normalise(item) for item in extras if isinstance(item, str))
        if isinstance(extras, list)
        else (),
        marker=_marker(table),
        url=url if isinstance(url, str) else None,
        path=path if isinstance(path, str) else None,
        editable=table.get("develop") is True,
        optional=table.get("optional") is True,
    )


def _marker(table: dict[str, object]) -> str:
    """`markers` as it is; `python` and `platform` as markers where they can be said as one."""
    parts = []
    markers = table.get("markers")
    if isinstance(markers, str):
        parts.append(f"({markers})" if " or " in markers else markers)
    python = table.get("python")
    if isinstance(python, str):
        parts.extend(_python_markers(poetry(python)))
    platform = table.get("platform")
    if isinstance(platform, str):
        parts.append(f'sys_platform == "{platform}"')
    return " and ".join(parts)


def _python_markers(versions: Versions) -> list[str]:
    from packaging.specifiers import SpecifierSet

    alternatives = []
    for text in versions.alternatives:
        clauses = [
            f"python_{'full_' if spec.version.count('.') > 1 else ''}version"
            f' {spec.operator} "{spec.version}"'
            for spec in sorted(SpecifierSet(text), key=str)
        ]
        if clauses:
            alternatives.append(" and ".join(clauses))
    if len(alternatives) > 1:
        return ["(" + " or ".join(alternatives) + ")"]
    return alternatives
