"""Deployments that send tasks to workers and start none."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.finding import Role
from dockerlint_py.python import ModuleFacts, ModuleKind
from dockerlint_py.python.frameworks.tasks import SENDERS, SentTask, tasks_sent_in
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.file_set import FileSet

_DEPLOYED = (Role.PROD, Role.UNKNOWN)
_MODULES = ("celery", "rq", "django_rq", "dramatiq")
_USED = regex(rf"^(?:from|import)[ \t]+(?:{'|'.join(_MODULES)})\b", re.MULTILINE)
_SENT = regex(rf"\.(?:{'|'.join(SENDERS)})\(")
_RUN_AT_ONCE = regex(r"always_eager|\bis_async\b|[\"']ASYNC[\"']|StubBroker", re.IGNORECASE)
"""Settings with which a task runs where it is sent."""
_STARTED = {
    "Celery": {
        "celery": regex(r"(?<!--)\bworkers?\b(?![-.=(])|celery[-_]?worker|\bWorker\("),
        "worker_main": regex("worker_main"),
    },
    "RQ": {"rq": regex(r"rq[\"', \t_-]{0,9}worker|\bWorker\(")},
    "Dramatiq": {
        "dramatiq": regex(
            r"dramatiq[\"',]{0,2}[ \t]{1,9}[\"']?[\w.:-]|dramatiq[-_]?worker|\bWorker\("
        )
    },
}
"""Words of files, and lines in these, that may start a library's worker, here or elsewhere."""
_SWITCH = regex(r"\b[A-Z][A-Z0-9_]{3,}\b|\b(?:config|environ|getenv|flags?|settings)\b")
"""A test that configuration decides."""


class MissingWorker(NamedTuple):
    """A service that sends tasks to a library's workers, of which its file set has none."""

    library: str
    place: Place
    sent: Known[str]


def missing_workers_of(application: "Application") -> Iterator[MissingWorker]:
    """The deployments of an application whose tasks nothing runs."""
    file_sets = deployed_sets(application)
    if not file_sets:
        return
    sent = _first_of_each(application)
    for library, task in sent.items():
        if any(application.repository.says(*each) for each in _STARTED[library].items()):
            continue
        for file_set in file_sets:
            serving = _serving(application, file_set)
            if serving is not None and not _has_worker(file_set):
                yield MissingWorker(library, serving.place, task)


def deployed_sets(application: "Application") -> "tuple[FileSet, ...]":
    """The file sets that deploy an application, or may do so."""
    deployed = (c for c in application.containers if c.role in _DEPLOYED)
    return tuple(dict.fromkeys(c.file_set for c in deployed if c.file_set is not None))


def sent_by(application: "Application") -> Iterator[tuple[str, SentTask]]:
    """The tasks that an application surely sends to workers, with the files that do."""
    files = application.python_files
    if next(files.with_text(_USED, application.files, _MODULES), None) is None:
        return
    if any(
        _RUN_AT_ONCE.search(files.text(path))
        for path in application.files
        if files.kind(path) is not ModuleKind.TEST
    ):
        return
    for path in files.with_text(_SENT, sorted(application.runtime), SENDERS):
        for task in tasks_sent_in(application.origins, path):
            if not _is_switched(files.facts(path), files.text(path), task):
                yield path, task


def _first_of_each(application: "Application") -> dict[str, Known[str]]:
    """The first task that the application surely sends, for each library."""
    found: dict[str, Known[str]] = {}
    for path, task in sent_by(application):
        call = task.site.call
        place = application.python_files.source(path).place(call.start, call.end)
        says = f"a task is sent to {task.library}"
        found.setdefault(task.library, Known(path, (place,), says=says))
    return found


def _is_switched(facts: ModuleFacts, text: str, task: SentTask) -> bool:
    """Whether configuration decides that a task is sent."""
    return any(
        guard.test is not None and _SWITCH.search(text[guard.test.start : guard.test.end])
        for guard in facts.guards_of(task.site.guard)
    )


def _serving(application: "Application", file_set: "FileSet") -> "Container | None":
    """The first container of a file set that surely serves the application."""
    for container in application.containers:
        if container.file_set is file_set and container.role in _DEPLOYED:
            for server in container.servers:
                served = server.served.module
                if (
                    server.is_web
                    and server.is_certain
                    and isinstance(served, Known)
                    and served.value.path in application.files
                ):
                    return container
    return None


def _has_worker(file_set: "FileSet") -> bool:
    """Whether a file set has a worker, or may have one."""
    servers = (server for c in file_set.containers for server in c.servers)
    return may_run_anything(file_set) or any(each.kind.role == "worker" for each in servers)


def may_run_anything(file_set: "FileSet") -> bool:
    """Whether a file set has a service of which it is not known what it runs."""
    return bool(file_set.loaded.gaps) or any(
        c.process.unknown is not None and (c.build is not None or not c.base.is_known)
        for c in file_set.containers
    )
