"""Compose files that are merged together, with the containers that they describe."""

from collections.abc import Iterable
from functools import cached_property
from posixpath import normpath
from typing import TYPE_CHECKING

from dockerlint_py.compose import FileSet as LoadedFileSet
from dockerlint_py.compose import (
    Plan,
    Problem,
    Requests,
    Service,
    Usage,
    load_file_set,
    plan_file_sets,
)
from dockerlint_py.context import BuildCommand, ComposeCommand
from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.container import Container
from dockerlint_py.model.finding import Role
from dockerlint_py.model.note import Note
from dockerlint_py.model.role import RoleGuess
from dockerlint_py.model.services.overlays import IneffectiveOverride, ineffective_overrides
from dockerlint_py.model.services.publishing import Clash, clashes_of
from dockerlint_py.model.unit import Unit
from dockerlint_py.text import Place, Source

if TYPE_CHECKING:
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.repository import Repository


UNREADABLE = ("yaml", "too-large")
"""Problems of a file as such, not of what it says."""


class FileSet(Unit):
    """One set of Compose files; `loaded` is what Docker Compose makes of it.

    `sources` are all files that were read for it: those that it extends, includes or takes
    variables from, too.
    """

    def __init__(
        self,
        repository: "Repository",
        loaded: LoadedFileSet,
        sources: tuple[Source, ...],
        role: Role | None,
    ) -> None:
        self.repository = repository
        self.loaded = loaded
        self.sources = sources
        self._role = role

    def __repr__(self) -> str:
        return f"FileSet({self.id!r})"

    @property
    def id(self) -> str:
        """The path of its most specific file."""
        return self.loaded.id

    @property
    def path(self) -> str:
        """The same."""
        return self.loaded.id

    @property
    def place(self) -> Place:
        """The first line of its most specific file."""
        source = next(s for s in reversed(self.loaded.sources) if s.path == self.id)
        return Place(source, source.line_span(1))

    @property
    def services(self) -> tuple[Service, ...]:
        """Its services, in the order of the files."""
        return tuple(self.loaded.services.values())

    @cached_property
    def role(self) -> RoleGuess:
        """What it is for, with the evidence."""
        if self._role is not None:
            return RoleGuess(self._role, "--role")
        fact = self.loaded.role
        if isinstance(fact, Known):
            return RoleGuess(Role(fact.value), fact.says or "contents")
        return RoleGuess(Role.UNKNOWN, fact.why)

    @cached_property
    def containers(self) -> tuple[Container, ...]:
        """One container for each service."""
        return tuple(
            Container.of_service(self, service, self._build(service)) for service in self.services
        )

    def container(self, service: str) -> Container | None:
        """The container of a service by its name."""
        return next((c for c in self.containers if c.service and c.service.name == service), None)

    @property
    def ineffective_overrides(self) -> tuple[IneffectiveOverride, ...]:
        """The empty values of later files that clear nothing."""
        return tuple(ineffective_overrides(self))

    @property
    def build_commands(self) -> tuple[BuildCommand, ...]:
        """The builds that Compose starts for its services."""
        commands = (_build_command(service) for service in self.services)
        return tuple(command for command in commands if command is not None)

    def problems(self, code: str) -> tuple[Problem, ...]:
        """What Compose would refuse, of one kind."""
        return tuple(problem for problem in self.loaded.problems if problem.code == code)

    @cached_property
    def port_clashes(self) -> tuple[Clash, ...]:
        """The host ports that two services publish."""
        return tuple(clashes_of(self))

    @property
    def is_for_swarm(self) -> bool:
        """Whether its files are only ever deployed to a swarm, which reads them in its own way."""
        files = tuple(source.path for source in self.loaded.sources)
        uses = [c.command for c in self.repository.commands.composes if _names(c, files)]
        return bool(uses) and all(command == "stack deploy" for command in uses)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What cannot be read at all."""
        broken = (problem for problem in self.loaded.problems if problem.code in UNREADABLE)
        return tuple(Note.at("broken-file", each.place, each.message) for each in broken)

    def _build(self, service: Service) -> "Build | None":
        """The build of a service's image; None when there is none, or it is not known which."""
        command = _build_command(service)
        if command is None or not isinstance(command.dockerfile, Known):
            return None
        path = self.repository.snapshot.resolve(command.dockerfile.value)
        return self.repository.build(path or "", command.target)


def _names(command: ComposeCommand, files: tuple[str, ...]) -> bool:
    return isinstance(command.files, Known) and command.files.value == files


def _build_command(service: Service) -> BuildCommand | None:
    """The build that Compose starts for a service, in the form of a build command."""
    build = service.build
    if build is None or not isinstance(build.inline, Known) or build.inline.value is not None:
        return None
    return BuildCommand(
        dockerfile=_dockerfile(build.dockerfile, build.context),
        context=_folder(build.context),
        target=build.target,
        build_args=build.args,
        pushes=False,
        place=build.place,
    )


def _dockerfile(dockerfile: Fact[str | None], context: Fact[str | None]) -> Fact[str]:
    if isinstance(dockerfile, Known) and dockerfile.value is not None:
        return Known(_clean(dockerfile.value), dockerfile.places)
    if isinstance(dockerfile, Known) and isinstance(context, Known):
        return Known(_clean(f"{context.value or '.'}/Dockerfile"), context.places)
    return Unknown("it is not known which Dockerfile is built")


def _folder(context: Fact[str | None]) -> Fact[str]:
    if isinstance(context, Known):
        return Known(_clean(context.value or "."), context.places)
    return Unknown(context.why, None, context.places)


def _clean(path: str) -> str:
    """A path from the root as the snapshot writes it: without `./`, the root itself is empty."""
    clean = normpath(path)
    return "" if clean == "." else clean


def file_sets_of(repository: "Repository", role: Role | None) -> tuple[FileSet, ...]:
    """The file sets of a repository, loaded in an empty environment."""
    read = repository.snapshot.text
    plans = plan_file_sets(repository.discovered.compose_files, read, _requests(repository))
    made = (_file_set(repository, plan, role) for plan in plans)
    return tuple(file_set for file_set in made if file_set is not None)


def _file_set(repository: "Repository", plan: Plan, role: Role | None) -> FileSet | None:
    sources: dict[str, Source] = {}

    def read(path: str) -> Source | None:
        source = repository.snapshot.text(path)
        if source is not None:
            sources[source.path] = source
        return source

    loaded = load_file_set(plan, read)
    if loaded is None:
        return None
    return FileSet(repository, loaded, tuple(sources.values()), role)


def _requests(repository: "Repository") -> Requests:
    asked = repository.requests
    if asked.options:
        return Requests(options=(Usage(asked.options),))
    configured = tuple(Usage(c.files, role=c.role, name=c.name) for c in asked.configured)
    return Requests((), configured, _usages(repository.commands.composes))


def _usages(commands: Iterable[ComposeCommand]) -> tuple[Usage, ...]:
    """The file lists that commands merge, as far as they are known."""
    return tuple(
        Usage(
            command.files.value,
            command.place,
            command.folder.value or ".",
            tuple(f.value for f in command.env_files if isinstance(f, Known)),
            tuple(p.value for p in command.profiles if isinstance(p, Known)),
        )
        for command in commands
        if isinstance(command.files, Known) and isinstance(command.folder, Known)
    )
