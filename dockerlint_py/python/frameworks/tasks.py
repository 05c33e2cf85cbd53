"""Tasks that code hands over to workers: Celery's, RQ's and Dramatiq's."""

from collections.abc import Iterator

from dockerlint_py.python.expressions import Call, Const
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.origins import Origin, Origins
from dockerlint_py.python.records import CallSite, Function
from dockerlint_py.record import NamedTuple

_DECORATORS = {
    "celery.shared_task": "Celery",
    "celery.Celery().task": "Celery",
    "celery.app.Celery().task": "Celery",
    "rq.decorators.job": "RQ",
    "django_rq.job": "RQ",
    "dramatiq.actor": "Dramatiq",
}
_METHODS = {
    "delay": ("Celery", "RQ"),
    "apply_async": ("Celery",),
    "send": ("Dramatiq",),
    "send_with_options": ("Dramatiq",),
}
"""What sends a task, called on the function that a decorator made one of."""
_CALLS = {
    "celery.Celery().send_task": "Celery",
    "celery.current_app.send_task": "Celery",
    "rq.Queue().enqueue": "RQ",
    "rq.Queue().enqueue_call": "RQ",
    "django_rq.enqueue": "RQ",
    "django_rq.get_queue().enqueue": "RQ",
}
_OTHER_WAYS = frozenset({None, "routing_key", "exchange", "router", "producer", "connection"})
"""Keywords of Celery that may decide on the queue too; None is `**options`."""
SENDERS = (*_METHODS, "send_task", "enqueue", "enqueue_call")
"""Last parts of all these calls."""


class SentTask(NamedTuple):
    """A call that sends a task to the workers of a library.

    `function` is the task itself; None where it is sent by its name.
    """

    library: str
    site: CallSite
    function: Function | None = None

    @property
    def queue(self) -> str | None:
        """The queue that the call or the task names for Celery; empty: none; None: not known."""
        written = [self.site.call]
        if self.function is not None:
            written += [each for each in self.function.decorators if isinstance(each, Call)]
        for call in written:
            names = {keyword.name: keyword.value for keyword in call.keywords}
            if not names.keys().isdisjoint(_OTHER_WAYS) or (call.args and call is not written[0]):
                return None
            given = names.get("queue")
            if given is not None:
                value = given.value if isinstance(given, Const) else None
                return value if isinstance(value, str) else None
        return ""


def tasks_sent_in(origins: Origins, file: str) -> Iterator[SentTask]:
    """The calls of a file that send tasks; what tasks themselves send is left out."""
    facts = origins.facts(file)
    for site in facts.calls:
        if site.path.rpartition(".")[2] not in SENDERS:
            continue
        library = _library(origins, origins.of(site.path, site.scope, file))
        around = facts.function_of(site.scope)
        if library and not (around and _task_library(origins, file, around)):
            yield SentTask(library, site, _task(origins, file, site))


def _task(origins: Origins, file: str, site: CallSite) -> Function | None:
    """The function that is sent."""
    origin = origins.of(site.path, site.scope, file)
    return origins.function(Origin(origin.path.rpartition(".")[0], origin.file))


def _library(origins: Origins, origin: Origin) -> str:
    """Whose task something sends when it is called; empty when it sends none."""
    if origin.path in _CALLS:
        return _CALLS[origin.path]
    holder, _, method = origin.path.rpartition(".")
    function = origins.function(Origin(holder, origin.file))
    if function is None or origin.file is None:
        return ""
    library = _task_library(origins, origin.file, function)
    return library if library in _METHODS.get(method, ()) else ""


def _task_library(origins: Origins, file: str, function: Function) -> str:
    """Whose task a function is; empty when it is none."""
    outer = origins.facts(file).scopes[function.scope].parent
    for decorator in function.decorators:
        named = origins.receivers(file).names.path(path_of(decorator), outer)
        followed = origins.of(named.removesuffix("()"), outer, file).path
        if followed in _DECORATORS:
            return _DECORATORS[followed]
    return ""
