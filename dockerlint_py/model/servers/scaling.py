"""How many processes a server has, and where that number comes from."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.servers.sources import Values
from dockerlint_py.model.services.orchestration import is_limited, is_replicated
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Span

if TYPE_CHECKING:
    from dockerlint_py.model.servers.server import RunningServer
    from dockerlint_py.python.expressions import Expr
    from dockerlint_py.python.records import ModuleFacts

SCALING = ("gunicorn", "uvicorn", "fastapi run", "hypercorn", "granian", "uwsgi")
"""Servers that start several processes when they are told to."""

_SHELL_COUNTS = ("nproc", "/proc/cpuinfo", "getconf _NPROCESSORS_ONLN")


class OfHostCpus(NamedTuple):
    """A number of workers that is that of the host's CPUs: where it is counted.

    `limit` is what Compose lets the container have of them.
    """

    place: Place
    counter: str
    limit: Known[str] | None


def single_worker(server: "RunningServer") -> Known[int | None] | None:
    """That a server of production has one process for want of a number; None when it has more."""
    workers, threads = server.workers, server.threads
    if server.name not in SCALING or server.code is not None or not server.is_certain:
        return None
    if not isinstance(workers, Known) or workers.value != 1 or workers.places:
        return None
    if not isinstance(threads, Known) or (threads.value or 1) > 1:
        return None
    reload = server.reload
    if not isinstance(reload, Known) or reload.value:
        return None
    service = server.container.service
    if is_replicated(service) is not False or (service is not None and is_limited(service)):
        return None
    return None if server.container.repository.platform is not None else workers


def of_host_cpus(server: "RunningServer") -> OfHostCpus | None:
    """Where the number of workers is counted from the CPUs of the host; None when it is not."""
    if server.name not in SCALING or not isinstance(server.workers, Unknown):
        return None
    found = _in_code(server) or _in_shell(server)
    if found is None:
        return None
    service = server.container.service
    limit = is_limited(service) if service is not None else None
    return OfHostCpus(found[0], found[1], limit)


def _in_shell(server: "RunningServer") -> tuple[Place, str] | None:
    """`--workers $(nproc)`."""
    line = server.line
    given = line.given("-w", "--workers", "-p", "--processes") if line is not None else ()
    if line is None or not given or given[-1].value_word is None:
        return None
    word = line.words[given[-1].value_word]
    counter = next((each for each in _SHELL_COUNTS if each in word.raw), None)
    return (word.place, counter.partition(" ")[0]) if counter is not None else None


def _in_code(server: "RunningServer") -> tuple[Place, str] | None:
    """The number in gunicorn's configuration file, or in the call that starts the server."""
    path = server.settings.source_of("workers")
    source = next((s for s in server.settings.sources if s.kind == path), None)
    files = server.container.repository.python_files
    if not isinstance(source, Values) or path not in files.modules.known:
        return None
    value = source.value("workers")
    if value is None or any(read.state != "unset" for read in value.origin.reads):
        return None
    facts = files.facts(path)
    given = _assigned(facts) if server.code is None else _argument(facts, server.code.place.span)
    if given is None:
        return None
    span, expr = given
    from dockerlint_py.model.servers.cpu_counts import cpu_counter

    counter = cpu_counter(facts, expr)
    return (files.source(path).place(*span), counter) if counter else None


def _assigned(facts: "ModuleFacts") -> "tuple[Span, Expr] | None":
    """The last assignment to `workers`."""
    item = next((a for a in reversed(facts.assignments) if a.target == "workers"), None)
    if item is None or item.value is None or item.guard >= 0:
        return None
    return Span(item.start, item.end), item.value


def _argument(facts: "ModuleFacts", call: Span) -> "tuple[Span, Expr] | None":
    """`workers=` in a call."""
    sites = (s.call for s in facts.calls if (s.call.start, s.call.end) == call)
    keywords = (keyword for site in sites for keyword in site.keywords)
    expr = next((keyword.value for keyword in keywords if keyword.name == "workers"), None)
    return (Span(expr.start, expr.end), expr) if expr is not None else None
