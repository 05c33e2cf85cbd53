"""pyproject.toml: PEP 621, dependency groups, and the tables of uv and pdm.

Poetry's own tables are read by `poetry_tables`, what a build needs by `build_files`.
"""

from collections.abc import Iterator

from dockerlint_py.facts import Fact, Known
from dockerlint_py.manifests.build_files import build_references
from dockerlint_py.manifests.model import Manifest, Problem, Reader, Reference, Requirement
from dockerlint_py.manifests.naming import group_key, normalise
from dockerlint_py.manifests.pep508 import parse_requirement
from dockerlint_py.manifests.poetry_tables import PoetryTables
from dockerlint_py.manifests.requirements import read_requirements
from dockerlint_py.manifests.toml import Key, TomlFile
from dockerlint_py.manifests.versions import Versions, pep440
from dockerlint_py.text import Source

_DEEPEST = 30


def read_pyproject(source: Source, read: Reader | None = None) -> Manifest:
    """Read pyproject.toml; `read` gives the files that hold dynamic dependencies."""
    toml = TomlFile(source)
    if toml.error:
        problem = Problem(f"not TOML: {toml.error}", source.place(0, 0))
        return Manifest("pyproject", source, {}, problems=(problem,))
    return _Pyproject(toml, read).manifest()


class _Pyproject:
    def __init__(self, toml: TomlFile, read: Reader | None) -> None:
        self.toml = toml
        self.read = read
        self.problems: list[Problem] = []
        self.poetry = PoetryTables(toml, self.problems)

    def manifest(self) -> Manifest:
        toml = self.toml
        groups = self._groups()
        references = (*build_references(toml), *self._path_references(groups))
        return Manifest(
            "pyproject",
            toml.source,
            groups,
            requires_python=self._requires_python(),
            extras=self._extras(),
            default_groups=self._default_groups(groups),
            constraints=self._list("tool", "uv", "constraint-dependencies"),
            build_requires=self._list("build-system", "requires"),
            references=references,
            indexes=tuple(self._indexes()),
            tools=self._tools(),
            name=self._name(),
            packaged=self._packaged(),
            build_system=bool(toml.table("build-system")),
            build_backend=toml.text("build-system", "build-backend"),
            workspace_members=tuple(toml.texts("tool", "uv", "workspace", "members")),
            problems=tuple(self.problems),
        )

    def _name(self) -> str | None:
        name = self.toml.text("project", "name") or self.toml.text("tool", "poetry", "name")
        return normalise(name) if name else None

    def _tools(self) -> frozenset[str]:
        names = set(self.toml.table("tool"))
        if self.toml.table("project"):
            names.add("project")
        return frozenset(names)

    def _requires_python(self) -> Fact[Versions]:
        written = self.toml.text("project", "requires-python")
        if written is not None:
            path: tuple[Key, ...] = ("project", "requires-python")
            return Known(
                pep440(written),
                (self.toml.place(*path),),
                says=f"pyproject.toml requires Python {written}",
            )
        return self.poetry.requires_python()

    def _list(self, *path: Key) -> tuple[Requirement, ...]:
        return tuple(self._requirements(*path))

    def _requirements(self, *path: Key) -> Iterator[Requirement]:
        for index, item in enumerate(self.toml.array(*path)):
            place = self.toml.place(*path, index)
            found = parse_requirement(item, place) if isinstance(item, str) else None
            if found is not None:
                yield self._with_source(found)
            elif isinstance(item, str):
                self.problems.append(Problem(f"not a requirement: {item[:80]}", place))

    def _with_source(self, found: Requirement) -> Requirement:
        """`[tool.uv.sources]` and Poetry's table say where a distribution comes from."""
        for key, value in self.toml.table("tool", "uv", "sources").items():
            if normalise(key) == found.name:
                return _from_source(found, value)
        return self.poetry.with_source(found)

    def _groups(self) -> dict[str, tuple[Requirement, ...]]:
        groups = {"main": self._main()}
        for name in self.toml.table("dependency-groups"):
            groups[group_key(name)] = tuple(self._group(name, ()))
        legacy = self._list("tool", "uv", "dev-dependencies")
        if legacy:
            groups["dev"] = groups.get("dev", ()) + legacy
        for name in self.toml.table("tool", "pdm", "dev-dependencies"):
            found = self._list("tool", "pdm", "dev-dependencies", name)
            groups[group_key(name)] = groups.get(group_key(name), ()) + found
        for name, requirements in self.poetry.groups().items():
            groups[name] = groups.get(name, ()) + requirements
        return groups

    def _main(self) -> tuple[Requirement, ...]:
        declared = self._list("project", "dependencies")
        if "dependencies" in self.toml.texts("project", "dynamic"):
            declared += self._dynamic()
        if not self.toml.array("project", "dependencies"):
            declared += self.poetry.main()
        return declared

    def _dynamic(self) -> tuple[Requirement, ...]:
        """setuptools may take the dependencies from requirements files."""
        path = ("tool", "setuptools", "dynamic", "dependencies", "file")
        names = self.toml.texts(*path) or [self.toml.text(*path) or ""]
        folder = self.toml.source.path.rpartition("/")[0]
        found: tuple[Requirement, ...] = ()
        for name in filter(None, names):
            source = self.read(f"{folder}/{name}" if folder else name) if self.read else None
            if source is None:
                self.problems.append(Problem(f"not read: {name[:80]}", self.toml.place(*path)))
                continue
            manifest = read_requirements(source, self.read)
            found += manifest.main
            self.problems.extend(manifest.problems)
        return found

    def _group(self, name: str, inside: tuple[str, ...]) -> Iterator[Requirement]:
        """A dependency group with those it includes (PEP 735); names compare normalised."""
        table = self.toml.table("dependency-groups")
        path = ("dependency-groups", name)
        if normalise(name) in inside or len(inside) > _DEEPEST:
            self.problems.append(Problem("groups include one another", self.toml.place(*path)))
            return
        yield from self._requirements(*path)
        for index, item in enumerate(self.toml.array(*path)):
            wanted = item.get("include-group") if isinstance(item, dict) else None
            if not isinstance(wanted, str):
                continue
            known = [key for key in table if normalise(key) == normalise(wanted)]
            if not known:
                message = f"no dependency group {wanted[:80]}"
                self.problems.append(Problem(message, self.toml.place(*path, index)))
            for key in known[:1]:
                yield from self._group(key, (*inside, normalise(name)))

    def _extras(self) -> dict[str, tuple[Requirement, ...]]:
        path = ("project", "optional-dependencies")
        extras = {normalise(name): self._list(*path, name) for name in self.toml.table(*path)}
        return extras or self.poetry.extras()

    def _default_groups(self, groups: dict[str, tuple[Requirement, ...]]) -> tuple[str, ...]:
        """What `uv sync`, `poetry install` or `pdm install` add to the main dependencies."""
        others = tuple(name for name in groups if name != "main")
        chosen = self.toml.get("tool", "uv", "default-groups")
        if chosen == "all":
            return others
        if isinstance(chosen, list):
            return tuple(group_key(name) for name in chosen if isinstance(name, str))
        if self.toml.table("tool", "poetry"):
            return tuple(name for name in others if name not in self.poetry.optional_groups())
        if self.toml.table("tool", "pdm"):
            return others
        return ("dev",) if "dev" in groups else ()

    def _packaged(self) -> dict[str, bool]:
        settings = {
            "uv": self.toml.get("tool", "uv", "package"),
            "poetry": self.toml.get("tool", "poetry", "package-mode"),
            "pdm": self.toml.get("tool", "pdm", "distribution"),
        }
        return {tool: value for tool, value in settings.items() if isinstance(value, bool)}

    def _indexes(self) -> Iterator[str]:
        for path in (
            ("tool", "uv", "index"),
            ("tool", "poetry", "source"),
            ("tool", "pdm", "source"),
        ):
            for item in self.toml.array(*path):
                url = item.get("url") if isinstance(item, dict) else None
                if isinstance(url, str):
                    yield url

    def _path_references(self, groups: dict[str, tuple[Requirement, ...]]) -> Iterator[Reference]:
        for requirements in groups.values():
            for item in requirements:
                if item.path is not None:
                    yield Reference("path", item.path, item.place)


def _from_source(found: Requirement, value: object) -> Requirement:
    """One source of uv: a table, or a list of tables that markers tell apart."""
    tables = value if isinstance(value, list) else [value]
    for table in tables:
        if not isinstance(table, dict):
            continue
        for key in ("path", "git", "url"):
            place = table.get(key)
            if isinstance(place, str):
                editable = table.get("editable") is True
                if key == "path":
                    return found._replace(path=place, editable=editable)
                return found._replace(url=place)
        if table.get("workspace") is True:
            return found._replace(path="", editable=table.get("editable") is not False)
    return found
