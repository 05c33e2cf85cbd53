"""Django settings modules of an application, and their values whatever the environment is."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.python.evaluate import Evaluator, Value
    from dockerlint_py.python.evaluate.results import Python
    from dockerlint_py.python.frameworks.django import DjangoSettings
    from dockerlint_py.python.frameworks.logs import LogFile

SETTINGS_VARIABLE = "DJANGO_SETTINGS_MODULE"
_NAMED = regex(r"""DJANGO_SETTINGS_MODULE["'][^"']{0,40}["']([\w.]{1,200})["']""")


class ListItem(NamedTuple):
    """A string in a list setting, and where it is written."""

    text: str
    place: Place

    @property
    def fact(self) -> Known[str]:
        """The item, to be cited."""
        return Known(self.text, (self.place,), says=f"{self.place.path} lists {self.text}")


class Settings:
    """One settings module. `names` are the dotted names that it is known by.

    `entries` are the files, `manage.py` and the like, that name it when no variable does. A value
    that depends on the environment is unknown, unless there is an `evaluator` with one; and so is
    everything when a module of it was not parsed.
    """

    def __init__(
        self, application: "Application", path: str, evaluator: "Evaluator | None" = None
    ) -> None:
        self.application = application
        self.path = path
        self.names: set[str] = set()
        self.entries: set[str] = set()
        self._evaluator = evaluator

    def __repr__(self) -> str:
        return f"Settings({self.path!r})"

    @property
    def is_default(self) -> bool:
        """Whether some file names it when no variable does."""
        return bool(self.entries)

    def get(self, name: str) -> "Fact[Python]":
        """The value of a setting, the framework's own one when nothing sets it."""
        if self._django is None:
            return Unknown(f"{self.path} could not be parsed")
        return self._django.get(name).fact

    def value_of(self, name: str) -> "Value | None":
        """What evaluation gave for a setting that is set; None when it is not, or not known."""
        if self._django is None or not self._django.has(name):
            return None
        return self._django.get(name).value

    def place_of(self, name: str) -> Place | None:
        """Where a setting is set last; None when nothing sets it, or that is not known."""
        return self._django.get(name).place if self._django else None

    def entry(self, name: str, *keys: str) -> "Fact[Python]":
        """A value inside a dict setting; `Known(None)` where the dict has no such key."""
        if self._django is None:
            return Unknown(f"{self.path} could not be parsed")
        return self._django.entry(name, *keys)

    def has_entry(self, name: str, *keys: str) -> bool:
        """Whether a dict setting is known to have a value there, which may be None."""
        return self._django is not None and self._django.has_entry(name, *keys)

    def has(self, name: str) -> bool | None:
        """Whether something sets it; None when that is not known."""
        return self._django.has(name) if self._django else None

    def includes(self, name: str, item: str) -> bool | None:
        """Whether a list setting has an item; None when that is not known."""
        return self._django.includes(name, item) if self._django else None

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

    @property
    def log_files(self) -> "tuple[LogFile, ...]":
        """The handlers of LOGGING that write files."""
        from dockerlint_py.python.frameworks.logs import log_files_of

        return tuple(log_files_of(self._django.get("LOGGING").value)) if self._django else ()

    @cached_property
    def _django(self) -> "DjangoSettings | None":
        from dockerlint_py.python.frameworks.django import DjangoSettings

        files = self.application.python_files
        if not files.is_understood(self.path):
            return None
        return DjangoSettings(self._evaluator or files.evaluator(), self.path)


def settings_modules_of(application: "Application") -> tuple[Settings, ...]:
    """The settings modules that the entries, or the environments of containers, name."""
    files = application.python_files
    found: dict[str, Settings] = {}

    def add(dotted: str, importer: str, *entries: str) -> None:
        path = files.graph.module(dotted, importer)
        if path is None or path not in application.files:
            return
        settings = found.setdefault(path, Settings(application, path))
        settings.names.add(dotted)
        settings.entries.update(entries)

    for entry in application.entries:
        for dotted in _NAMED.findall(files.text(entry)):
            add(dotted, entry, entry)
    for container in application.containers:
        variable = container.start_env.get(SETTINGS_VARIABLE)
        if isinstance(variable, Known) and variable.value:
            add(variable.value, application.path)
    return tuple(found.values())


def settings_named(
    candidates: tuple[Settings, ...], variable: "Fact[str | None]", entry: str | None = None
) -> Fact[Settings]:
    """What `DJANGO_SETTINGS_MODULE` means; unset, what a file, or else all files, name instead."""
    if isinstance(variable, Unknown):
        return Unknown(variable.why)
    if variable.value is None:
        by_default = [each for each in candidates if each.is_default]
        by_entry = [each for each in by_default if entry in each.entries]
        chosen = by_entry or by_default
        if len(chosen) == 1:
            return Known(chosen[0])
        return Unknown("it is not known which settings module is used")
    for each in candidates:
        if variable.value in each.names:
            return Known(each, variable.places)
    return Unknown(f"{variable.value} is not found")
