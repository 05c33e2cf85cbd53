"""Turns paths written in a command into paths of the repository, by looking what exists.

A script may run from more than one folder. A path is known when exactly one of them makes sense.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from dockerlint_py.context import paths
from dockerlint_py.context.snapshot import Snapshot
from dockerlint_py.facts import Fact, Known, Unknown

DEFAULT_COMPOSE_FILES = (
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
)
"""What Compose looks for, in this order."""

REMOTE_CONTEXT = "the context is a URL"
"""Why a context is no folder of the repository: what is sent is fetched from elsewhere."""
_DEFAULT_DOCKERFILES = ("Dockerfile", "dockerfile")
_NO_FOLDER = "the folder that it runs in is not known"

T = TypeVar("T")


def locate_build(
    snapshot: Snapshot, folders: Sequence[str], context: Fact[str], file: Fact[str] | None
) -> tuple[Fact[str], Fact[str]]:
    """The Dockerfile and the context folder of a build that runs in one of some folders.

    `file` is relative to the folder that the build runs in; None means the context's `Dockerfile`.
    """
    contexts = {folder: _context(snapshot, folder, context) for folder in folders}
    pairs = []
    for folder, found in contexts.items():
        dockerfile = _dockerfile(snapshot, folder, found, file)
        if dockerfile is not None:
            pairs.append((dockerfile, found))
    missing = _reason(folders, file, "no such Dockerfile in the repository")
    no_context = _reason(folders, context, "no such folder in the repository")
    chosen: Sequence[str | None] = [pair[1] for pair in pairs] or list(contexts.values())
    return (
        _only([pair[0] for pair in pairs], missing),
        _only([each for each in chosen if each is not None], no_context),
    )


def locate_compose(
    snapshot: Snapshot, folders: Sequence[str], files: Sequence[Fact[str]]
) -> tuple[Fact[str], Fact[tuple[str, ...]]]:
    """The folder that Compose runs in and its files; `Known(())` for its default files."""
    for fact in files:
        if isinstance(fact, Unknown):
            return _only(folders, _NO_FOLDER), Unknown(fact.why)
    written = [fact.value for fact in files if isinstance(fact, Known)]
    found = []
    for folder in folders:
        here = [paths.inside(folder, name) for name in written]
        there = [path for path in here if path is not None and snapshot.is_file(path)]
        if len(there) == len(here) and (here or _has_default(snapshot, folder)):
            found.append((folder, tuple(there)))
    missing = "no such Compose files in the repository" if folders else _NO_FOLDER
    return (
        _only([folder for folder, _ in found], missing),
        _only([there for _, there in found], missing),
    )


def locate_file(snapshot: Snapshot, folders: Sequence[str], file: Fact[str]) -> Fact[str]:
    """A file that need not exist, such as an environment file."""
    if isinstance(file, Unknown):
        return file
    inner = [paths.inside(folder, file.value) for folder in folders]
    found = [path for path in inner if path is not None]
    existing = [path for path in found if snapshot.is_file(path)]
    return _only(existing or found, "it is outside of the repository" if folders else _NO_FOLDER)


def enter(folders: Sequence[str], below: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """The folders that `cd` leads to from some folders, each once."""
    inner = (paths.inside(folder, below) for folder in folders)
    return tuple(dict.fromkeys(path for path in inner if path is not None and exists(path)))


def _context(snapshot: Snapshot, folder: str, context: Fact[str]) -> str | None:
    if isinstance(context, Unknown) or _not_a_folder(context.value):
        return None
    inner = paths.inside(folder, context.value)
    return inner if inner is not None and snapshot.is_dir(inner) else None


def _dockerfile(
    snapshot: Snapshot, folder: str, context: str | None, file: Fact[str] | None
) -> str | None:
    if isinstance(file, Unknown):
        return None
    if file is not None:
        inner = paths.inside(folder, file.value)
        names = [] if inner is None else [inner]
    else:
        names = [] if context is None else [paths.join(context, n) for n in _DEFAULT_DOCKERFILES]
    found = next((name for name in names if snapshot.is_file(name)), None)
    return None if found is None else snapshot.resolve(found)


def _not_a_folder(context: str) -> str:
    """Why a written context is no folder; empty when it may be one."""
    if context == "-":
        return "the context is read from standard input"
    if "://" in context or context.startswith(("git@", "github.com/")):
        return REMOTE_CONTEXT
    return ""


def _reason(folders: Sequence[str], fact: Fact[str] | None, missing: str) -> str:
    if not folders:
        return _NO_FOLDER
    if isinstance(fact, Unknown):
        return fact.why
    return (_not_a_folder(fact.value) if fact else "") or missing


def _has_default(snapshot: Snapshot, folder: str) -> bool:
    return any(snapshot.is_file(paths.join(folder, name)) for name in DEFAULT_COMPOSE_FILES)


def _only(found: Sequence[T], missing: str) -> Fact[T]:
    """The one thing that was found."""
    distinct = list(dict.fromkeys(found))
    if len(distinct) == 1:
        return Known(distinct[0])
    return Unknown("it depends on the folder that it runs in" if distinct else missing)
