"""Everything under the root: where an audit's model begins."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.context import (
    BuildCommand,
    Commands,
    ContextListing,
    Discovered,
    Scope,
    Snapshot,
    Template,
    discover,
    dockerignore_path,
    find_commands,
    paths,
    read_dockerignore,
)
from dockerlint_py.dockerfile import parse
from dockerlint_py.facts import Blur, Fact, Known
from dockerlint_py.model.build import Build, builds_of
from dockerlint_py.model.container import Container
from dockerlint_py.model.delivery.delivery import Delivery
from dockerlint_py.model.dockerfile import Dockerfile
from dockerlint_py.model.finding import Role
from dockerlint_py.model.image.dead_ignores import DeadIgnore, dead_ignores_of
from dockerlint_py.model.image.stage import Stage
from dockerlint_py.model.image.targets import delivered_by
from dockerlint_py.model.note import Note
from dockerlint_py.model.packages.manifest_files import ManifestFiles
from dockerlint_py.model.requests import FileSetRequests
from dockerlint_py.model.role import RoleGuess, role_of_target
from dockerlint_py.model.unit import Unit
from dockerlint_py.text import Source

if TYPE_CHECKING:
    import re

    from dockerlint_py.context.programs import ProgramCommand
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.code.python_files import PythonFiles
    from dockerlint_py.model.file_set import FileSet
    from dockerlint_py.python import Modules


_BINARY = (
    *(".avif", ".bin", ".db", ".eot", ".gif", ".gz", ".ico", ".jpeg", ".jpg", ".mo", ".mp4"),
    *(".pdf", ".png", ".pyc", ".so", ".svg", ".tar", ".ttf", ".webp", ".whl", ".woff", ".woff2"),
    *(".zip", ".lock", ".min.js", ".map"),
)
"""Endings of files that hold no text, or none that people write."""


class Repository(Unit):
    """The model of a repository on a day; its parts are worked out when they are asked for.

    `scope` are the folders whose Dockerfiles and Compose files are entry points (all, when there
    are none), `exclude` patterns of files that are none, `role` overrules what the audit thinks.
    `requests` tells which Compose files are to be merged.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        today: date,
        scope: Sequence[str] = (),
        exclude: Sequence[str] = (),
        role: Role | None = None,
        requests: FileSetRequests | None = None,
        blur: Blur | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.today = today
        self.blur = blur or Blur()
        self._scope = scope
        self._exclude = exclude
        self._role = role
        self.requests = requests or FileSetRequests()
        self.manifest_files = ManifestFiles(snapshot)
        self._python: PythonFiles | None = None
        self._mentions: dict[tuple[str, bool], bool] = {}
        self._listings: dict[tuple[str, str | None], ContextListing] = {}

    @property
    def path(self) -> str:
        """The root."""
        return ""

    @property
    def repository(self) -> "Repository":
        """Itself."""
        return self

    @cached_property
    def _searched(self) -> Scope:
        return Scope(self.snapshot, self._exclude)

    @cached_property
    def discovered(self) -> Discovered:
        """The entry points."""
        return discover(self._searched)

    @property
    def has_entries(self) -> bool:
        """Whether there is something to audit."""
        found = self.discovered
        return bool(
            found.dockerfiles or found.compose_files or found.templates or any(self.requests)
        )

    @cached_property
    def dockerfiles(self) -> tuple[Dockerfile, ...]:
        """The Dockerfiles that are entry points."""
        sources = (self.snapshot.text(path) for path in self.discovered.dockerfiles)
        return tuple(
            Dockerfile(self, parse(source), self.build_commands(source.path), self.blur)
            for source in sources
            if source is not None and self._in_scope(source.path)
        )

    @cached_property
    def commands(self) -> Commands:
        """The builds that scripts, Makefiles, pipelines and the README start."""
        return find_commands(self._searched)

    @cached_property
    def programs(self) -> "tuple[ProgramCommand, ...]":
        """The project's own commands that scripts, pipelines, platforms and READMEs give."""
        from dockerlint_py.context.programs import find_programs

        return find_programs(self._searched, self.discovered.compose_files)

    def audited_paths(self, endings: tuple[str, ...]) -> tuple[str, ...]:
        """The files in scope whose names end so."""
        found = (
            paths.join(folder, name)
            for folder, names in self._searched.folders
            for name in names
            if name.endswith(endings)
        )
        return tuple(path for path in found if self._searched.holds(path) and self._in_scope(path))

    @cached_property
    def delivery(self) -> Delivery:
        """The pipelines that test and build it."""
        return Delivery(self)

    @property
    def has_pipelines(self) -> bool:
        """Whether there is a file that GitHub Actions or GitLab CI may run."""
        return bool(self.delivery.paths)

    @property
    def calls_old_compose(self) -> bool:
        """Whether some command is `docker-compose`, which may be the first version of Compose."""
        return any("docker-compose" in c.place.text.split()[:3] for c in self.commands.composes)

    def mentions(self, word: str, *, after_builds: bool = False) -> bool:
        """Whether some file that may hold commands has a word other than in a comment.

        With `after_builds` Dockerfiles do not count, and prose does only where it tells people to
        run something in a container.
        """
        key = (word, after_builds)
        if key not in self._mentions:
            from dockerlint_py.model.code.mentions import is_mentioned

            left_out = self.discovered.dockerfiles if after_builds else ()
            self._mentions[key] = is_mentioned(
                self._searched, word, left_out, by_hand_only=after_builds
            )
        return self._mentions[key]

    def says(self, word: str, pattern: "re.Pattern[str]", *, without: tuple[str, ...] = ()) -> bool:
        """Whether some file that may hold commands has a word, and a line like a pattern.

        The files `without` are left out.
        """
        from dockerlint_py.model.code.mentions import is_said

        return is_said(self._searched, word, pattern, without)

    def listing(self, context: str, dockerfile: str) -> ContextListing:
        """What is sent from a folder; shared by all builds that have the same ignore file."""
        ignore = dockerignore_path(self.snapshot, context, dockerfile)
        found = self._listings.get((context, ignore))
        if found is None:
            found = ContextListing(self.snapshot, context, read_dockerignore(self.snapshot, ignore))
            self._listings[context, ignore] = found
        return found

    @cached_property
    def all_build_commands(self) -> tuple[BuildCommand, ...]:
        """The builds that commands and Compose services start."""
        services = (command for file_set in self.file_sets for command in file_set.build_commands)
        return (*self.commands.builds, *services)

    def build_commands(self, dockerfile: str) -> tuple[BuildCommand, ...]:
        """Those that build a Dockerfile, given by its path."""
        return tuple(
            command
            for command in self.all_build_commands
            if isinstance(command.dockerfile, Known)
            and self.snapshot.resolve(command.dockerfile.value) == dockerfile
        )

    def build(self, dockerfile: str, target: Fact[str | None]) -> Build | None:
        """The build of a Dockerfile to a target; None when there is no such one."""
        if not isinstance(target, Known):
            return None
        for build in self.builds:
            stage = build.stage.dockerfile.stage(target.value) if target.value else None
            wanted = build.is_default if target.value is None else build.stage is stage
            if build.path == dockerfile and wanted:
                return build
        return None

    @cached_property
    def file_sets(self) -> "tuple[FileSet, ...]":
        """The Compose files, merged as they are used."""
        if not self.discovered.compose_files and not any(self.requests):
            return ()
        from dockerlint_py.model.file_set import file_sets_of

        found = file_sets_of(self, self._role)
        return tuple(
            file_set
            for file_set in found
            if any(self._in_scope(source.path) for source in file_set.loaded.sources)
        )

    @cached_property
    def platform(self) -> str | None:
        """A file for a platform that runs several containers: Kubernetes, ECS, Fly..."""
        from dockerlint_py.model.services.orchestration import platform_of

        return platform_of(self.snapshot)

    @cached_property
    def built_images(self) -> frozenset[str]:
        """The names that Compose gives to the images that it builds."""
        facts = (s.image for f in self.file_sets for s in f.services if s.build is not None)
        names = (fact.value if isinstance(fact, Known) else fact.maybe for fact in facts)
        return frozenset(name for name in names if name)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of all Dockerfiles."""
        return tuple(stage for dockerfile in self.dockerfiles for stage in dockerfile.stages)

    @cached_property
    def builds(self) -> tuple[Build, ...]:
        """What is built: the default target of each Dockerfile, and every target that is named."""
        return tuple(build for dockerfile in self.dockerfiles for build in builds_of(dockerfile))

    @cached_property
    def containers(self) -> tuple[Container, ...]:
        """The containers that will run: images alone, then the services of each file set.

        An image that production builds with Compose does not also run alone.
        """
        services = [c for file_set in self.file_sets for c in file_set.containers]
        composed = {c.build for c in services if c.role is Role.PROD}
        images = (self._container(build) for build in self.builds if build not in composed)
        return (*images, *services)

    @cached_property
    def has_python(self) -> bool:
        """Whether there is a Python file."""
        return any(n.endswith(".py") for _, names in self._searched.folders for n in names)

    @property
    def python_files(self) -> "PythonFiles":
        """The Python files that are audited."""
        if self._python is None:
            from dockerlint_py.model.code.python_files import PythonFiles

            self._python = PythonFiles(self.modules, self._searched, self._in_scope)
        return self._python

    @cached_property
    def applications(self) -> "tuple[Application, ...]":
        """The applications that its Python files make; nothing is parsed for that."""
        if not self.has_python:
            return ()
        from dockerlint_py.model.application import applications_of

        return applications_of(self)

    @cached_property
    def modules(self) -> "Modules":
        """The Python files."""
        from dockerlint_py.python import Modules

        return Modules(self.snapshot, self.blur)

    @cached_property
    def text_files(self) -> tuple[str, ...]:
        """The files that are searched and that may be text, by their names."""
        return tuple(
            f"{folder}/{name}".lstrip("/")
            for folder, entries in self._searched.folders
            for name in entries
            if not name.lower().endswith(_BINARY)
            and self._searched.holds(f"{folder}/{name}".lstrip("/"))
        )

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What could not be read, or was not meant to be."""
        notes = [_template_note(template) for template in self.discovered.templates]
        for dockerfile in self.dockerfiles:
            for problem in dockerfile.file.problems:
                line = dockerfile.source.position(problem.span.start).line
                notes.append(Note("broken-file", dockerfile.path, line, problem.message))
        for file_set in self.file_sets:
            notes.extend(file_set.notes)
        notes.extend(self._python.notes if self._python else ())
        return (*notes, *self.manifest_files.notes)

    @property
    def dead_ignores(self) -> tuple[DeadIgnore, ...]:
        """The `.dockerignore` files that no build reads."""
        return tuple(dead_ignores_of(self))

    @property
    def files_read(self) -> tuple[str, ...]:
        """The entry points that were audited."""
        dockerfiles = [dockerfile.path for dockerfile in self.dockerfiles]
        return (*dockerfiles, *dict.fromkeys(source.path for source in self._compose_sources))

    @property
    def _compose_sources(self) -> tuple[Source, ...]:
        return tuple(s for file_set in self.file_sets for s in file_set.loaded.sources)

    @property
    def other_sources(self) -> tuple[Source, ...]:
        """Files other than Dockerfiles whose comments may hold directives."""
        ignores = (build.ignore.source for build in self.builds)
        composed = (source for file_set in self.file_sets for source in file_set.sources)
        python = self._python.sources_read if self._python else ()
        sources = (*filter(None, ignores), *composed, *python, *self.delivery.sources_read)
        return tuple({source.path: source for source in sources}.values())

    @cached_property
    def unknowns(self) -> tuple[str, ...]:
        """What stayed unknown and kept rules silent, in words."""
        reasons = [
            f"what is in {stage.base.name} ({stage.path}:{stage.place.line})"
            for stage in self.stages
            if stage.parent is None and not stage.base.is_known
        ]
        return tuple(dict.fromkeys(reasons))

    def _container(self, build: Build) -> Container:
        return Container.of_build(build, self._role_of(build))

    def _role_of(self, build: Build) -> RoleGuess:
        if self._role is not None:
            return RoleGuess(self._role, "--role")
        delivered = delivered_by(build)
        name = None if delivered else build.stage.name
        guess = role_of_target(build.stage.path, name, is_default=build.is_default)
        if delivered is not None and guess.role is Role.PROD:
            return guess._replace(evidence=f"{delivered.place.path} pushes it")
        return guess

    def _in_scope(self, path: str) -> bool:
        return not self._scope or any(
            path == folder or path.startswith(f"{folder}/") for folder in self._scope
        )


def _template_note(template: Template) -> Note:
    line = template.place.line if template.place else None
    return Note("template", template.path, line, "a template is not audited")
