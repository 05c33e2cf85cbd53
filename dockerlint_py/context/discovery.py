"""Finds the Dockerfiles and Compose files of a repository."""

import re
from collections.abc import Mapping

from dockerlint_py.context import paths
from dockerlint_py.context.scope import Scope
from dockerlint_py.context.templates import SUFFIXES, is_template_path, template_syntax
from dockerlint_py.context.tree import Kind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

_OTHER_SUFFIXES = (
    *(".adoc", ".htm", ".html", ".md", ".rst", ".txt"),
    *(".json", ".lock", ".toml", ".yaml", ".yml"),
    *(".go", ".js", ".ps1", ".py", ".pyi", ".rb", ".rs", ".sh", ".ts"),
    *(".bak", ".dockerignore", ".orig", ".swp", "~"),
)
"""What is about Dockerfiles, or a copy of one: `Dockerfile.md`, `dockerfile.py`."""


_WORTH_A_LOOK = regex(r"(?i:docker|container|compose)|\.ya?ml")
"""A quick look that most names do not pass."""
_DOCKERFILE_NAME = regex(r"(?:[Dd]ocker|[Cc]ontainer)file|.+\.(?:[Dd]ocker|[Cc]ontainer)file")
_DOCKERFILE_LIKE = regex(r"(?:[Dd]ockerfile|[Cc]ontainerfile|DOCKERFILE)(?:[._-].+)?")
"""Names that may be a Dockerfile's, unless they end like something else; a FROM decides."""
_COMPOSE_NAME = regex(r"(?:docker[-_])?compose(?:[._-].+)?\.ya?ml")
_STEMS = "local|dev|development|test|testing|ci|staging|stage|prod|production"
_COMPOSE_LIKE = regex(rf"(?:{_STEMS}|.+[._-]compose)\.ya?ml")
"""Names that may be a Compose file's; then a top-level `services:` decides."""
_SERVICES = regex(r"^(?:services|['\"]services['\"])[ \t]*:[ \t\r]*(?:#|$)", re.MULTILINE)
_FROM = regex(r"^[ \t]*FROM[ \t]", re.MULTILINE | re.IGNORECASE)


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
        for name in filter(_WORTH_A_LOOK.search, entries)
        if entries[name] is not Kind.FOLDER
    ]
    for path, kind in sorted(candidates, key=lambda found: paths.walk_order(found[0])):
        search.judge(path, kind)
    return Discovered(
        tuple(search.dockerfiles), tuple(search.compose), tuple(search.templates), search.links
    )


def is_dockerfile_name(name: str) -> bool:
    """Whether a file of this name is a Dockerfile, whatever stands in it."""
    return bool(_DOCKERFILE_NAME.fullmatch(name))


def is_compose_name(name: str) -> bool:
    """Whether a file of this name is a Compose file, whatever stands in it."""
    return bool(_COMPOSE_NAME.fullmatch(name))


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
        if not certain and not (_FROM if dockerfile else _SERVICES).search(source.text):
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
    like = _DOCKERFILE_LIKE.fullmatch(name) and not name.endswith(_OTHER_SUFFIXES)
    return bool(like) or is_dockerfile_name(name)


def _is_compose_candidate(name: str) -> bool:
    return is_compose_name(name) or bool(_COMPOSE_LIKE.fullmatch(name))


def _without_template_suffix(name: str) -> str:
    for suffix in SUFFIXES:
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return name
