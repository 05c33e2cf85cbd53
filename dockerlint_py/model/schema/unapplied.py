"""Deployments with a database whose migrations nothing applies."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.context.programs import CommandOrigin
from dockerlint_py.facts import Confidence, Known
from dockerlint_py.knowledge.schema_commands import applies_migrations
from dockerlint_py.model.finding import Role
from dockerlint_py.model.schema.migrations import is_migration
from dockerlint_py.python import ModuleKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.file_set import FileSet
    from dockerlint_py.model.repository import Repository

_DEPLOYED = (Role.PROD, Role.UNKNOWN)
_HOOKS = ("post_start", "develop")
_IN_CODE = regex(
    r"[\"']migrate[\"']|manage\.py[^\n]{0,80}migrate|alembic[^\n]{0,80}upgrade|\.upgrade\("
    r"|flask_migrate[^\n]{0,80}upgrade"
)
_IN_CONTAINER = regex(
    r"\b(?:compose|docker|kubectl|podman|nerdctl|kamal|fly(?:ctl)?|heroku|dokku)\b"
    r"[^\n]{0,80}\b(?:run|exec|console)\b(?![^\n]{0,80}(?:manage\.py|alembic|django|flask))"
    r"""[^\n]{0,40}[\s"'/]migrat"""
)
"""A command whose first words may be those of an image's entry point."""
_BY_MODULE = "django_manage"
"""Ansible's module that runs the commands of Django."""
_WORDS_IN_CODE = ("migrate", "upgrade")


class NeverApplied(NamedTuple):
    """A service that uses a database, the facts, and whether a README says what to do by hand."""

    place: Place
    database: str
    because: tuple[Known[Any], ...]
    is_documented: bool
    is_production: bool


def never_applied_of(application: "Application") -> Iterator[NeverApplied]:
    """The deployments of an application where nothing brings its database up to date."""
    migration = _a_migration(application)
    if migration is None:
        return
    services = [c for c in application.containers if c.file_set is not None]
    file_sets = dict.fromkeys(c.file_set for c in services if c.role in _DEPLOYED)
    for file_set in file_sets:
        own = [c for c in services if c.file_set is file_set]
        serving = [c for c in own if _serves(c)]
        database = _database(file_set) if file_set is not None else None
        if (
            not serving
            or file_set is None
            or database is None
            or _may_migrate(application, file_set)
        ):
            continue
        by_hand = _by_hand(application)
        because = (migration, *([by_hand] if by_hand else []))
        place = serving[0].place
        production = serving[0].role is Role.PROD
        yield NeverApplied(place, database, because, by_hand is not None, production)


def _serves(container: "Container") -> bool:
    """Whether a web server runs in a container."""
    found = (invocation.serving for invocation in container.process.invocations)
    return any(each is not None and each.server.role == "web" for each in found)


def _a_migration(application: "Application") -> Known[str] | None:
    """One of the migrations that the application has."""
    django = (path for app in application.django_apps for path in app.files)
    alembic = (path for history in application.histories for path in history.files)
    for path in (*django, *alembic):
        source = application.repository.snapshot.text(path)
        if source is not None:
            place = Place(source, source.line_span(1))
            return Known(path, (place,), Confidence.LIKELY, f"{path} is a migration")
    return None


def _database(file_set: "FileSet") -> str | None:
    """The name of a service that is an SQL database."""
    for container in file_set.containers:
        if container.datastore is not None and container.datastore.is_sql and container.service:
            return container.service.name
    return None


def _may_migrate(application: "Application", file_set: "FileSet") -> bool:
    """Whether anything migrates, or could do so in a way that is not seen.

    Of other applications in the repository only their scripts count: these may be for all.
    """
    own = [c for c in application.containers if c.role in _DEPLOYED]
    if any(_is_open(c) for c in own if c.file_set is file_set):
        return True
    deployed = dict.fromkeys((*own, *file_set.containers))
    started = (i for c in deployed for i in c.process.invocations)
    built = (i for c in deployed for s in c.chain for run in s.runs for i in run.invocations)
    return (
        any(is_migration(invocation) for invocation in (*started, *built))
        or any(
            applies_migrations(given.program, given.arguments)
            and given.origin is not CommandOrigin.DOCUMENTATION
            for given in application.repository.programs
        )
        or _in_code(application)
        or _is_told(application.repository)
    )


def _is_told(repository: "Repository") -> bool:
    """Whether something runs the migrations under another name: of an entry point, of a module."""
    return repository.mentions(_BY_MODULE) or repository.says("migrat", _IN_CONTAINER)


def _is_open(container: "Container") -> bool:
    """Whether it is not known what a container runs, or its service has hooks."""
    service = container.service
    hooks = service is not None and any(service.get(name) is not None for name in _HOOKS)
    gaps = container.file_set is not None and bool(container.file_set.loaded.gaps)
    return container.process.unknown is not None or hooks or gaps


def _in_code(application: "Application") -> bool:
    files = application.python_files
    found = files.with_text(_IN_CODE, files.paths, _WORDS_IN_CODE)
    return any(files.kind(path) not in (ModuleKind.TEST, ModuleKind.MIGRATION) for path in found)


def _by_hand(application: "Application") -> Known[str] | None:
    """What a README tells people to run."""
    for given in application.repository.programs:
        if applies_migrations(given.program, given.arguments):
            return Known(given.program, (given.place,), says=f"{given.place.path} tells how")
    return None
