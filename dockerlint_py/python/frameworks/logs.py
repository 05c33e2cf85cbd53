"""Log handlers that write files: in code, and in dicts for `logging.config.dictConfig`."""

from collections.abc import Iterable, Iterator

from dockerlint_py.python.evaluate import Evaluator, Value
from dockerlint_py.python.evaluate.inside import value_in
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.results import RepoPath
from dockerlint_py.python.evaluate.values import Located, Mapping, Plain, PurePath
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

_HANDLERS = {
    "logging.FileHandler": "FileHandler",
    "logging.handlers.WatchedFileHandler": "WatchedFileHandler",
    "logging.handlers.RotatingFileHandler": "RotatingFileHandler",
    "logging.handlers.TimedRotatingFileHandler": "TimedRotatingFileHandler",
}


_LIMITS = ("maxBytes", "backupCount")
"""The options of RotatingFileHandler without which it never renames a file, in their order."""
_FIRST_LIMIT = 2


class LogFile(NamedTuple):
    """A handler that writes a file; the name is None when it is not known.

    `rotates` tells that it surely renames the file, which several processes cannot share.
    """

    handler: str
    filename: str | RepoPath | None
    place: Place
    rotates: bool = False


def log_files_in(evaluator: Evaluator, path: str) -> Iterator[LogFile]:
    """The file handlers that a module makes in code."""
    frame = evaluator.module(path)
    for site in frame.facts.calls:
        place = frame.place(site.call.start, site.call.end)
        name = _HANDLERS.get(site.path, "")
        expr = site.call.argument(0, "filename")
        if site.path == "loguru.logger.add":
            name, expr = "loguru", site.call.argument(0, "sink")
        elif site.path == "logging.basicConfig":
            name, expr = "FileHandler", site.call.keyword("filename")
        if not name or expr is None:
            continue
        filename = file_name(value_in(evaluator, frame, expr, site.scope))
        limits = (
            value_in(evaluator, frame, limit, site.scope)
            for number, option in enumerate(_LIMITS, _FIRST_LIMIT)
            if (limit := site.call.argument(number, option))
        )
        if filename is not None or name != "loguru":
            yield LogFile(name, filename, place, _rotates(name, limits))


def log_files_of(config: Value) -> Iterator[LogFile]:
    """The file handlers of a dict for `dictConfig`, such as Django's LOGGING."""
    handlers = config.entries.get("handlers") if isinstance(config, Mapping) else None
    if not isinstance(handlers, Mapping):
        return
    for handler in handlers.entries.values():
        if not isinstance(handler, Mapping) or "class" not in handler.entries:
            continue
        cls = handler.entries["class"]
        name = _HANDLERS.get(plain_text(cls) or "", "")
        value = handler.entries.get("filename")
        if name and cls.origin.places:
            places = (value or cls).origin.places or cls.origin.places
            filename = None if value is None else file_name(value)
            limits = (handler.entries[option] for option in _LIMITS if option in handler.entries)
            yield LogFile(name, filename, places[-1], _rotates(name, limits))


def _rotates(handler: str, limits: Iterable[Value]) -> bool:
    if handler == "RotatingFileHandler":
        given = [each for each in limits if isinstance(each, Plain) and each.value]
        return len(given) == len(_LIMITS)
    return handler == "TimedRotatingFileHandler"


def file_name(value: Value) -> str | RepoPath | None:
    """The path that a value names; None when it is not known, or no path."""
    if isinstance(value, Located):
        return RepoPath(value.path)
    return value.path if isinstance(value, PurePath) else plain_text(value)
