"""Queues of Celery that tasks are sent to, and that no worker of a deployment takes from."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.programs.missing_workers import deployed_sets, may_run_anything, sent_by
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.file_set import FileSet
    from dockerlint_py.model.servers.server import RunningServer

_DEFAULT = "celery"
_ROUTED = regex(
    r"(?i)task_routes|celery_routes|_queues\b|task_queue|default_queue|default_exchange|add_consumer"
    r"|default_routing_key|task_router|queue_name_prefix|keyprefix|config_from_envvar|(?-i:\.Task\b)"
)
"""What code has that decides on queues in a way that is not followed."""
_WORKER = regex(r"(?<!--)\bworkers?\b(?![-.=(])|celery[-_]?worker|\bWorker\(|worker_main")
_VARIABLE = "CELERY_WORKER_QUEUES"
"""Celery's commands take their options from variables too."""


class StarvedQueue(NamedTuple):
    """A queue, where a task is sent to it, and the workers, which take from others."""

    name: str
    place: Place
    because: tuple[Known[str], ...]


class _Taken(NamedTuple):
    """The queues that the workers of a deployment take from, and the workers, to be cited."""

    names: frozenset[str]
    because: tuple[Known[str], ...]


def starved_queues_of(application: "Application") -> Iterator[StarvedQueue]:
    """The queues that tasks of an application surely go to and that no worker looks at."""
    files = application.python_files
    sent = [each for each in sent_by(application) if each[1].library == "Celery"]
    if not sent or any(_ROUTED.search(files.text(path)) for path in application.files):
        return
    for file_set in deployed_sets(application):
        taken = _taken_in(file_set)
        if taken is None or _may_have_others(application, file_set):
            continue
        for path, task in sent:
            queue = task.queue or (_DEFAULT if task.queue == "" else None)
            if queue is not None and queue not in taken.names:
                call = task.site.call
                place = files.source(path).place(call.start, call.end)
                yield StarvedQueue(queue, place, taken.because)


def _taken_in(file_set: "FileSet") -> _Taken | None:
    """What the workers of a file set take from; None without workers, or if that is not known."""
    if may_run_anything(file_set):
        return None
    names: set[str] = set()
    because: list[Known[str]] = []
    for container in file_set.containers:
        for server in container.servers:
            if server.kind.role != "worker":
                continue
            queues = _queues_of(server)
            if queues is None:
                return None
            names.update(queues)
            because.append(server.fact(f"a worker takes from {', '.join(queues)}"))
    return _Taken(frozenset(names), tuple(because)) if names else None


def _queues_of(server: "RunningServer") -> tuple[str, ...] | None:
    """The queues of one worker of Celery; None if they are not known."""
    line, variable = server.line, server.invocation.env.get(_VARIABLE)
    if server.name != "celery worker" or line is None or line.is_unclear or line.doubt is not None:
        return None
    if not isinstance(variable, Known) or variable.value is not None:
        return None
    if line.given("-X", "--exclude-queues") or any(word.dynamic for word in line.words):
        return None
    given = line.given("-Q", "--queues")
    if not given:
        return (_DEFAULT,)
    return tuple(name.strip() for each in given for name in (each.value or "").split(","))


def _may_have_others(application: "Application", file_set: "FileSet") -> bool:
    """Whether other files than those of the deployment may start workers."""
    repository = application.repository
    own = (*(s.path for s in file_set.loaded.sources), *repository.discovered.dockerfiles)
    return repository.says("celery", _WORKER, without=own)
