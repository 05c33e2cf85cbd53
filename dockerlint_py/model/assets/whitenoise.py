"""WhiteNoise among Django's middleware: where it stands, and whether it has files to serve."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.assets.static_files import StaticFiles
from dockerlint_py.model.code.settings import ListItem, Settings
from dockerlint_py.model.finding import Role
from dockerlint_py.model.packages.presence import presence
from dockerlint_py.python import ModuleKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container

_WRAPPER = regex(r"\bWhiteNoise\(")
_OWN = regex(r"(?:^|/)whitenoise(?:/|\.py$)")
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
    """WhiteNoise that has no files to serve: the setting or command that is missing, and why."""

    lacks: str
    place: Place
    because: tuple[Known[Any], ...]


class Uninstalled(NamedTuple):
    """WhiteNoise in the middleware of a web server in whose image it is not installed."""

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
    """Where WhiteNoise has no files in production: no folder, or nothing that fills it."""
    for settings in application.production_settings:
        static, debug = StaticFiles(settings), settings.get("DEBUG")
        item = whitenoise_in(settings)
        if item is None or static.lacks_root is None or static.content is None:
            continue
        others = any(settings.has(name) is not False for name in OTHER_SOURCES)
        if isinstance(debug, Known) and not debug.value and not others:
            because = (static.lacks_root, debug, static.content)
            yield Starved("STATIC_ROOT", item.place, because)
    for container in application.containers:
        never, item = container.static.never_collected, _item_in(container)
        if never is not None and item is not None and container.role is Role.PROD:
            place = container.lacking_place(lambda each: each.static.never_collected)
            yield Starved("collectstatic", place, (item.fact, *never))


def uninstalled_of(application: "Application") -> Iterator[Uninstalled]:
    """Where a web server loads WhiteNoise for sure, and nothing installs it."""
    for container in application.containers:
        item = _item_in(container)
        if item is None:
            continue
        installed = presence(container, "whitenoise")
        if isinstance(installed, Known) and not installed.value and not _is_own(application):
            yield Uninstalled(item.place, (item.fact, installed))


def _item_in(container: "Container") -> ListItem | None:
    """WhiteNoise among the middleware of a web server that a container runs for sure."""
    for startup in container.code.startups:
        serving, settings = startup.invocation.serving, startup.settings
        if serving is None or serving.server.role != "web" or settings is None:
            continue
        if not startup.invocation.is_conditional:
            return whitenoise_in(settings)
    return None


def _is_own(application: "Application") -> bool:
    """Whether the repository has a module of that name itself."""
    paths = application.python_files.paths
    return any(_OWN.search(path) for path in paths)


def whitenoise_in(settings: Settings) -> ListItem | None:
    """WhiteNoise in `MIDDLEWARE`, if it is there for certain."""
    items = settings.items("MIDDLEWARE")
    return next((item for item in items if item.text.startswith(_PREFIX)), None)
