"""Socket.IO servers in applications that several processes serve."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.web_processes import Crowd, WebProcesses

_MADE = (
    *("flask_socketio.SocketIO", "socketio.AsyncServer", "socketio.Server"),
    "fastapi_socketio.SocketManager",
)
_USED = regex(r"\b(?:socketio|flask_socketio|fastapi_socketio)\b")
_WORDS = ("socketio",)
_SHARED = regex(r"\b(?:message_queue|client_manager)\b")
"""Options that let processes send to the clients of others."""
_WEBSOCKETS_ALONE = regex(r"\btransports[ \t]*=|[\"']transports[\"'][ \t]*:")


class SplitSockets(NamedTuple):
    """A Socket.IO server, and the processes that share its clients.

    `refuses` tells that requests of one client come to workers that do not know it; else they
    only cannot send to one another's clients.
    """

    place: Place
    crowd: "Crowd"
    refuses: bool


def split_sockets_of(processes: "WebProcesses") -> Iterator[SplitSockets]:
    """The Socket.IO servers of an application; replicas may well be behind a sticky proxy."""
    application = processes.application
    files = application.python_files
    paths = [
        p for p in files.with_text(_USED, application.files, _WORDS) if p in application.runtime
    ]
    if not paths:
        return
    shared = any(_SHARED.search(files.text(path)) for path in application.files)
    alone = any(_WEBSOCKETS_ALONE.search(files.text(path)) for path in paths)
    workers = [each for each in processes.crowds if not each.are_containers]
    replicas = [each for each in processes.crowds if each.are_containers]
    crowds = [*([] if alone and shared else workers), *([] if shared else replicas)]
    for path in paths if crowds else ():
        for site in files.facts(path).calls_to(*_MADE):
            place = files.source(path).place(site.call.start, site.call.end)
            refuses = not alone and not crowds[0].are_containers
            yield SplitSockets(place, crowds[0], refuses)
