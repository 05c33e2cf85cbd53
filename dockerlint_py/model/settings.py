"""Django settings modules of an application, and their values whatever the environment is."""

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.python.evaluate.results import Python
    from dockerlint_py.python.frameworks.django import DjangoSettings

_NAMED = regex(r"""DJANGO_SETTINGS_MODULE["'][^"']{0,40}["']([\w.]{1,200})["']""")


class ListItem(NamedTuple):
    """A string in a list setting, and where it is written."""

    text: str
    place: Place


class Settings:
    """One settings module. `names` are the dotted names that it is known by.

    `is_default` tells that `manage.py` or the like names it when no variable does. A value that
    depends on the environment is unknown, and so is everything when a module of it was not parsed.
    """

    def __init__(
        self, application: "Application", path: str, names: set[str], default: bool
    ) -> None:
        self.application = application
        self.path = path
        self.names = names
        self.is_default = default

    def get(self, name: str) -> "Fact[Python]":
        """The value of a setting, the framework's own one when nothing sets it."""
        if self._django is None:
            return Unknown(f"{self.path} could not be parsed")
        return self._django.get(name).fact

    def place_of(self, name: str) -> Place | None:
        """Where a setting is set last; None when nothing sets it, or that is not known."""
        return self._django.get(name).place if self._django else None

    def items(self, name: str) -> tuple[ListItem, ...]:
        """The strings that a list setting has for certain."""
        found = self._django.known_items(name) if self._django else ()
        return tuple(ListItem(item.text, item.place) for item in found if item.place)

    def all_items(self, name: str) -> tuple[ListItem, ...] | None:
        """The strings of a list setting in order; None unless all of them are known."""
        found = self._django.items(name) if self._django else None
        if found is None:
            return None
        return tuple(ListItem(item.text, item.place) for item in found if item.place)

    @cached_property
    def _django(self) -> "DjangoSettings | None":
        from dockerlint_py.python.frameworks.django import DjangoSettings

        files = self.application.python_files
        if not files.is_understood(self.path):
            return None
        return DjangoSettings(files.evaluator(), self.path)


def settings_modules_of(application: "Application") -> tuple[Settings, ...]:
    """The settings modules that the entries, or the environments of containers, name."""
    files = application.python_files
    found: dict[str, Settings] = {}

    def add(dotted: str, importer: str, *, default: bool) -> None:
        path = files.graph.module(dotted, importer)
        if path is None or path not in application.files:
            return
        settings = found.setdefault(path, Settings(application, path, set(), default=False))
        settings.names.add(dotted)
        settings.is_default = settings.is_default or default

    for entry in application.entries:
        for dotted in _NAMED.findall(files.text(entry)):
            add(dotted, entry, default=True)
    for container in application.containers:
        variable = container.start_env.get("DJANGO_SETTINGS_MODULE")
        if isinstance(variable, Known) and variable.value:
            add(variable.value, application.path, default=False)
    return tuple(found.values())
