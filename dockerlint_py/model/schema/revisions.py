"""Histories of Alembic: which revision follows which."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.context import Kind, paths
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application

_ALEMBIC = regex(r"^[ \t]*(?:from|import)[ \t]+alembic\b", re.MULTILINE)
_LOCATIONS = regex(r"(?:recursive_)?version_locations")
_NAMED = regex(r"^(revision|down_revision|branch_labels)\b[^=\n]{0,80}=[ \t]*", re.MULTILINE)
_TEXT = regex(r"[\"']([\w.-]{1,80})[\"']")
_VALUE = regex(r"None\b|\([^()]{0,2000}\)|[\"'][\w.-]{1,80}[\"'](?=[ \t\r]*(?:#|$))", re.MULTILINE)
_CONFIGURATIONS = ("alembic.ini", "pyproject.toml", "setup.cfg")


class Revision(NamedTuple):
    """One revision, and those that it follows; `place` is its own name in its file."""

    name: str
    parents: tuple[str, ...]
    place: Place
    parents_place: Place
    is_labelled: bool


class History(NamedTuple):
    """The revisions in one folder, beside the `env.py` of an Alembic environment."""

    env: str
    folder: str
    files: tuple[str, ...]


def histories_of(application: "Application") -> Iterator[History]:
    """The histories of an application; those with folders of their own choice are left out."""
    files = application.python_files
    snapshot = application.repository.snapshot
    for path in application.files:
        folder, name = paths.split(path)
        if name != "env.py" or not _ALEMBIC.search(files.text(path)):
            continue
        if _LOCATIONS.search(files.text(path)) or _has_own_folders(application, folder):
            continue
        versions = paths.join(folder, "versions")
        found = (
            paths.join(versions, each)
            for each, kind in snapshot.entries(versions).items()
            if kind is not Kind.FOLDER and each.endswith(".py") and each != "__init__.py"
        )
        yield History(path, versions, tuple(found))


def _has_own_folders(application: "Application", folder: str) -> bool:
    """Whether a configuration beside or above an environment names folders of revisions."""
    while True:
        for name in _CONFIGURATIONS:
            source = application.repository.snapshot.text(paths.join(folder, name))
            if source is not None and _sets_locations(source):
                return True
        if not folder:
            return False
        folder = paths.split(folder)[0]


def _sets_locations(source: Source) -> bool:
    lines = source.text.split("\n")
    return any(_LOCATIONS.match(line.lstrip(" \t")) for line in lines)


def revisions_in(sources: Iterator[Source]) -> tuple[Revision, ...] | None:
    """The revisions in some files; None when one of them cannot be understood."""
    found = []
    for source in sources:
        revision = _revision(source)
        if revision is None:
            return None
        found.append(revision)
    return tuple(found)


def _revision(source: Source) -> Revision | None:
    values: dict[str, Place] = {}
    for named in _NAMED.finditer(source.text):
        value = _VALUE.match(source.text, named.end())
        if value is None or named[1] in values:
            return None
        values[named[1]] = source.place(*value.span())
    if "revision" not in values or "down_revision" not in values:
        return None
    own = _TEXT.findall(values["revision"].text)
    labels = values["branch_labels"].text if "branch_labels" in values else "None"
    if len(own) != 1:
        return None
    parents = values["down_revision"]
    return Revision(
        own[0], tuple(_TEXT.findall(parents.text)), values["revision"], parents, labels != "None"
    )
