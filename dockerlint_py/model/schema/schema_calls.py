"""Calls in code that change the schema of a database whenever an application starts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.knowledge.schema_commands import (
    applies_migrations,
    destroys_data,
    writes_migrations,
)
from dockerlint_py.model.code.starting import Starting
from dockerlint_py.python.expressions import Attr, Const, Name
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import CallSite
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.code.web_processes import Crowd
    from dockerlint_py.model.container import Container

_USED = regex(r"\b(?:drop_all|drop_database|call_command|alembic|flask_migrate)\b")
_WORDS = ("drop_all", "drop_database", "call_command", "alembic", "flask_migrate")
_LOCK = regex(r"(?i:advisory|\block|[_-]lock|filelock)")
_ONLY_LOOK = frozenset({"check", "check_changes", "dry_run", "plan", "sql"})
_DJANGO = ("django.core.management.call_command", "django.core.management.base.call_command")
_ALEMBIC = "alembic.command."
_FLASK = "flask_migrate."
_DROPS = "dropdb"
"""What `drop_all` and `drop_database` stand for among commands."""


class SchemaCall(NamedTuple):
    """A call that is sure to run at the start, as the command that it stands for.

    `at_import`: it runs when its module is imported. `is_locked`: its file takes a lock.
    """

    program: str
    arguments: tuple[str, ...]
    text: str
    place: Place
    at_import: bool
    is_locked: bool

    @property
    def writes(self) -> bool:
        """Whether it makes files of migrations."""
        return writes_migrations(self.program, self.arguments)

    @property
    def destroys(self) -> bool:
        """Whether it empties or drops a database."""
        return destroys_data(self.program, self.arguments)

    @property
    def applies(self) -> bool:
        """Whether it applies migrations."""
        return applies_migrations(self.program, self.arguments)


def schema_calls_of(application: "Application") -> Iterator[SchemaCall]:
    """The calls in the code that is imported when an application serves."""
    files = application.python_files
    starting = Starting(application)
    for path in files.with_text(_USED, application.files, _WORDS):
        if path not in application.runtime:
            continue
        facts = files.facts(path)
        locked = bool(_LOCK.search(files.text(path)))
        for site in facts.calls:
            found = _command(site)
            if found is None or not starting.runs(path, site.scope, site.guard, site.call.start):
                continue
            program, *arguments = found
            place = files.source(path).place(site.call.start, site.call.end)
            at_import = facts.at_import(site.scope)
            yield SchemaCall(program, tuple(arguments), _shown(site), place, at_import, locked)


def served_schema_calls(
    container: "Container",
) -> "Iterator[tuple[SchemaCall, tuple[Crowd, ...]]]":
    """The calls of the applications that a container serves, and the processes that make them."""
    for application in container.repository.applications:
        calls = application.schema_calls
        processes = application.web_processes
        if calls and any(server.container is container for server in processes.servers):
            crowds = tuple(c for c in processes.crowds if c.server.container is container)
            yield from ((call, crowds) for call in calls)


def _command(site: CallSite) -> tuple[str, ...] | None:
    """The command that a call stands for; None for all other calls."""
    if any(keyword.name in _ONLY_LOOK for keyword in site.call.keywords):
        return None
    holder, _, name = site.path.rpartition(".")
    texts = [a.value for a in site.call.args if isinstance(a, Const) and isinstance(a.value, str)]
    if site.path in _DJANGO:
        return ("manage.py", *texts)
    if site.path.startswith(_ALEMBIC):
        return ("alembic", name, *texts)
    if site.path.startswith(_FLASK):
        return ("flask", "db", name, *texts)
    if (name == "drop_all" and holder) or site.path.startswith("sqlalchemy_utils.drop_database"):
        return (_DROPS,)
    return (_DROPS,) if name == "run_sync" and _hands_over(site) else None


def _hands_over(site: CallSite) -> bool:
    """`connection.run_sync(Base.metadata.drop_all)`."""
    handed = (path_of(each) for each in site.call.args[:1] if isinstance(each, Attr | Name))
    return any(path.endswith(".drop_all") for path in handed)


def _shown(site: CallSite) -> str:
    """The call for people, with the arguments that are texts or functions."""
    shown = [repr(a.value) if isinstance(a, Const) else path_of(a) for a in site.call.args]
    return f"{path_of(site.call.func) or site.path}({', '.join(text for text in shown if text)})"
