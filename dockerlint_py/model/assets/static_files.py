"""Static files of Django as one settings module has them."""

from functools import cached_property

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.assets.static_content import ADMIN, Content, static_contents_of
from dockerlint_py.model.code.settings import Settings
from dockerlint_py.python.evaluate.results import Python
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

APP = "django.contrib.staticfiles"
_ADMIN_URLS = regex(r"\bsite\.urls\b")
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
    def contents(self) -> tuple[Content, ...]:
        """The apps and folders that are known to have static files."""
        return tuple(static_contents_of(self.settings)) if self.is_used else ()

    @property
    def content(self) -> Known[str] | None:
        """One of them; None when none is known."""
        return self.contents[0].fact if self.contents else None

    @cached_property
    def shown(self) -> Content | None:
        """One of them that pages show for sure: own files, or the admin where URLs lead to it."""
        for content in self.contents:
            if content.folder is not None or (content.name in ADMIN and self._has_admin):
                return content
        return None

    @property
    def url(self) -> Fact[str]:
        """The path that static files have on the server; unknown for another host's URL."""
        fact = self.settings.get("STATIC_URL")
        if not isinstance(fact, Known) or not isinstance(fact.value, str) or not fact.value:
            return Unknown("STATIC_URL is not known")
        if "//" in fact.value:
            return Unknown("STATIC_URL is on another host")
        return Known(f"/{fact.value.strip('/')}/", fact.places, fact.confidence)

    @property
    def _has_admin(self) -> bool:
        application = self.settings.application
        files = application.python_files
        return any(True for _ in files.with_text(_ADMIN_URLS, application.files, ("site.urls",)))

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
