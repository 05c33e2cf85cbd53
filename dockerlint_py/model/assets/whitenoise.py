"""WhiteNoise among Django's middleware: where it stands, and whether it has files to serve."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.assets.static_files import StaticFiles
from dockerlint_py.model.code.settings import ListItem, Settings
from dockerlint_py.python import ModuleKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application

_WRAPPER = regex(r"\bWhiteNoise\(")
_PREFIX = "whitenoise."
_FIRST = ("django.middleware.security.SecurityMiddleware",)
_DJANGOS = ("django.middleware.", "django.contrib.")
OTHER_SOURCES = ("WHITENOISE_AUTOREFRESH", "WHITENOISE_ROOT", "WHITENOISE_USE_FINDERS")
"""Settings with which it serves other files than those of `STATIC_ROOT`."""


class Misplaced(NamedTuple):
    """WhiteNoise behind middleware that should come later."""

    place: Place
    before: ListItem


class Starved(NamedTuple):
    """WhiteNoise without a folder to serve, and why that is known."""

    place: Place
    because: tuple[Known[Any], ...]


def whitenoise_of(application: "Application") -> Iterator[Place]:
    """WhiteNoise among the middleware of production, or around an application object."""
    for settings in application.production_settings:
        item = whitenoise_in(settings)
        if item is not None:
            yield item.place
    files = application.python_files
    for path in files.with_text(_WRAPPER, application.files, ("WhiteNoise(",)):
        if files.kind(path) is ModuleKind.MODULE:
            for site in files.facts(path).calls_to("whitenoise.WhiteNoise"):
                yield files.source(path).place(site.call.start, site.call.end)


def misplaced_of(application: "Application") -> Iterator[Misplaced]:
    """Where Django's own middleware has work with each static file that WhiteNoise serves.

    What others wrote may have to come first, as the middleware of tenants or of metrics.
    """
    for settings in application.settings:
        before: ListItem | None = None
        for item in settings.items("MIDDLEWARE"):
            if item.text.startswith(_PREFIX):
                if before is not None:
                    yield Misplaced(item.place, before)
                break
            if item.text.startswith(_DJANGOS) and item.text not in _FIRST:
                before = before or item


def starved_of(application: "Application") -> Iterator[Starved]:
    """Where settings of production give WhiteNoise no folder."""
    for settings in application.production_settings:
        static, debug = StaticFiles(settings), settings.get("DEBUG")
        item = whitenoise_in(settings)
        if item is None or static.lacks_root is None or static.content is None:
            continue
        others = any(settings.has(name) is not False for name in OTHER_SOURCES)
        if isinstance(debug, Known) and not debug.value and not others:
            yield Starved(item.place, (static.lacks_root, debug, static.content))


def whitenoise_in(settings: Settings) -> ListItem | None:
    """WhiteNoise in `MIDDLEWARE`."""
    items = settings.items("MIDDLEWARE")
    return next((item for item in items if item.text.startswith(_PREFIX)), None)
