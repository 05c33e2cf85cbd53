"""Code that creates the tables of SQLAlchemy's models when an application starts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.code.starting import Starting
from dockerlint_py.python import ModuleKind
from dockerlint_py.python.expressions import Expr
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import CallSite
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application

_NAMED = "create_all"
_CREATES = regex(r"\bcreate_all\b")
_HOLDERS = ("metadata", "db")
"""What SQLAlchemy, SQLModel and Flask-SQLAlchemy have the method on, by its usual name."""
_HANDED_TO = ("run_sync", "run_in_threadpool", "to_thread")


class TableCreation(NamedTuple):
    """A call that creates tables, and why it should not: revisions do it, or several workers."""

    place: Place
    revisions: Known[str] | None
    workers: Known[int] | None


def table_creations_of(application: "Application") -> Iterator[TableCreation]:
    """The calls that are sure to be made when it starts, where something else speaks against."""
    files = application.python_files
    revisions = _revisions(application)
    crowds = (crowd for crowd in application.web_processes.crowds if not crowd.are_containers)
    several = next(
        (c for c in crowds if isinstance(c.preloads, Known) and not c.preloads.value), None
    )
    if revisions is None and several is None:
        return
    starting = Starting(application)
    for path in files.with_text(_CREATES, application.files, (_NAMED,)):
        facts = files.facts(path)
        for site in facts.calls if path in application.runtime else ():
            expr = _creating(site)
            if expr and starting.runs(path, site.scope, site.guard, site.call.start):
                place = files.source(path).place(expr.start, expr.end)
                yield TableCreation(place, revisions, several.number if several else None)


def may_create_tables(application: "Application") -> bool:
    """Whether some module of an application speaks of creating tables without a revision."""
    files = application.python_files
    modules = [path for path in application.files if files.kind(path) is ModuleKind.MODULE]
    return any(True for _ in files.with_text(_CREATES, modules, (_NAMED,)))


def _creating(site: CallSite) -> Expr | None:
    """The call, or what is handed over to be called in a thread or greenlet."""
    if _is_create_all(site.path):
        return site.call
    if site.path.rpartition(".")[2] in _HANDED_TO and site.call.args:
        first = site.call.args[0]
        return first if _is_create_all(path_of(first)) else None
    return None


def _is_create_all(path: str) -> bool:
    holder, _, name = path.rpartition(".")
    return name == _NAMED and holder.rpartition(".")[2].lstrip("@") in _HOLDERS


def _revisions(application: "Application") -> Known[str] | None:
    for history in application.histories:
        if history.files:
            source = application.python_files.source(history.env)
            says = f"{history.folder} has revisions of Alembic"
            return Known(history.folder, (source.place(0, 0),), says=says)
    return None
