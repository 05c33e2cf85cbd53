"""The Django apps of an application that have tables, and where their migrations are."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from dockerlint_py.context import Kind, paths
from dockerlint_py.facts import Known
from dockerlint_py.model.code.python_files import PythonFiles
from dockerlint_py.model.schema.django_classes import WITHOUT_TABLE, ModelClasses, written_in_meta
from dockerlint_py.python import ModuleFacts, ModuleKind
from dockerlint_py.python.expressions import Const
from dockerlint_py.python.records import Class
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.code.settings import ListItem, Settings

_LABEL = regex(r"^[ \t]+label[ \t]*=[ \t]*[\"'](\w+)[\"']", re.MULTILINE)
_NO_MIGRATION = ("_", "~")
"""Django takes no file for a migration whose name begins with one of these."""


class DjangoApp(NamedTuple):
    """An installed app of the repository with at least one table.

    `model` is a class that has one, `migrations` the folder where Django looks for migrations, and
    `files` are those that are there.
    """

    label: str
    folder: str
    installed: Known[str]
    model: Known[str]
    migrations: str
    files: tuple[str, ...]


def django_apps_of(application: "Application") -> Iterator[DjangoApp]:
    """The apps that its settings modules install for certain, each once."""
    seen: set[str] = set()
    for settings in application.settings:
        for item in settings.items("INSTALLED_APPS"):
            app = _app(application, settings, item)
            if app is not None and app.folder not in seen:
                seen.add(app.folder)
                yield app


def _app(application: "Application", settings: "Settings", item: "ListItem") -> DjangoApp | None:
    folder = _folder(application.python_files, settings, item.text)
    if folder is None:
        return None
    label = _label(application.python_files, folder)
    model = _Models(application).first(folder)
    moved = settings.get("MIGRATION_MODULES")
    if model is None or not isinstance(moved, Known) or moved.value != {}:
        return None
    installed = Known(item.text, (item.place,), says=f"INSTALLED_APPS has {item.text}")
    migrations = f"{folder}/migrations"
    entries = application.repository.snapshot.entries(migrations)
    return DjangoApp(
        label, folder, installed, model, migrations, tuple(_files(migrations, entries))
    )


def _label(files: PythonFiles, folder: str) -> str:
    """The label of an app: that of its configuration, else the name of its package."""
    given = _LABEL.findall(files.text(f"{folder}/apps.py"))
    return given[0] if len(given) == 1 else folder.rpartition("/")[2]


def _files(folder: str, entries: Mapping[str, Kind]) -> Iterator[str]:
    """The migrations in a folder."""
    for name, kind in entries.items():
        if kind is not Kind.FOLDER and name.endswith(".py") and name[0] not in _NO_MIGRATION:
            yield f"{folder}/{name}"


def _folder(files: PythonFiles, settings: "Settings", dotted: str) -> str | None:
    """The folder of an app: its package is named, or a class of configuration in the package."""
    graph = files.graph
    found = graph.module(dotted, settings.path)
    if found is None:
        module = graph.module(dotted.rpartition(".")[0], settings.path)
        name = _configured_name(files.facts(module), dotted) if module is not None else None
        found = graph.module(name, settings.path) if name else None
    return paths.split(found)[0] if found and found.endswith("/__init__.py") else None


def _configured_name(facts: ModuleFacts, dotted: str) -> str | None:
    """The `name` of an `AppConfig`, that is the package that it configures."""
    for item in facts.classes:
        if item.name == dotted.rpartition(".")[2]:
            for assignment in facts.assignments:
                value = assignment.value
                if assignment.scope == item.scope and assignment.target == "name":
                    text = value.value if isinstance(value, Const) else None
                    return text if isinstance(text, str) else None
    return None


class _Models:
    """Finds classes that have tables."""

    def __init__(self, application: "Application") -> None:
        self._files = application.python_files
        self._classes = ModelClasses(application.python_files)
        self._members = frozenset(application.files)

    def first(self, folder: str) -> Known[str] | None:
        """The first class of an app that is known to have a table of its own."""
        candidates = (f"{folder}/models.py", f"{folder}/models/")
        for path in sorted(self._members):
            if not path.startswith(candidates) or self._files.kind(path) is not ModuleKind.MODULE:
                continue
            facts = self._files.facts(path)
            for item in facts.classes:
                alone = item.guard < 0 and facts.scopes[item.scope].parent == 0
                if alone and _has_table(facts, item) and self._classes.is_model(path, item):
                    place = _header(self._files, path, item)
                    return Known(item.name, (place,), says=f"{item.name} is a model with a table")
        return None


def _has_table(facts: ModuleFacts, item: Class) -> bool:
    """Whether no `class Meta` says that a model has no table, or lends it to another app."""
    return written_in_meta(facts, item).isdisjoint(WITHOUT_TABLE)


def _header(files: PythonFiles, path: str, item: Class) -> Place:
    """`class Name`, without the body."""
    source = files.source(path)
    end = source.text.find(item.name, item.start, item.end)
    return source.place(item.start, end + len(item.name) if end >= 0 else item.end)
