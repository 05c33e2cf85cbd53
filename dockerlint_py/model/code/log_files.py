"""Log files that containers write, and what becomes of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from dockerlint_py.facts import Fact, Known
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.written_paths import beside_module, from_cwd
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.startups import Startup
    from dockerlint_py.python.frameworks.logs import LogFile

Trouble: TypeAlias = Literal["lost", "raced"]

_DEVICES = ("/dev/", "/proc/")
_WORDS = ("FileHandler", "basicConfig", "loguru")
_HANDLERS = regex(r"\b(?:\w{0,20}FileHandler|basicConfig|loguru)\b")


class RiskyLog(NamedTuple):
    """A log file: it is lost with its container, or several workers rotate it at once."""

    trouble: Trouble
    path: str
    place: Place
    because: tuple[Known[int], ...] = ()


def risky_logs_of(container: "Container") -> Iterator[RiskyLog]:
    """The log files of a service. Who starts an image without Compose may mount anything."""
    mounts = container.mounts
    if container.service is None or mounts.doubt or mounts.unseen:
        return
    for log, paths in _logs(container):
        if not paths or paths[0].startswith(_DEVICES):
            continue
        found = [mounts.at(path) for path in paths]
        workers = _workers(container)
        if all(isinstance(mount, Known) and mount.value is None for mount in found):
            yield RiskyLog("lost", paths[0], log.place)
        elif log.rotates and workers is not None:
            yield RiskyLog("raced", paths[0], log.place, (workers,))
    for path, place in _logs_of_servers(container):
        mount = mounts.at(path)
        if isinstance(mount, Known) and mount.value is None and not path.startswith(_DEVICES):
            yield RiskyLog("lost", path, place)


def _logs_of_servers(container: "Container") -> Iterator[tuple[str, Place]]:
    """The files that gunicorn is told to write to."""
    for server in container.servers:
        cwd = server.invocation.cwd
        if server.name != "gunicorn" or not server.is_certain or not isinstance(cwd, Known):
            continue
        for file in (server.settings.text("access_log"), server.settings.text("error_log")):
            if isinstance(file, Known) and file.value not in (None, "", "-") and file.places:
                yield joined(cwd.value, file.value or ""), file.places[0]


def _logs(container: "Container") -> Iterator[tuple["LogFile", tuple[str, ...]]]:
    """The handlers of all that the container starts, and the paths that they may write to."""
    from dockerlint_py.python.frameworks.logs import log_files_in

    for startup in container.code.startups:
        files = startup.application.python_files
        reached = files.graph.reachable([startup.file], optional=False)
        evaluator = startup.evaluator
        logs = startup.settings.log_files if startup.settings is not None else ()
        for path in files.with_text(_HANDLERS, reached, _WORDS):
            if path in startup.application.runtime and evaluator.is_understood:
                logs = (*logs, *log_files_in(evaluator, path))
        yield from ((log, paths_of(startup, container, log)) for log in logs)


def paths_of(startup: "Startup", container: "Container", log: "LogFile") -> tuple[str, ...]:
    """The paths of a container that a log file may have; none when its name is not known."""
    from dockerlint_py.python.evaluate.results import RepoPath

    name = log.filename
    if isinstance(name, RepoPath):
        return tuple(beside_module(container, log.place.path, name.path))
    return from_cwd(startup, name) if name is not None else ()


def _workers(container: "Container") -> Known[int] | None:
    """The number of workers of a server, where there are several."""
    for server in container.servers:
        workers: Fact[int | None] = server.workers
        if server.is_certain and isinstance(workers, Known) and (workers.value or 1) > 1:
            number = workers.value or 1
            places = workers.places or (server.place,)
            return Known(number, places, says=f"{server.name} starts {number} workers")
    return None
