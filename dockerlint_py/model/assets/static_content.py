"""Which static files an installed app is known to have."""

from collections.abc import Iterator
from itertools import islice

from dockerlint_py.context import Kind, State, paths
from dockerlint_py.facts import Known
from dockerlint_py.model.code.settings import ListItem, Settings
from dockerlint_py.python.evaluate.results import RepoPath
from dockerlint_py.record import NamedTuple

ADMIN = ("django.contrib.admin", "django.contrib.admin.apps.AdminConfig")
_WITH_FILES = frozenset(
    {
        *ADMIN,
        *("debug_toolbar", "django_ckeditor_5", "drf_yasg", "grappelli"),
        *("jazzmin", "rest_framework", "unfold", "wagtail.admin", "wagtail.images"),
    }
)
"""Installed apps whose distributions have a `static` folder with files (their wheels, 2026-11)."""
_MAX_FOLDERS = 200


class Content(NamedTuple):
    """An app or a folder that has static files.

    `folder` is a folder of the repository, None for what a distribution brings.
    """

    name: str
    folder: str | None
    fact: Known[str]


def static_contents_of(settings: Settings) -> Iterator[Content]:
    """The apps and folders that are known to have static files to be collected."""
    for item in settings.items("INSTALLED_APPS"):
        if item.text in _WITH_FILES:
            fact = Known(item.text, (item.place,), says=f"{item.text} has static files")
            yield Content(item.text, None, fact)
            continue
        folder = _own_static(settings, item)
        if folder is not None:
            fact = Known(folder, (item.place,), says=f"{folder} has static files")
            yield Content(item.text, folder, fact)
    yield from _of_folders(settings)


def _of_folders(settings: Settings) -> Iterator[Content]:
    """The folders of `STATICFILES_DIRS`."""
    fact = settings.get("STATICFILES_DIRS")
    if not isinstance(fact, Known) or not isinstance(fact.value, list | tuple):
        return
    for entry in fact.value:
        path = entry[1] if isinstance(entry, tuple | list) and len(entry) == 2 else entry
        if isinstance(path, RepoPath) and _has_files(settings, path.path):
            says = Known(path.path, fact.places, says=f"{path.path} has static files")
            yield Content(path.path, path.path, says)


def _own_static(settings: Settings, item: ListItem) -> str | None:
    """The `static` folder of an app of the repository, if there are files in it.

    The app is named by its package, or by a configuration class in it.
    """
    graph = settings.application.python_files.graph
    parts = item.text.split(".")
    for root in graph.roots_for(settings.path):
        for length in range(len(parts), 0, -1):
            folder = paths.join(root, "/".join(parts[:length]))
            if folder in graph.folders:
                static = paths.join(folder, "static")
                return static if _has_files(settings, static) else None
    return None


def _has_files(settings: Settings, folder: str) -> bool:
    """Whether a folder has files that git does not ignore."""
    snapshot = settings.application.repository.snapshot
    if not snapshot.is_dir(folder):
        return False
    return any(
        kind is Kind.FILE and snapshot.state(paths.join(below, name)) is not State.IGNORED
        for below, entries in islice(snapshot.folders(folder), _MAX_FOLDERS)
        for name, kind in entries.items()
        if not name.startswith(".")
    )
