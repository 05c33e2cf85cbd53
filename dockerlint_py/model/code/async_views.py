"""Asynchronous views of applications that are served through WSGI."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.code.django_views import django_views_of
from dockerlint_py.model.finding import Role
from dockerlint_py.python.frameworks.routes import handlers_in
from dockerlint_py.python.notation import last_name
from dockerlint_py.python.records import Function
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.web_processes import WebProcesses

_ASYNC = regex(r"\basync[ \t]+def\b")
_FANS_OUT = regex(r"\b(?:as_completed|create_task|create_task_group|gather|TaskGroup|wait)\(")
"""What waits for several things at once, which pays with any server."""
_SERVED_ELSEWHERE = regex(r"\basgi:")
"""What a Procfile or a script points an ASGI server at."""
_MADE_SYNC = "async_to_sync"


class AsyncViews(NamedTuple):
    """The asynchronous views of an application: the first of them, how many, and the server."""

    name: str
    place: Place
    number: int
    server: Known[str]


def async_views_of(processes: "WebProcesses") -> AsyncViews | None:
    """The asynchronous views of an application that WSGI servers alone serve."""
    server = _wsgi_server(processes)
    application = processes.application
    files = application.python_files
    asynchronous = set(files.with_text(_ASYNC, application.runtime, ("async",)))
    if server is None or not asynchronous:
        return None
    if any(_FANS_OUT.search(files.text(path)) for path in asynchronous):
        return None
    views = dict.fromkeys([*_flask_views(processes, asynchronous), *_django_views(processes)])
    if not views:
        return None
    path, start, name = min(views)
    place = files.source(path).place(start, start + len("async def"))
    return AsyncViews(name, place, len(views), server)


def _wsgi_server(processes: "WebProcesses") -> Known[str] | None:
    """A server of the application; None unless all of them are known, and speak WSGI."""
    application = processes.application
    deployed = [c for c in application.containers if c.role not in (Role.DEV, Role.TEST)]
    servers = [s for c in deployed for s in c.servers if s.is_web]
    if not processes.servers or any(c.process.unknown is not None for c in deployed):
        return None
    for server in servers:
        interface = server.interface
        if not (server.is_certain and isinstance(interface, Known) and interface.value == "wsgi"):
            return None
    if application.repository.says("asgi", _SERVED_ELSEWHERE):
        return None
    first = processes.servers[0]
    return first.fact(f"{first.name} serves it through WSGI")


_View = tuple[str, int, str]
"""The file of a view, where its function starts, and its name: in the order of reports."""


def _flask_views(processes: "WebProcesses", paths: set[str]) -> Iterator[_View]:
    files = processes.application.python_files
    for path in paths:
        for handler in handlers_in(files.facts(path)):
            if handler.framework == "Flask" and _is_asynchronous(handler.function):
                yield path, handler.function.start, handler.function.name


def _django_views(processes: "WebProcesses") -> Iterator[_View]:
    """The views that URL configurations name: functions, and methods of classes."""
    for view in django_views_of(processes.application):
        if _is_asynchronous(view.function):
            yield view.file, view.function.start, view.function.name


def _is_asynchronous(function: Function) -> bool:
    made_sync = any(last_name(decorator) == _MADE_SYNC for decorator in function.decorators)
    return function.is_async and not made_sync
