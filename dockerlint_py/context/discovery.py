"""Finds the Dockerfiles and Compose files of a repository."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from dockerlint_py.context import paths
from dockerlint_py.context.scope import Scope
from dockerlint_py.context.templates import SUFFIXES, is_template_path, template_syntax
from dockerlint_py.context.tree import Kind
from dockerlint_py.text import Place

_OTHER_SUFFIXES = (
    *(".adoc", ".htm", ".html", ".md", ".rst", ".txt"),
    *(".json", ".lock", ".toml", ".yaml", ".yml"),
    *(".go", ".js", ".ps1", ".py", ".pyi", ".rb", ".rs", ".sh", ".ts"),
    *(".bak", ".dockerignore", ".orig", ".swp", "~"),
)
"""What is about Dockerfiles, or a copy of one: `Dockerfile.md`, `dockerfile.py`."""


class Template(NamedTuple):
    """A file that is filled in before Docker sees it; `place` is the first tag in its text."""

    path: str
    place: Place | None


class Discovered(NamedTuple):
    """The entry points of an audit: paths in the order of the walk.

    `links` maps each symbolic link with the name of an entry point to the file it leads to, which
    is the path that the other fields hold: `docker build` takes the link's folder for the context.
    """

    dockerfiles: tuple[str, ...]
    compose_files: tuple[str, ...]
    templates: tuple[Template, ...]
    links: Mapping[str, str]


def discover(scope: Scope) -> Discovered:
    """Searches all that is in scope."""
    search = _Search(scope)
    candidates = [
        (paths.join(folder, name), entries[name])
        for folder, entries in scope.folders
        if folder != ".github/workflows"
        for name in filter(_worth_a_look().search, entries)
        if entries[name] is not Kind.FOLDER
    ]
    for path, kind in sorted(candidates, key=lambda found: paths.walk_order(found[0])):
        search.judge(path, kind)
    return Discovered(
        tuple(search.dockerfiles), tuple(search.compose), tuple(search.templates), search.links
    )


def is_dockerfile_name(name: str) -> bool:
    """Whether a file of this name is a Dockerfile, whatever stands in it."""
    return bool(_dockerfile_name().fullmatch(name))


def is_compose_name(name: str) -> bool:
    """Whether a file of this name is a Compose file, whatever stands in it."""
    return bool(_compose_name().fullmatch(name))


@cache
def _worth_a_look() -> re.Pattern[str]:
    """A quick look that most names do not pass."""
    return re.compile(r"(?i:docker|container|compose)|\.ya?ml")


@cache
def _dockerfile_name() -> re.Pattern[str]:
    return re.compile(r"(?:[Dd]ocker|[Cc]ontainer)file|.+\.(?:[Dd]ocker|[Cc]ontainer)file")


@cache
def _dockerfile_like() -> re.Pattern[str]:
    """Names that may be a Dockerfile's, unless they end like something else; a FROM decides."""
    return re.compile(r"(?:[Dd]ockerfile|[Cc]ontainerfile|DOCKERFILE)(?:[._-].+)?")


@cache
def _compose_name() -> re.Pattern[str]:
    return re.compile(r"(?:docker[-_])?compose(?:[._-].+)?\.ya?ml")


@cache
def _compose_like() -> re.Pattern[str]:
    """Names that may be a Compose file's; then a top-level `services:` decides."""
    stems = "local|dev|development|test|testing|ci|staging|stage|prod|production"
    return re.compile(rf"(?:{stems}|.+[._-]compose)\.ya?ml")


@cache
def _services() -> re.Pattern[str]:
    return re.compile(r"^(?:services|['\"]services['\"])[ \t]*:[ \t\r]*(?:#|$)", re.MULTILINE)


@cache
def _from() -> re.Pattern[str]:
    return re.compile(r"^[ \t]*FROM[ \t]", re.MULTILINE | re.IGNORECASE)


class _Search:
    """What has been found so far."""

    __slots__ = ("_scope", "_seen", "_snapshot", "compose", "dockerfiles", "links", "templates")

    def __init__(self, scope: Scope) -> None:
        self._snapshot = scope.snapshot
        self._scope = scope
        self._seen: dict[str, bool] = {}
        self.dockerfiles: list[str] = []
        self.compose: list[str] = []
        self.templates: list[Template] = []
        self.links: dict[str, str] = {}

    def judge(self, path: str, kind: Kind) -> None:
        """Files a path under what it is, when it is anything."""
        plain = _without_template_suffix(paths.split(path)[1])
        dockerfile = _is_dockerfile_candidate(plain)
        if not dockerfile and not _is_compose_candidate(plain):
            return
        if not self._scope.holds(path):
            return
        real = self._snapshot.resolve(path) if kind is Kind.SYMLINK else path
        if real is None or not self._snapshot.is_file(real):
            return
        if real not in self._seen:
            self._seen[real] = self._file(real, plain, dockerfile=dockerfile)
        if self._seen[real] and kind is Kind.SYMLINK:
            self.links[path] = real

    def _file(self, path: str, plain: str, *, dockerfile: bool) -> bool:
        """Adds a file where it belongs; False when its text says that it is something else."""
        source = self._snapshot.text(path)
        if source is None:
            return False
        certain = is_dockerfile_name(plain) if dockerfile else is_compose_name(plain)
        if not certain and not (_from() if dockerfile else _services()).search(source.text):
            return False
        span = template_syntax(source, dockerfile=dockerfile)
        if span is not None or is_template_path(path):
            place = None if span is None else Place(source, span)
            self.templates.append(Template(path, place))
        elif dockerfile:
            self.dockerfiles.append(path)
        else:
            self.compose.append(path)
        return True


def _is_dockerfile_candidate(name: str) -> bool:
    like = _dockerfile_like().fullmatch(name) and not name.endswith(_OTHER_SUFFIXES)
    return bool(like) or is_dockerfile_name(name)


def _is_compose_candidate(name: str) -> bool:
    return is_compose_name(name) or bool(_compose_like().fullmatch(name))


def _without_template_suffix(name: str) -> str:
    for suffix in SUFFIXES:
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return name
