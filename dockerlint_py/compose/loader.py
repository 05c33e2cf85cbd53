"""Loads a set of Compose files into one canonical tree, in the order of work of Docker Compose.

For every file: YAML, interpolation, `extends`, `!reset` and `!override`, `include`, merge over the
files before, uniqueness, schema, canonical form, uniqueness again. Then, once: defaults, checks of
values, relative paths, and (for the whole project, not an included one) normalisation and
consistency.
"""

from collections.abc import Mapping as MappingABC

from dockerlint_py.compose.canonical import canonical
from dockerlint_py.compose.consistency import Project, check_consistency, enabled_services
from dockerlint_py.compose.decode import check_decodable
from dockerlint_py.compose.document import Budget, Tagged, TooLarge, read_document
from dockerlint_py.compose.env_files import EnvFileLayer, env_file_layers, label_file_layers
from dockerlint_py.compose.environment import Settings, project_environment
from dockerlint_py.compose.extends import Base, apply_extends
from dockerlint_py.compose.include import apply_include
from dockerlint_py.compose.interpolate import Scope, interpolate
from dockerlint_py.compose.merge import Ineffective, Merger
from dockerlint_py.compose.names import is_template
from dockerlint_py.compose.normalize import (
    normalize,
    resolve_environment,
    services_of,
    set_defaults,
)
from dockerlint_py.compose.paths import resolve_paths
from dockerlint_py.compose.problems import Problem, Problems
from dockerlint_py.compose.project import Options, active_profiles, project_name
from dockerlint_py.compose.reader import ReadFile, parent
from dockerlint_py.compose.tags import apply_tags
from dockerlint_py.compose.template import Setting
from dockerlint_py.compose.tree import Mapping
from dockerlint_py.compose.unique import enforce_unicity
from dockerlint_py.compose.validate import validate
from dockerlint_py.compose.values import check_values
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.yaml import parse


class Gap(NamedTuple):
    """A part of the model that could not be seen, such as a remote include."""

    why: str
    place: Place


class Loaded(NamedTuple):
    """A set of files as one tree, and what was learned on the way.

    `enabled` are the services whose profiles are active. `partial` names services of which only a
    part is known, with the reason. `gaps` are what might add anything to the model.
    `versions` are the places of the `version` keys of the files.
    """

    sources: tuple[Source, ...]
    folder: str
    name: str | None
    root: Mapping
    enabled: frozenset[str]
    settings: Settings
    env_files: MappingABC[str, tuple[EnvFileLayer, ...]]
    label_files: MappingABC[str, tuple[EnvFileLayer, ...]]
    problems: tuple[Problem, ...]
    gaps: tuple[Gap, ...]
    partial: MappingABC[str, Gap]
    ineffective: tuple[Ineffective, ...]
    tagged: tuple[tuple[Source, Tagged], ...]
    versions: tuple[Place, ...]


class Shared(NamedTuple):
    """What one load shares with the projects that it includes."""

    read: ReadFile
    problems: Problems
    budget: Budget
    merger: Merger
    gaps: list[Gap]
    partial_services: dict[str, Gap]
    tagged: list[tuple[Source, Tagged]]
    versions: list[Place]
    strict: bool


class Loading:
    """The state of loading one project: its folder, its variables, the files it is made of."""

    __slots__ = ("bases", "folder", "including", "settings", "shared")

    def __init__(
        self, shared: Shared, folder: str, settings: Settings, including: tuple[str, ...] = ()
    ) -> None:
        self.shared = shared
        self.folder = folder
        self.settings = settings
        self.including = including
        self.bases: dict[str, Base] = {}

    @property
    def read(self) -> ReadFile:
        """Reads a file of the repository."""
        return self.shared.read

    @property
    def problems(self) -> Problems:
        """Where problems go."""
        return self.shared.problems

    @property
    def budget(self) -> Budget:
        """How much may still be made."""
        return self.shared.budget

    @property
    def merger(self) -> Merger:
        """Merges, and keeps overrides without an effect."""
        return self.shared.merger

    @property
    def strict(self) -> bool:
        """Whether unset variables are empty."""
        return self.shared.strict

    @property
    def partial_services(self) -> dict[str, Gap]:
        """Services of which only a part is known."""
        return self.shared.partial_services

    def gap(self, why: str, place: Place) -> None:
        """Notes that something could not be seen."""
        self.shared.gaps.append(Gap(why, place))

    def partial(self, service: str, why: str, place: Place) -> None:
        """Notes that a service is known in part only."""
        self.shared.partial_services.setdefault(service, Gap(why, place))

    def quiet(self) -> "Loading":
        """The same loading, whose problems and notes go nowhere."""
        nowhere = Problems()
        shared = self.shared._replace(
            problems=nowhere, budget=Budget(), merger=Merger(nowhere), gaps=[], tagged=[]
        )
        return Loading(shared, self.folder, self.settings)

    def included(self, folder: str, settings: Settings, main: str) -> "Loading":
        """The loading of a project that this one includes."""
        return Loading(self.shared, folder, settings, (*self.including, main))

    def model(self, sources: list[Source], relative: str) -> Mapping:
        """All files merged; paths relative to the folder that `relative` is relative to."""
        root = Mapping(sources[0].place(0, 0))
        for source in sources:
            self._add(source, root)
        set_defaults(root)
        check_values(root, self.problems)
        resolve_paths(root, relative)
        resolve_environment(root, self.settings)
        return root

    def raw_file(self, source: Source) -> tuple[Mapping, tuple[Tagged, ...]]:
        """A file for `extends`: its documents merged, interpolated, but neither checked nor
        extended.
        """
        root = Mapping(source.place(0, 0))
        tagged: list[Tagged] = []
        for document, tags in self._documents(source):
            apply_tags(root, tags)
            self.merger.files(root, document)
            tagged.extend(tags)
        return root, tuple(tagged)

    def _add(self, source: Source, root: Mapping) -> None:
        for document, tags in self._documents(source):
            version = document.get("version")
            if version is not None:
                self.shared.versions.append(version.subject)
            apply_extends(document, source.path, tags, self)
            apply_tags(root, tags)
            apply_include(document, tags, self)
            self.merger.files(root, document)
            enforce_unicity(root, self.problems)
            for service, place in validate(root, self.problems).items():
                self.partial(service, "a part of it is invalid", place)
            root.entries.pop("version", None)
            canonical(root, self.problems, self.budget)
            enforce_unicity(root, self.problems)

    def _documents(self, source: Source) -> list[tuple[Mapping, tuple[Tagged, ...]]]:
        """The documents of a file as interpolated mappings."""
        parsed = parse(source)
        for problem in parsed.problems:
            self._unreadable(source, problem.message, problem.place)
        made: list[tuple[Mapping, tuple[Tagged, ...]]] = []
        for document in parsed.documents:
            if document.root is None:
                continue
            raw = read_document(document.root, self.problems, self.budget)
            if not isinstance(raw.root, Mapping):
                message = "a Compose file must be a mapping at its top"
                self.problems.add("type", message, document.root.place)
                continue
            scope = Scope(self.settings.get, self.problems, self.strict)
            interpolate(raw.root, scope)
            self.shared.tagged.extend((source, tag) for tag in raw.tagged)
            made.append((raw.root, raw.tagged))
        return made

    def _unreadable(self, source: Source, message: str, place: Place) -> None:
        if is_template(source.text):
            self.gap(f"{source.path} is a template", place)
        else:
            self.problems.add("yaml", f"not YAML: {message}", place)
            self.gap(f"{source.path} could not be read", place)


def load(
    sources: list[Source], read: ReadFile, options: Options, env_files: tuple[str, ...] = ()
) -> Loaded:
    """Loads files, the first one first, as `docker compose -f FIRST -f SECOND` would.

    `env_files` are paths for `--env-file`; without them, `.env` beside the first file is read.
    """
    problems = Problems()
    gaps = [Gap(options.unseen, sources[0].place(0, 0))] if options.unseen is not None else []
    shared = Shared(read, problems, Budget(), Merger(problems), gaps, {}, [], [], options.strict)
    folder = parent(sources[0].path)
    loading = Loading(shared, folder, _given(options.environment), (sources[0].path,))
    paths = list(env_files) or [f"{folder}/.env" if folder != "." else ".env"]
    loading.settings = project_environment(loading, paths)
    name: str | None = None
    try:
        name = project_name(sources, loading, options)
        if name is not None:
            loading.settings = {**loading.settings, "COMPOSE_PROJECT_NAME": Setting(name)}
        root = loading.model(sources, folder)
    except TooLarge as large:
        problems.add("too-large", "the file set grows too large when it is expanded", large.place)
        shared.gaps.append(Gap("the file set is too large", large.place))
        root = Mapping(sources[0].place(0, 0))
    return _finished(sources, loading, root, name, options)


def _finished(
    sources: list[Source], loading: Loading, root: Mapping, name: str | None, options: Options
) -> Loaded:
    shared = loading.shared
    enabled = _completed(sources, loading, root, name, options)
    services = services_of(root).items()
    env_files = {each: env_file_layers(value, loading) for each, value in services}
    label_files = {each: label_file_layers(value, loading) for each, value in services}
    return Loaded(
        tuple(sources),
        loading.folder,
        name,
        root,
        enabled,
        loading.settings,
        env_files,
        label_files,
        shared.problems.sorted(),
        tuple(shared.gaps),
        dict(shared.partial_services),
        tuple(shared.merger.ineffective),
        tuple(shared.tagged),
        tuple(shared.versions),
    )


def _completed(
    sources: list[Source], loading: Loading, root: Mapping, name: str | None, options: Options
) -> frozenset[str]:
    """Completes and checks the model of the whole project; returns the services that are on."""
    shared = loading.shared
    if not root.entries and not shared.problems.found and not shared.gaps:
        shared.problems.add("empty", "an empty Compose file", sources[0].place(0, 0))
    normalize(root, loading.settings, name, strict=loading.strict)
    check_decodable(root, shared.problems)
    enabled = enabled_services(root, active_profiles(loading.settings, options))
    partial = frozenset(shared.partial_services)
    check_consistency(Project(root, enabled, shared.problems, not shared.gaps, partial))
    return frozenset(enabled)


def _given(environment: MappingABC[str, str]) -> Settings:
    return {name: Setting(value) for name, value in environment.items()}
