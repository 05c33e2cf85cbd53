"""Installs of dependencies that are repeated for every change of the source.

BuildKit runs a RUN again when a file that was copied before it has changed.
"""

from enum import Enum
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known
from dockerlint_py.knowledge.stage_names import purpose
from dockerlint_py.manifests import Manifest, builds_project, read_manifest
from dockerlint_py.manifests.installers import Flag, InstallCommand, Operand
from dockerlint_py.model.image.copies import Copy, Origin
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

MANIFESTS = {
    "poetry": "pyproject.toml",
    "uv": "pyproject.toml",
    "pdm": "pyproject.toml",
    "pipenv": "Pipfile",
}
STABLE_MODULES = frozenset(
    "setup.py manage.py __init__.py version.py _version.py __version__.py __about__.py".split()
)
"""Modules that are copied one by one and change as rarely as the dependencies."""

OUTPUT = (">", ">>", ">|", "&>", "&>>")


class Needs(Enum):
    """What an install needs of the repository."""

    MANIFESTS = "lists of dependencies"
    PROJECT = "the project, which its tool can install in a second step"
    SOURCE = "the source"


class EarlySource(NamedTuple):
    """A COPY of source in front of an install that could stand before it."""

    copy: Copy
    install: Install
    needs: Needs


def early_source(stage: "Stage") -> EarlySource | None:
    """The first COPY of source that makes one of the stage's own installs repeat.

    Copies of the parent stages count. Nothing is said where a step before it cannot be seen: it may
    make the lists of dependencies, or have installed them already.
    """
    past = _Past(stage)
    found: dict[Needs, EarlySource] = {}
    for install in stage.installs:
        copy = past.source_before(install.place)
        if copy is None or past.is_unseen_before(install.place):
            continue
        needs = _needs(install, past)
        if needs is not None and not past.has_installed(install, copy):
            found.setdefault(needs, EarlySource(copy, install, needs))
    return next((found[needs] for needs in Needs if needs in found), None)


class _Past:
    """What happens in a stage and its parents, by position in the file.

    `written` are the names of files that some command other than an install may write.
    """

    def __init__(self, stage: "Stage") -> None:
        self._stage = stage
        self._manifests: dict[tuple[str, Fact[str]], Manifest | None] = {}
        parts = tuple(reversed(stage.chain))
        moved = (part for part in parts if not _is_for_developers(stage, part))
        self._sources = [c for part in moved for c in part.copies if _brings_source(part, c)]
        hidden = [step.place for part in parts for step in part.steps if step.hidden]
        opaque = [run.place for part in parts for run in part.runs if run.opaque]
        self._unseen = min(map(_start, (*hidden, *opaque)), default=None)
        self._managers: dict[str, int] = {}
        self._requirements: dict[str, int] = {}
        self.written: set[str] = set()
        installs = [install for part in parts for install in part.installs]
        for install in installs:
            self._note(install)
            self._note_installed(install, _start(install.place))
        for copy in (copy for part in parts for copy in part.copies if copy.stage is not None):
            self._note_brought(copy, copy.stage)
        read = {id(install.invocation) for install in installs}
        for invocation in (i for part in parts for run in part.runs for i in run.invocations):
            self._note_written(invocation, reads_only=id(invocation) in read)

    def _note(self, install: Install) -> None:
        command = install.command
        if not isinstance(command, InstallCommand):
            return
        if command.output is not None:
            self.written.add(_name(command.output.text))

    def _note_brought(self, copy: Copy, stage: "Stage | None") -> None:
        """What another stage may have installed into the files that are copied from it."""
        position = _start(copy.place)
        for part in stage.chain if stage is not None else ():
            for install in part.installs:
                self._note_installed(install, position)
            if any(step.hidden for step in part.steps) or any(run.opaque for run in part.runs):
                self._unseen = min(self._unseen or position, position)

    def _note_installed(self, install: Install, position: int) -> None:
        """What is installed from a position on: by a RUN, or in a stage that files come from."""
        command = install.command
        if not isinstance(command, InstallCommand) or command.ecosystem != "python":
            return
        if command.installs:
            _lower(self._managers, command.tool, position)
            for operand in command.requirement_files:
                _lower(self._requirements, _name(operand.text), position)

    def _note_written(self, invocation: Invocation, *, reads_only: bool) -> None:
        if not reads_only:
            self.written |= {_name(value.rpartition("=")[2]) for value in invocation.values}
        for redirection in invocation.command.redirections:
            if redirection.operator in OUTPUT:
                self.written.add(_name(redirection.target.value))

    def manifest(self, install: Install, path: str) -> Manifest | None:
        """The manifest of the repository that stands at a path of the image."""
        key = (path, install.invocation.cwd)
        if key not in self._manifests:
            source = self._stage.source_of(*key)
            read = self._stage.repository.snapshot.text
            self._manifests[key] = read_manifest(source, read) if source else None
        return self._manifests[key]

    def source_before(self, place: Place) -> Copy | None:
        """The first COPY of source in front of a place."""
        first = self._sources[0] if self._sources else None
        return first if first is not None and _start(first.place) < _start(place) else None

    def is_unseen_before(self, place: Place) -> bool:
        """Whether some step in front of a place cannot be seen."""
        return self._unseen is not None and self._unseen < _start(place)

    def has_installed(self, install: Install, copy: Copy) -> bool:
        """Whether the dependencies are installed before a COPY already: this is the second step."""
        command, limit = install.command, _start(copy.place)
        if not isinstance(command, InstallCommand):
            return False
        if command.requirement_files:
            names = [_name(operand.text) for operand in command.requirement_files]
            return all(self._requirements.get(name, limit) < limit for name in names)
        if command.tool in MANIFESTS:
            return self._managers.get(command.tool, limit) < limit
        return any(position < limit for position in self._managers.values())


def _is_for_developers(stage: "Stage", parent: "Stage") -> bool:
    """Whether a stage adds what developers need to one that is delivered: it cannot do so before
    the source that is delivered.
    """
    return purpose(parent.name or "") == "prod" and purpose(stage.name or "") in ("dev", "test")


def _brings_source(part: "Stage", copy: Copy) -> bool:
    """Whether a COPY takes Python source from the context that changes day by day."""
    if copy.origin is not Origin.CONTEXT:
        return False
    listing = part.dockerfile.listing
    if listing is None:
        return copy.takes_whole_context
    sources = [s.path.value for s in copy.sources if isinstance(s.path, Known)]
    names = {_name(file.path) for file in listing.copied(sources, copy.exclude).files}
    return any(name.endswith(".py") for name in names - STABLE_MODULES)


def _needs(install: Install, past: _Past) -> Needs | None:
    """What an install needs; None when it is no install of dependencies, or that is not known."""
    command = install.command
    if not isinstance(command, InstallCommand) or not command.installs:
        return None
    if any(not word.isupper() for word in command.unknown):
        return None
    if command.tool in MANIFESTS and command.verb in ("install", "sync"):
        return _managed(install, command, past)
    if command.tool not in ("pip", "pip-tools", "uv pip", "conda"):
        return None
    if command.requirement_files and not command.local_paths:
        plain = all(_is_plain(install, past, each) for each in command.requirement_files)
        return Needs.MANIFESTS if plain else None
    is_project = command.project and not command.requirement_files
    return Needs.SOURCE if is_project and Flag.NO_DEPENDENCIES not in command.flags else None


def _managed(install: Install, command: InstallCommand, past: _Past) -> Needs | None:
    if Flag.ONLY_PROJECT in command.flags or command.directory or command.project_directory:
        return None
    manifest = past.manifest(install, MANIFESTS[command.tool])
    if manifest is None or _has_local_paths(manifest) or manifest.workspace_members:
        return None
    builds = command.tool != "pipenv" and builds_project(command, manifest)
    return None if builds is None else Needs.PROJECT if builds else Needs.MANIFESTS


def _is_plain(install: Install, past: _Past, file: Operand) -> bool:
    """Whether a list of dependencies is in the repository as it is, and names no local path."""
    if file.dynamic or _name(file.text) in past.written:
        return False
    manifest = past.manifest(install, file.text)
    return manifest is not None and not _has_local_paths(manifest)


def _has_local_paths(manifest: Manifest) -> bool:
    groups = (*manifest.groups.values(), *manifest.extras.values())
    if any(requirement.path for group in groups for requirement in group):
        return True
    return any(reference.kind == "path" for reference in manifest.references)


def _start(place: Place) -> int:
    return place.span.start


def _name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _lower(positions: dict[str, int], name: str, position: int) -> None:
    positions[name] = min(positions.get(name, position), position)
