"""What becomes of static files: whether, where and with what settings they are collected."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.assets.static_files import StaticFiles
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application


class Uncollectable(NamedTuple):
    """A run of `collectstatic` under settings without `STATIC_ROOT`; `place` is in the settings.

    Without any static file to collect it would not mind.
    """

    place: Place
    because: tuple[Known[Any], ...]


def uncollectable_of(application: "Application") -> Iterator[Uncollectable]:
    """The runs of `collectstatic` that end with ImproperlyConfigured."""
    for run in application.management_runs:
        settings = run.settings_among(application.settings)
        if run.command != "collectstatic" or not isinstance(settings, Known):
            continue
        static = StaticFiles(settings.value)
        if static.lacks_root is not None and static.content is not None:
            because = (run.fact, static.lacks_root, static.content)
            yield Uncollectable(static.place or run.place, because)
