"""Schedulers inside of an application that several processes serve."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.code.starting import Starting
from dockerlint_py.python.records import ModuleFacts
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.web_processes import Crowd, WebProcesses
    from dockerlint_py.python.frameworks.state import Scheduler

_MODULES = ("apscheduler", "flask_apscheduler", "fastapi_utils", "fastapi_utilities")
_USED = regex(rf"\b(?:{'|'.join(_MODULES)})\b")
_LOCK = regex(r"\bflock\b|lock\b|\bleader", re.IGNORECASE)
"""Words of code that lets one process alone go on."""
_IN_THREADS = ("APScheduler", "Flask-APScheduler", "fastapi-utils", "fastapi-utilities")
_FORKS_LATE = "uwsgi"
"""uWSGI imports the application before it forks, and threads do not survive that."""


class RepeatedScheduler(NamedTuple):
    """A scheduler, where it is started, and the processes that each start one."""

    library: str
    place: Place
    crowd: "Crowd"


def repeated_schedulers_of(processes: "WebProcesses") -> Iterator[RepeatedScheduler]:
    """The schedulers that the code of an application starts when it is served."""
    from dockerlint_py.python.frameworks.state import schedulers_in

    application = processes.application
    files = application.python_files
    starting = Starting(application)
    for path in files.with_text(_USED, application.files, _MODULES):
        if path not in application.runtime or _LOCK.search(files.text(path)):
            continue
        facts = files.facts(path)
        for found in schedulers_in(facts):
            if found.library not in _IN_THREADS:
                continue
            if not _is_started(starting, facts, found):
                continue
            crowd = next((each for each in processes.crowds if _is_repeated(each)), None)
            if crowd is not None:
                place = files.source(path).place(found.start, found.end)
                yield RepeatedScheduler(found.library, place, crowd)


def _is_started(starting: Starting, facts: ModuleFacts, found: "Scheduler") -> bool:
    """Whether it is started with the application; what a decorator repeats, when it is called."""
    for function in facts.functions:
        if any(each.start == found.start for each in function.decorators):
            return starting.runs(facts.path, function.scope, -1, function.start)
    return starting.runs(facts.path, found.scope, found.guard, found.start)


def _is_repeated(crowd: "Crowd") -> bool:
    """Whether each process starts what the application starts: unless it is imported before."""
    if crowd.are_containers:
        return True
    if crowd.server.name == _FORKS_LATE:
        return False
    return isinstance(crowd.preloads, Known) and not crowd.preloads.value
