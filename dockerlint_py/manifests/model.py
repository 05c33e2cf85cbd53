"""What manifests and lock files say: the values that the readers of this package return.

Nothing is resolved here: names, versions and paths stand as the files have them, names normalised.
"""

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from dockerlint_py.facts import Fact, Unknown
from dockerlint_py.manifests.versions import Versions
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source

Reader: TypeAlias = Callable[[str], Source | None]
"""Reads a file by its path from the repository root; None when there is none or it is no text."""


class Problem(NamedTuple):
    """Something that could not be understood, so that what was read may be less than there is."""

    message: str
    place: Place


class Requirement(NamedTuple):
    """One requirement on a distribution.

    `name` is normalised, and empty for a URL or path that names nothing. `path` is relative as the
    file has it. `hashed`: every accepted file is named by its hash.
    """

    name: str
    versions: Versions
    place: Place
    extras: tuple[str, ...] = ()
    marker: str = ""
    url: str | None = None
    path: str | None = None
    editable: bool = False
    hashed: bool = False
    optional: bool = False

    @property
    def pin(self) -> str | None:
        """The one version that it allows."""
        return self.versions.pin

    @property
    def fixed(self) -> bool:
        """Whether it leaves no choice: a version, a hash, a URL or a path."""
        return bool(self.pin or self.hashed or self.url or self.path)


ReferenceKind: TypeAlias = Literal[
    "requirements", "constraints", "path", "readme", "license", "version", "package", "include"
]


class Reference(NamedTuple):
    """A file or folder that the manifest needs when it is read or when its project is built.

    `path` is relative to the folder of the file that names it, except for local paths in a
    requirements file, which pip takes from the working directory. `pattern`: it is a glob.
    """

    kind: ReferenceKind
    path: str
    place: Place
    pattern: bool = False


ManifestKind: TypeAlias = Literal[
    "requirements", "pyproject", "pipfile", "conda", "setup.cfg", "setup.py"
]


class Manifest(NamedTuple):
    """The dependencies that a project declares in one file, with the files that it includes.

    `groups` has the dependencies that are always there as `main`; `extras` are those that a user
    asks for by `[name]`. `default_groups` are the groups besides `main` that the project's own
    manager installs when nothing is said. `tools` names the managers and build backends that
    the file configures (`poetry`, `uv`, `hatch`, `setuptools`...), and `project` for PEP 621.
    `packaged` holds what a manager is told about whether there is a project to build
    (`package-mode` of Poetry...); see `builds_project`. `generated_by` is the tool whose header a
    generated requirements file carries.
    """

    kind: ManifestKind
    source: Source
    groups: Mapping[str, tuple[Requirement, ...]]
    requires_python: Fact[Versions] = Unknown("nothing is said about Python")
    extras: Mapping[str, tuple[Requirement, ...]] = {}
    default_groups: tuple[str, ...] = ()
    constraints: tuple[Requirement, ...] = ()
    build_requires: tuple[Requirement, ...] = ()
    references: tuple[Reference, ...] = ()
    indexes: tuple[str, ...] = ()
    require_hashes: bool = False
    tools: frozenset[str] = frozenset()
    name: str | None = None
    packaged: Mapping[str, bool] = {}
    build_system: bool = False
    build_backend: str | None = None
    workspace_members: tuple[str, ...] = ()
    generated_by: str | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.source.path

    @property
    def declares_project(self) -> bool:
        """Whether it describes a project; a pyproject.toml may hold settings of tools alone."""
        return self.kind != "pyproject" or self.name is not None

    @property
    def main(self) -> tuple[Requirement, ...]:
        """The dependencies that are always installed."""
        return self.groups.get("main", ())


class Dependency(NamedTuple):
    """An edge between locked packages; `extras` are those it asks for, normalised."""

    name: str
    extras: tuple[str, ...] = ()
    marker: str = ""


class LockedPackage(NamedTuple):
    """One version of a distribution in a lock file.

    `wheels` and `sdist` are file names. `files_known` is False where the lock does not list files
    (or only their hashes). `groups` is empty when the lock does not tell. `origin` is `registry`,
    `git`, `url`, `path`, `editable` or `virtual`. `group_dependencies` are the development groups
    of a project or workspace member, which uv locks too.
    """

    name: str
    version: str
    place: Place
    wheels: tuple[str, ...] = ()
    sdist: str | None = None
    files_known: bool = False
    marker: str = ""
    groups: frozenset[str] = frozenset()
    dependencies: tuple[Dependency, ...] = ()
    extra_dependencies: Mapping[str, tuple[Dependency, ...]] = {}
    group_dependencies: Mapping[str, tuple[Dependency, ...]] = {}
    requires_python: str = ""
    origin: str = "registry"
    optional: bool = False


LockKind: TypeAlias = Literal["poetry", "uv", "pipenv", "pdm", "pylock"]


class Lock(NamedTuple):
    """A lock file: every distribution that can be installed, by name; a name may have several.

    `roots` are the direct dependencies of the project by group, where the lock has them (uv), or
    those of all members when the root of a workspace is no project. `content_hash` is
    what the manager compares with the manifest to see whether the lock is stale.
    """

    kind: LockKind
    source: Source
    packages: Mapping[str, tuple[LockedPackage, ...]]
    requires_python: Fact[Versions] = Unknown("the lock does not say")
    roots: Mapping[str, tuple[Dependency, ...]] = {}
    content_hash: str | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.source.path

    def versions(self, name: str) -> tuple[str, ...]:
        """The locked versions of a distribution."""
        return tuple(package.version for package in self.packages.get(name, ()))
