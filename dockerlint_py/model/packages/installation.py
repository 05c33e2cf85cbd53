"""One installer command of a RUN together with the files that it reads."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests import (
    Lock,
    LockKind,
    Manifest,
    ManifestKind,
    Requirement,
    group_key,
    manifest_kind,
    normalise,
    selected_groups,
)
from dockerlint_py.manifests.installers import Flag, InstallCommand, Operand
from dockerlint_py.model.image.bindings import bindings_of
from dockerlint_py.model.image.context import in_folder
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.view import View
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage
    from dockerlint_py.model.packages.contents import Contents
    from dockerlint_py.model.packages.manifest_files import ManifestFiles

MANAGERS: dict[str, LockKind] = {"uv": "uv", "poetry": "poetry", "pipenv": "pipenv", "pdm": "pdm"}
"""The tools that install a project from its manifest and lock file."""

LOCK_FILES: dict[str, str] = {
    "uv": "uv.lock",
    "poetry": "poetry.lock",
    "pipenv": "Pipfile.lock",
    "pdm": "pdm.lock",
}
"""The lock file of each of them."""

_PIPS = ("pip", "uv pip")
_PROJECT_VERBS = ("sync", "install", "update", "export", "run", "lock", "requirements")
_FOLDER_MANIFESTS: dict[str, ManifestKind] = {
    "pyproject.toml": "pyproject",
    "setup.cfg": "setup.cfg",
    "setup.py": "setup.py",
}


class Input(NamedTuple):
    """A file or folder that a command reads: its path in the image, and the word that names it.

    `manifest` is what stands there, None when it is known that nothing does. `extras` are those
    that are asked for in brackets.
    """

    path: Fact[str]
    at: Place
    manifest: Fact[Manifest | None]
    extras: tuple[str, ...] = ()

    @property
    def whole(self) -> Manifest | None:
        """The manifest, when all of it was understood."""
        return _whole(self.manifest)


class NamedGroup(NamedTuple):
    """A dependency group that a command names, and the manifest that should hold it."""

    name: str
    manifest: Fact[Manifest | None]

    @property
    def items(self) -> tuple[Requirement, ...] | None:
        """What it asks for, None when that is not known; names compare normalised (PEP 735)."""
        whole = _whole(self.manifest)
        groups = whole.groups if whole is not None else {}
        wanted = normalise(group_key(self.name))
        return next((items for key, items in groups.items() if normalise(key) == wanted), None)


class Installation:
    """An installer command of a stage: the manifests, groups and lock file that it works with."""

    def __init__(self, stage: "Stage", install: Install, command: InstallCommand) -> None:
        self.stage = stage
        self.install = install
        self.command = command
        self.view = View(stage, install.run, install.invocation)

    def __repr__(self) -> str:
        return f"Installation({self.install.invocation.text!r})"

    @property
    def place(self) -> Place:
        """The command."""
        return self.install.place

    @property
    def is_conditional(self) -> bool:
        """Whether it may not be run at all."""
        return self.install.invocation.is_conditional

    @property
    def is_clear(self) -> bool:
        """Whether all of the command line, and of the variables that change it, is understood."""
        return not self.command.unknown

    def fact(self, says: str = "") -> Known[str]:
        """The command, to be cited."""
        return self.install.invocation.fact(says or f"`{self.install.name}` is run")

    @cached_property
    def contents(self) -> "Contents":
        """The distributions that it installs, or makes wheels of."""
        from dockerlint_py.model.packages.contents import contents_of

        return contents_of(self)

    @cached_property
    def prefix(self) -> Fact[str]:
        """The folder that it installs into."""
        from dockerlint_py.model.packages.prefixes import prefix_of

        return prefix_of(self)

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """The virtual environments that were made before it in the chain of stages."""
        made = (i for stage in self.stage.chain for i in stage.installs)
        paths = (
            View(self.stage, i.run, i.invocation).path_of(operand.text)
            for i in made
            if isinstance(i.command, InstallCommand) and i.command.ecosystem == "environment"
            for operand in i.command.environments
            if not operand.dynamic
        )
        return tuple(path.value for path in paths if isinstance(path, Known))

    @cached_property
    def earlier(self) -> "tuple[Installation, ...]":
        """The installations before it in the chain of stages."""
        own = self.stage.installations
        before = own[: own.index(self)]
        parent = self.stage.parent
        below = (each for stage in parent.chain for each in stage.installations) if parent else ()
        return (*before, *below)

    @property
    def may_follow_unseen(self) -> bool:
        """Whether a step before it could have installed anything: one that is not understood."""
        own = self.install.run.step.number
        for stage in self.stage.chain:
            number = own if stage is self.stage else len(stage.steps)
            if any(step.hidden for step in stage.steps[:number]):
                return True
            if any(run.opaque and run.step.number < number for run in stage.runs):
                return True
        return False

    @property
    def is_understood(self) -> bool:
        """Whether it is known what it is asked to install, dependencies aside."""
        if not self.is_clear:
            return False
        if self.of_project:
            return self.groups is not None
        given = (*self.requirement_files, *self.projects)
        if any(group.items is None for group in self.named_groups):
            return False
        return all(each.whole is not None for each in given)

    @property
    def of_project(self) -> bool:
        """Whether a manager of projects works on the manifest of a folder."""
        command = self.command
        return (
            command.tool in MANAGERS
            and command.verb in _PROJECT_VERBS
            and not command.packages
            and not command.requirement_files
        )

    @cached_property
    def folder(self) -> Fact[str]:
        """The folder of the image whose project a manager works on."""
        where = self.view.path_of(".")
        for operand in (self.command.directory, self.command.project_directory):
            if operand is not None and operand.dynamic:
                return Unknown(f"{operand.text} is not known")
            if operand is not None and isinstance(where, Known):
                where = where._replace(value=joined(where.value, operand.text))
        return where

    @cached_property
    def manifest(self) -> Fact[Manifest | None]:
        """The manifest of the project that a manager works on; None when there is none."""
        if not self.of_project:
            return Unknown("it is no command for a project")
        name = "Pipfile" if self.command.tool == "pipenv" else "pyproject.toml"
        if isinstance(self.folder, Unknown):
            return Unknown(self.folder.why)
        return self._read(joined(self.folder.value, name), None)

    @property
    def project(self) -> Manifest | None:
        """The same manifest, when all of it was understood."""
        return _whole(self.manifest)

    @cached_property
    def groups(self) -> frozenset[str] | None:
        """The dependency groups that it installs; None when that cannot be said."""
        return selected_groups(self.command, self.project) if self.project else None

    @property
    def lock_name(self) -> str | None:
        """The name of the manager's lock file."""
        return LOCK_FILES.get(self.command.tool)

    @cached_property
    def lock_folder(self) -> Fact[str]:
        """The folder of the lock file: of the project, or of the workspace that it belongs to."""
        folder = self.folder
        if isinstance(folder, Unknown) or self.command.tool != "uv":
            return folder
        for candidate in _with_parents(folder.value):
            manifest = self._read(joined(candidate, "pyproject.toml"), None)
            if isinstance(manifest, Unknown):
                return Unknown(manifest.why)
            if manifest.value is not None and manifest.value.workspace_members:
                return folder._replace(value=candidate)
        return folder

    @cached_property
    def has_lock(self) -> Fact[bool]:
        """Whether the command finds its lock file."""
        if self.lock_name is None or isinstance(self.lock_folder, Unknown):
            return Unknown("where the lock file is is not known")
        return self.view.has(joined(self.lock_folder.value, self.lock_name))

    @property
    def lock_is_read_only(self) -> bool:
        """Whether the lock file is a mount of its own: a command that would change it fails."""
        if self.lock_name is None or isinstance(self.lock_folder, Unknown):
            return False
        path = joined(self.lock_folder.value, self.lock_name)
        return any(
            binding.is_read_only
            and isinstance(binding.target, Known)
            and binding.target.value == path
            for binding in bindings_of(self.stage, self.install.run)
        )

    @cached_property
    def lock(self) -> Fact[Lock]:
        """The lock file that it finds."""
        kind = MANAGERS.get(self.command.tool)
        if kind is None or self.lock_name is None or isinstance(self.lock_folder, Unknown):
            return Unknown("it reads no lock file that is known")
        found = self.view.file(joined(self.lock_folder.value, self.lock_name))
        if isinstance(found, Unknown) or found.value is None:
            return Unknown(found.why if isinstance(found, Unknown) else "there is no lock file")
        lock = self._files.lock(found.value, kind)
        if lock is None or lock.problems:
            return Unknown(f"{found.value.path} could not be read")
        return Known(lock, (found.value.place(0, 0),))

    @cached_property
    def lock_in_repository(self) -> Source | None:
        """The lock file that lies beside the manifest in the repository."""
        if isinstance(self.manifest, Unknown) or not self.manifest.value or not self.lock_name:
            return None
        folder = self.manifest.value.path.rpartition("/")[0]
        path = in_folder(folder, self.lock_name)
        snapshot = self.stage.repository.snapshot
        return snapshot.text(path) if snapshot.is_file(path) else None

    @cached_property
    def requirement_files(self) -> tuple[Input, ...]:
        """The requirements files of the command line."""
        return tuple(self._inputs(self.command.requirement_files))

    @cached_property
    def constraint_files(self) -> tuple[Input, ...]:
        """The constraints files, those of variables included."""
        return tuple(self._inputs(self.command.constraint_files))

    @cached_property
    def projects(self) -> tuple[Input, ...]:
        """The folders that are installed: `.`, `./libs/x`; wheels and archives are none."""
        found = []
        for path in self.command.local_paths:
            at = self.install.place_of(path.at)
            where = self.view.path_of(path.path)
            if path.dynamic:
                where = Unknown(f"{path.path} is not known")
            found.append(Input(where, at, self._project(where), path.extras))
        return tuple(found)

    @cached_property
    def named_groups(self) -> tuple[NamedGroup, ...]:
        """The groups of `pip install --group [PATH:]NAME`, which take no project along."""
        if self.command.tool not in _PIPS:
            return ()
        found = []
        for item in self.command.groups.included:
            path, _, name = item.rpartition(":")
            where = self.view.path_of(path or "pyproject.toml")
            if isinstance(where, Unknown):
                found.append(NamedGroup(name, Unknown(where.why)))
            else:
                found.append(NamedGroup(name, self._read(where.value, "pyproject")))
        return tuple(found)

    def _project(self, folder: Fact[str]) -> Fact[Manifest | None]:
        if isinstance(folder, Unknown):
            return Unknown(folder.why)
        for name, kind in _FOLDER_MANIFESTS.items():
            manifest = self._read(joined(folder.value, name), kind)
            if isinstance(manifest, Unknown):
                return manifest
            if manifest.value is not None and manifest.value.declares_project:
                return manifest
        return Known(None)

    def _inputs(self, operands: tuple[Operand, ...]) -> Iterator[Input]:
        for operand in operands:
            at = self.install.place_of(operand.at)
            where = self.view.path_of(operand.text)
            if operand.dynamic or operand.text in ("-", "/dev/stdin"):
                where = Unknown(f"{operand.text} is not known")
            if isinstance(where, Unknown):
                yield Input(where, at, Unknown(where.why))
            else:
                kind = manifest_kind(where.value)
                yield Input(where, at, self._read(where.value, kind or "requirements"))

    def _read(self, path: str, kind: ManifestKind | None) -> Fact[Manifest | None]:
        found = self.view.file(path)
        if isinstance(found, Unknown):
            return Unknown(found.why, places=found.places)
        if found.value is None:
            return Known(None, found.places, found.confidence, f"there is no {path} in the stage")
        manifest = self._files.manifest(found.value, kind)
        if manifest is None:
            return Unknown(f"{found.value.path} is no manifest that is known")
        return Known(manifest, (found.value.place(0, 0), *found.places), found.confidence)

    @property
    def _files(self) -> "ManifestFiles":
        return self.stage.repository.manifest_files

    @property
    def is_isolated(self) -> bool:
        """Whether it makes an environment of its own for one program: pipx, `uv tool`, plugins."""
        command = self.command
        return command.tool in ("pipx", "installer script") or command.verb in (
            "tool install",
            "self add",
        )

    @property
    def makes_wheels(self) -> bool:
        """Whether it only puts wheels or archives into a folder."""
        return self.command.verb in ("wheel", "download")

    @property
    def skips_dependencies(self) -> bool:
        """Whether it installs nothing but what it is told."""
        return Flag.NO_DEPENDENCIES in self.command.flags


def _whole(manifest: Fact[Manifest | None]) -> Manifest | None:
    if isinstance(manifest, Unknown) or manifest.value is None or manifest.value.problems:
        return None
    return manifest.value


def _with_parents(folder: str) -> Iterator[str]:
    yield folder
    while folder != "/":
        folder = folder.rpartition("/")[0] or "/"
        yield folder


def installations_of(stage: "Stage") -> tuple[Installation, ...]:
    """The commands of a stage's own RUNs that have to do with Python distributions, in order."""
    return tuple(
        Installation(stage, install, install.command)
        for install in stage.installs
        if isinstance(install.command, InstallCommand)
        and install.command.ecosystem == "python"
        and not install.command.flags & {Flag.DRY_RUN}
    )
