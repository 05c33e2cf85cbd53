"""Views of Django: the functions of an application that its URL configurations lead to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.python.frameworks.routes import django_routes
from dockerlint_py.python.origins import Origin
from dockerlint_py.python.records import Function
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application

_ROUTES = regex(r"\b(?:path|re_path|url)\(")
_ROUTE_WORDS = ("path(", "url(")
_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})


class DjangoView(NamedTuple):
    """A function, or a method of a class, that answers requests, and the route that leads to it."""

    file: str
    function: Function
    route: str | None
    place: Place


def django_views_of(application: "Application") -> Iterator[DjangoView]:
    """The views that URL configurations name: functions, and methods of classes."""
    files, origins = application.python_files, application.origins
    for path in files.with_text(_ROUTES, sorted(application.runtime), _ROUTE_WORDS):
        for route in django_routes(files.facts(path)):
            origin = origins.of(route.view, 0, path) if route.view else Origin("")
            if origin.file is None:
                continue
            place = files.source(path).place(route.start, route.end)
            for function in _answering(application, origin):
                yield DjangoView(origin.file, function, route.route, place)


def _answering(application: "Application", origin: Origin) -> Iterator[Function]:
    """The functions of ours that answer for what a route leads to."""
    cls = origin.path.removesuffix(".as_view()")
    names = [origin.path] if cls == origin.path else [f"{cls}.{name}" for name in sorted(_METHODS)]
    for name in names:
        function = application.origins.function(Origin(name, origin.file))
        if function is not None:
            yield function
