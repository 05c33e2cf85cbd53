"""Which Compose files are merged together: the sets that are audited.

Sets come from the command line or else, together, from the configuration, from commands found in
the repository (`docker compose -f a -f b`, handed in as usages), from COMPOSE_FILE in `.env`, and
from Compose's own rule of default names with an override. What remains is judged alone, unless it
cannot stand alone: an overlay that no command names is laid over the default file of its folder.
"""

import posixpath
from collections.abc import Iterable, Sequence

from dockerlint_py.compose.dotenv import parse_env_file
from dockerlint_py.compose.loader import load
from dockerlint_py.compose.model import FileSet
from dockerlint_py.compose.names import (
    DEFAULT_NAMES,
    OVERRIDE_NAMES,
    SAMPLE_SUFFIXES,
    has_services,
)
from dockerlint_py.compose.project import Options
from dockerlint_py.compose.reader import ReadFile, join
from dockerlint_py.compose.role import role_of
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.yaml import MappingNode, ScalarNode, parse


class Usage(NamedTuple):
    """A list of files that somebody merges, in order, and where it says so.

    Without files it stands for a plain `docker compose` in `folder`. `role` and `name` are given by
    a configuration.
    """

    files: tuple[str, ...]
    place: Place | None = None
    folder: str = "."
    env_files: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    role: str | None = None
    name: str | None = None


class Plan(NamedTuple):
    """One set to load: its files in order, why it is one (`how`), and where that is said.

    `how` is option, configuration, command, environment, default, overlay (a guess), alone, or
    fragment: a file that another one completes, nobody says which. `unseen` says why files are
    missing from the set.
    """

    files: tuple[str, ...]
    how: str
    usages: tuple[Usage, ...] = ()
    unseen: str | None = None

    @property
    def id(self) -> str:
        """The name of the set in reports: its last file; with an automatic override, the first."""
        name = posixpath.basename(self.files[-1])
        return self.files[0] if name in OVERRIDE_NAMES else self.files[-1]


class Requests(NamedTuple):
    """What is asked for: `-f` options (then nothing else counts), configuration, commands found."""

    options: tuple[Usage, ...] = ()
    configured: tuple[Usage, ...] = ()
    commands: tuple[Usage, ...] = ()


def plan_file_sets(
    candidates: Iterable[str],
    read: ReadFile,
    requests: Requests = Requests(),  # noqa: B008
) -> list[Plan]:
    """The sets of a repository. `candidates` are the paths of files with a Compose file's name."""
    planner = _Planner(read)
    if requests.options:
        for usage in requests.options:
            planner.add(usage, "option")
        return planner.plans()
    paths = [path for path in candidates if planner.is_compose(path)]
    for usage in requests.configured:
        planner.add(usage, "configuration")
    for usage in requests.commands:
        planner.add(usage, "command")
    folders = sorted({posixpath.dirname(path) or "." for path in paths})
    for folder in folders:
        planner.add_environment(folder)
    for folder in folders:
        planner.add_default(folder)
    for path in sorted(paths):
        planner.add_rest(path)
    return planner.plans()


class _Planner:
    __slots__ = ("found", "outlines", "read", "sources")

    def __init__(self, read: ReadFile) -> None:
        self.read = read
        self.found: dict[tuple[str, ...], Plan] = {}
        self.sources: dict[str, Source | None] = {}
        self.outlines: dict[str, Outline] = {}

    def plans(self) -> list[Plan]:
        return list(self.found.values())

    def source(self, path: str) -> Source | None:
        if path not in self.sources:
            self.sources[path] = self.read(path)
        return self.sources[path]

    def is_compose(self, path: str) -> bool:
        source = self.source(path)
        return source is not None and has_services(source.text)

    def outline(self, path: str) -> "Outline":
        if path not in self.outlines:
            source = self.source(path)
            self.outlines[path] = outline_of(source) if source is not None else Outline()
        return self.outlines[path]

    def add(self, usage: Usage, how: str) -> None:
        files = usage.files or self._default(usage.folder)
        if not files or any(self.source(path) is None for path in files):
            return
        plan = self.found.get(files)
        if plan is None:
            unseen = None if usage.files else self._sample_of_override(files)
            self.found[files] = Plan(files, how, (usage,), unseen)
        else:
            self.found[files] = plan._replace(usages=(*plan.usages, usage))

    def _default(self, folder: str) -> tuple[str, ...]:
        """The files that Compose takes in a folder when none are named."""
        base = self._first(folder, DEFAULT_NAMES)
        if base is None:
            return ()
        override = self._first(folder, OVERRIDE_NAMES)
        return (base,) if override is None else (base, override)

    def _first(self, folder: str, names: Sequence[str]) -> str | None:
        paths = (join(folder, name) for name in names)
        return next((path for path in paths if self.source(path) is not None), None)

    def add_environment(self, folder: str) -> None:
        """COMPOSE_FILE in the `.env` of a folder."""
        source = self.source(join(folder, ".env"))
        if source is None or "COMPOSE_FILE" not in source.text:
            return
        values = parse_env_file(source, lambda _: None).values
        listed, separator = values.get("COMPOSE_FILE"), values.get("COMPOSE_PATH_SEPARATOR")
        if listed is None or listed.doubt is not None or not listed.value:
            return
        mark = separator.value if separator is not None and separator.value else ":"
        files = tuple(join(folder, path) for path in listed.value.split(mark) if path)
        self.add(Usage(files, listed.value_place, folder), "environment")

    def add_default(self, folder: str) -> None:
        """The default file with its override, unless `.env` or every command says otherwise."""
        files = self._default(folder)
        if not files or files in self.found or not self.is_compose(files[0]):
            return
        if self._has_environment(folder) or self._is_included(files[0]):
            return
        merged = any(files[0] in known[:-1] or files[0] in known[1:] for known in self.found)
        if len(files) == 1 and merged:
            return
        self.found[files] = self._single(files, "default")

    def _has_environment(self, folder: str) -> bool:
        return any(
            plan.how == "environment" and usage.folder == folder
            for plan in self.found.values()
            for usage in plan.usages
        )

    def add_rest(self, path: str) -> None:
        """A file that no set has: alone, or as an overlay of the default file beside it."""
        if any(path in files for files in self.found):
            return
        if self._is_included(path) or self._is_extended(path):
            return
        incomplete = self.outline(path).incomplete
        base = self._first(posixpath.dirname(path) or ".", DEFAULT_NAMES)
        if incomplete and base is not None and incomplete <= self.outline(base).services:
            self.found[(base, path)] = Plan((base, path), "overlay")
        else:
            self.found[(path,)] = self._single((path,), "alone")

    def _single(self, files: tuple[str, ...], how: str) -> Plan:
        """A set that nobody names, with what seems to be missing from it."""
        if len(files) > 1:
            return Plan(files, how)
        if self.outline(files[0]).incomplete:
            return Plan(files, "fragment", (), "another file completes its services")
        unseen = self._sample_of_override(files) if how == "default" else None
        return Plan(files, how, (), unseen)

    def _sample_of_override(self, files: tuple[str, ...]) -> str | None:
        """Why another file may complete the default file: a sample of an override is beside it."""
        if len(files) > 1:
            return None
        folder = posixpath.dirname(files[0]) or "."
        samples = [name + suffix for name in OVERRIDE_NAMES for suffix in SAMPLE_SUFFIXES]
        sample = self._first(folder, samples)
        return f"{sample} is to be copied to an override file" if sample is not None else None

    def _is_included(self, path: str) -> bool:
        """Whether this file is a part of another project, and judged there."""
        return any(path in outline.includes for outline in self._all_outlines())

    def _is_extended(self, path: str) -> bool:
        return any(path in outline.extends for outline in self._all_outlines())

    def _all_outlines(self) -> list["Outline"]:
        known = [path for path, source in self.sources.items() if source is not None]
        return [self.outline(path) for path in known if path.endswith((".yml", ".yaml"))]


class Outline(NamedTuple):
    """What a file holds, seen without loading: services, unfinished ones, files it refers to."""

    services: frozenset[str] = frozenset()
    incomplete: frozenset[str] = frozenset()
    extends: frozenset[str] = frozenset()
    includes: frozenset[str] = frozenset()


def outline_of(source: Source) -> Outline:
    """The outline of a file; empty when it cannot be read."""
    services: set[str] = set()
    incomplete: set[str] = set()
    extends: set[str] = set()
    includes: set[str] = set()
    folder = posixpath.dirname(source.path) or "."
    for document in parse(source).documents:
        root = _entries(document.root)
        for name, service in _entries(root.get("services")).items():
            keys = _entries(service)
            services.add(name)
            if not keys.keys() & {"image", "build", "extends", "provider", "<<"}:
                incomplete.add(name)
            file = _text(_entries(keys.get("extends")).get("file"))
            extends.update({join(folder, file)} if file else ())
        includes.update(join(folder, path) for path in _included(root.get("include")))
    return Outline(*map(frozenset, (services, incomplete, extends, includes)))


def _entries(node: object) -> dict[str, object]:
    if not isinstance(node, MappingNode):
        return {}
    pairs = node.pairs
    return {key.value: value for key, value in pairs if isinstance(key, ScalarNode)}


def _text(node: object) -> str | None:
    return node.value if isinstance(node, ScalarNode) else None


def _included(node: object) -> list[str]:
    paths: list[str] = []
    for item in getattr(node, "items", []):
        path = _entries(item).get("path", item)
        listed = getattr(path, "items", [path])
        paths.extend(text for text in map(_text, listed) if text is not None)
    return paths


def load_file_set(plan: Plan, read: ReadFile, options: Options = Options()) -> FileSet | None:  # noqa: B008
    """Loads a set and finds its role; None when a file of it is gone."""
    sources = [read(path) for path in plan.files]
    known = [source for source in sources if source is not None]
    if len(known) < len(sources) or not known:
        return None
    env_files = next((usage.env_files for usage in plan.usages if usage.env_files), ())
    profiles = next((usage.profiles for usage in plan.usages if usage.profiles), ())
    given = options._replace(profiles=options.profiles or profiles, unseen=plan.unseen)
    loaded = load(known, read, given, env_files)
    configured = next((usage for usage in plan.usages if usage.role or usage.name), None)
    if configured is None:
        return FileSet(plan.id, loaded, role_of(loaded))
    role = role_of(loaded, configured.role, configured.place)
    return FileSet(plan.id, loaded, role, configured.name)
