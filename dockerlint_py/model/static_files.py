"""Static files of Django as one settings module has them."""

from functools import cached_property

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.settings import Settings
from dockerlint_py.model.static_content import static_content_of
from dockerlint_py.python.evaluate.results import Python
from dockerlint_py.text import Place

APP = "django.contrib.staticfiles"
_LOCAL = (
    "django.contrib.staticfiles.storage.",
    "django.core.files.storage.",
    "servestatic.storage.",
    "whitenoise.storage.",
)
"""Storages that write files into a folder (their documentation)."""


class StaticFiles:
    """What the settings say of static files: where they are collected, and by which storage."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def is_used(self) -> bool | None:
        """Whether `django.contrib.staticfiles` is installed; None when that is not known."""
        return self.settings.includes("INSTALLED_APPS", APP)

    @property
    def root(self) -> Fact[Python]:
        """`STATIC_ROOT`."""
        return self.settings.get("STATIC_ROOT")

    @cached_property
    def backend(self) -> Fact[str]:
        """The dotted name of the storage class that `collectstatic` writes with."""
        older = self.settings.has("STATICFILES_STORAGE")
        if older is None:
            return Unknown("the storage of static files is not known")
        if older and self.settings.has("STORAGES") is False:
            fact = self.settings.get("STATICFILES_STORAGE")
        else:
            fact = self.settings.entry("STORAGES", "staticfiles", "BACKEND")
        if isinstance(fact, Known) and isinstance(fact.value, str):
            return Known(fact.value, fact.places, fact.confidence, fact.says)
        return Unknown("the storage of static files is not known")

    @property
    def is_local(self) -> bool | None:
        """Whether the storage writes into a folder of its own machine; None when not known."""
        if not isinstance(self.backend, Known):
            return None
        return True if self.backend.value.startswith(_LOCAL) else None

    @cached_property
    def content(self) -> Known[str] | None:
        """An app or a folder that has static files; None when none is known to."""
        return static_content_of(self.settings) if self.is_used else None

    @cached_property
    def lacks_root(self) -> Known[Python] | None:
        """That `STATIC_ROOT` is not set, although the files are to be written into a folder."""
        root = self.root
        if not isinstance(root, Known) or root.value or not (self.is_used and self.is_local):
            return None
        return root.saying(f"{self.settings.path} does not set STATIC_ROOT")

    @property
    def place(self) -> Place | None:
        """Where the settings speak of static files: `STATIC_URL`, else the installed apps."""
        return self.settings.place_of("STATIC_URL") or self.settings.place_of("INSTALLED_APPS")
