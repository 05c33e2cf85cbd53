"""What an installer's command line says: the values that the readers of this package return.

Paths and names stand as they were written; nothing here looks at a file system. `at` is always
the position in the argv that was read, so that a caller can underline the word; it is -1 for what
an environment variable says.
"""

from enum import StrEnum
from typing import Literal, Protocol, TypeAlias

from dockerlint_py.record import NamedTuple


class Arg(Protocol):
    """One word of a command, after quotes and escapes are gone.

    In a `dynamic` word some expansion or pattern stands as it was written (`poetry==$VERSION`,
    `uvicorn[standard]`): the value is then what the word says as far as it can be read.
    """

    @property
    def value(self) -> str:
        """The text of the word."""

    @property
    def dynamic(self) -> bool:
        """Whether a part of the word is known only when the command runs."""


class Operand(NamedTuple):
    """A word that names a file, folder, URL or name; half known when it is dynamic."""

    text: str
    at: int
    dynamic: bool = False


Ecosystem: TypeAlias = Literal["python", "system", "environment"]
"""Python distributions, packages of the operating system, or virtual environments and settings."""


class NamedPackage(NamedTuple):
    """A package named on the line.

    `name` is normalised (PEP 503) in the Python ecosystem. `specifier` is the version part as it is
    written, `version` the one exact version it leaves, `url` a direct reference. `version_dynamic`:
    there is a version part, but it is known only when the command runs.
    """

    name: str
    at: int
    specifier: str = ""
    version: str | None = None
    extras: tuple[str, ...] = ()
    url: str | None = None
    version_dynamic: bool = False


class LocalPath(NamedTuple):
    """A folder or file that is installed: a project, a wheel, a source archive, a `.deb`."""

    path: str
    at: int
    editable: bool = False
    extras: tuple[str, ...] = ()
    dynamic: bool = False


class IndexUrl(NamedTuple):
    """A package index or link page named on the line."""

    url: str
    at: int
    dynamic: bool = False

    @property
    def credentials(self) -> str | None:
        """The `user:password` part that stands in the URL, as written."""
        rest = self.url.partition("://")[2].partition("/")[0]
        user, at, _host = rest.rpartition("@")
        return user if at and user else None


class Groups(NamedTuple):
    """Which dependency groups and extras the line selects, each named as it was written."""

    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    excluded_extras: tuple[str, ...] = ()
    all_groups: bool = False
    all_extras: bool = False
    no_defaults: bool = False


class Flag(StrEnum):
    """What an option, or an environment variable in its stead, switches on."""

    NO_CACHE = "no-cache"
    USER = "user"
    SYSTEM = "system"
    BREAK_SYSTEM_PACKAGES = "break-system-packages"
    NO_PROJECT = "no-project"
    ONLY_PROJECT = "only-project"
    FROZEN = "frozen"
    LOCKED = "locked"
    DEPLOY = "deploy"
    IGNORE_PIPFILE = "ignore-pipfile"
    SKIP_LOCK = "skip-lock"
    DEV = "dev"
    NO_DEV = "no-dev"
    ONLY_DEV = "only-dev"
    UPGRADE = "upgrade"
    REQUIRE_HASHES = "require-hashes"
    WITHOUT_HASHES = "without-hashes"
    NO_DEPENDENCIES = "no-dependencies"
    NO_INDEX = "no-index"
    NO_SYNC = "no-sync"
    NO_EDITABLE = "no-editable"
    DRY_RUN = "dry-run"
    PRERELEASES = "prereleases"
    RELOCATABLE = "relocatable"
    SYSTEM_SITE_PACKAGES = "system-site-packages"
    NO_RECOMMENDS = "no-recommends"
    ASSUME_YES = "assume-yes"
    REFRESH = "refresh"
    NO_VENV = "no-venv"
    VENV_IN_PROJECT = "venv-in-project"


class InstallCommand(NamedTuple):
    """A command that installs packages, makes an environment, or prepares one of the two.

    `program` is the first word as written, with the interpreter of `python -m pip`. `tool` is the
    family (`pip`, `uv pip`, `uv`, `poetry`, `pipenv`, `pdm`, `pipx`, `pip-tools`, `conda`, `venv`,
    `apt`, `apk`, `dnf`, ...) and `verb` what it does (`install`, `sync`, `tool install`, `export`,
    `config`, `create`); an empty verb is one that could not be read.

    `project`: whether the line asks for the project itself to be built or installed; None when it
    cannot be said. What files say (`package-mode = false`, `-e .` in a requirements file) is not
    in it.

    `environments` are the virtual environments that the line creates or installs into, by path or
    name; `target` is another folder that packages go to. `members` are the members of a workspace
    that are chosen by name. `settings` are pairs that a `config` command sets. `unknown` lists the
    words that could mean anything: a caller that argues from what is *absent* here must stay silent
    when there are some.
    """

    program: str
    tool: str
    verb: str
    ecosystem: Ecosystem
    packages: tuple[NamedPackage, ...] = ()
    requirement_files: tuple[Operand, ...] = ()
    constraint_files: tuple[Operand, ...] = ()
    local_paths: tuple[LocalPath, ...] = ()
    groups: Groups = Groups()
    flags: frozenset[Flag] = frozenset()
    only_binary: tuple[str, ...] = ()
    no_binary: tuple[str, ...] = ()
    indexes: tuple[IndexUrl, ...] = ()
    project: bool | None = False
    environments: tuple[Operand, ...] = ()
    target: Operand | None = None
    python: Operand | None = None
    directory: Operand | None = None
    project_directory: Operand | None = None
    output: Operand | None = None
    virtual: str | None = None
    members: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def installs(self) -> bool:
        """Whether packages are put somewhere; False for `lock`, `export`, `apt-get update`..."""
        return (
            self.ecosystem != "environment"
            and self.verb not in _PREPARING_VERBS[self.ecosystem]
            and not self.flags & {Flag.DRY_RUN, Flag.NO_SYNC}
        )


_PREPARING_VERBS: dict[Ecosystem, tuple[str, ...]] = {
    "python": ("", "lock", "export", "compile", "requirements", "download", "wheel", "build"),
    "system": ("", "update", "makecache"),
}

Cache: TypeAlias = Literal[
    "apt-lists", "apt-archives", "apk", "dnf", "pip", "uv", "poetry", "pipenv", "pdm", "conda"
]


class CleanupCommand(NamedTuple):
    """A command that removes packages, caches or files.

    `caches` are the tool caches that it empties, `packages` what it uninstalls, `paths` the files
    and folders it deletes, as written. `virtual` names of apk stand among the packages. `orphans`:
    packages that nothing needs any more go too (`apt-get autoremove`, `apk del`).
    """

    program: str
    tool: str
    verb: str
    packages: tuple[NamedPackage, ...] = ()
    paths: tuple[Operand, ...] = ()
    caches: frozenset[Cache] = frozenset()
    orphans: bool = False
    unknown: tuple[str, ...] = ()


Command: TypeAlias = InstallCommand | CleanupCommand
