"""Migrations that whoever clones the repository does not get, or cannot apply."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.context import Snapshot, State
from dockerlint_py.facts import Confidence, Known
from dockerlint_py.model.schema.django_apps import DjangoApp
from dockerlint_py.model.schema.django_histories import DjangoMigration, migrations_in
from dockerlint_py.model.schema.revisions import History, Revision, revisions_in
from dockerlint_py.model.schema.table_creations import may_create_tables
from dockerlint_py.python import ModuleKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application

_TABLES = regex(r"__tablename__|\btable[ \t]*=[ \t]*True|\(db\.Model\)|\bTable\([ \t\n]{0,80}[\"']")
_TABLE_WORDS = ("__tablename__", "table", "db.Model", "Table(")
_SYNCED = "--run-syncdb"


class MissingMigration(NamedTuple):
    """What is amiss, in words. `is_certain`: a database cannot be brought up to date with it."""

    place: Place
    message: str
    because: tuple[Known[Any], ...]
    is_certain: bool = True
    key: str = ""


class _Folder(NamedTuple):
    """A folder of migrations: whose they are, and its files."""

    owner: str
    path: str
    files: tuple[str, ...]
    facts: tuple[Known[Any], ...]


def missing_migrations_of(application: "Application") -> Iterator[MissingMigration]:
    """All that is amiss with the migrations of an application that runs in a container."""
    if not _is_deployed(application):
        return
    apps = _apps(application)
    histories = application.histories
    folders = [_of_app(app) for app in apps]
    folders += [_of_history(history) for history in histories]
    yield from _ignored(application, folders)
    for app, folder in zip(apps, folders, strict=False):
        yield from _of_django(application, app, folder)
    for history in histories:
        yield from _of_alembic(application, history)


def _is_deployed(application: "Application") -> bool:
    """Whether a container has its code: in the image, or mounted over it."""
    return bool(application.containers) or any(
        mount.path_of("") is not None and _brings(mount.path_of(""), application.path)
        for container in application.repository.containers
        for mount in container.mounts.binds
    )


def _brings(folder: str | None, path: str) -> bool:
    return folder is not None and (not folder or path.startswith(f"{folder}/"))


def _apps(application: "Application") -> tuple[DjangoApp, ...]:
    """Its Django apps; none when tables are made without migrations on purpose."""
    repository = application.repository
    started = (i.values for c in repository.containers for i in c.process.invocations)
    given = (each.arguments for each in repository.programs)
    synced = any(_SYNCED in arguments for arguments in (*started, *given))
    return () if synced else application.django_apps


def _of_app(app: DjangoApp) -> _Folder:
    return _Folder(app.label, app.migrations, app.files, (app.model, app.installed))


def _of_history(history: History) -> _Folder:
    return _Folder(history.env, history.folder, history.files, ())


def _committed(snapshot: Snapshot, files: Iterable[str]) -> tuple[str, ...]:
    return tuple(path for path in files if snapshot.state(path) is State.TRACKED)


def _ignored(application: "Application", folders: list[_Folder]) -> Iterator[MissingMigration]:
    """The lines of `.gitignore` files that keep new migrations out, each once."""
    snapshot = application.repository.snapshot
    kept_out: dict[Place, list[_Folder]] = {}
    for folder in folders:
        pattern = snapshot.ignored_by(f"{folder.path}/0001_initial.py", is_folder=False)
        if pattern is not None and pattern.place.path.endswith(".gitignore"):
            kept_out.setdefault(pattern.place, []).append(folder)
    for place, owners in kept_out.items():
        complete = all(owner.files and _all_committed(snapshot, owner) for owner in owners)
        names = ", ".join(f"{owner.path}/" for owner in owners[:2])
        more = f" and {len(owners) - 2} more" if len(owners) > 2 else ""
        what = "new migrations" if complete else "the migrations"
        yield MissingMigration(
            place,
            f"git ignores {what} in {names}{more}: whoever builds from the repository lacks them",
            tuple(fact for owner in owners[:2] for fact in owner.facts),
            is_certain=not complete,
            key=place.text,
        )


def _all_committed(snapshot: Snapshot, folder: _Folder) -> bool:
    return len(_committed(snapshot, folder.files)) == len(folder.files)


def _is_ignored(snapshot: Snapshot, folder: str) -> bool:
    return snapshot.ignored_by(f"{folder}/0001_initial.py", is_folder=False) is not None


def _of_django(
    application: "Application", app: DjangoApp, folder: _Folder
) -> Iterator[MissingMigration]:
    snapshot = application.repository.snapshot
    model = app.model.places[0]
    if _is_ignored(snapshot, app.migrations):
        return
    if not folder.files:
        message = (
            f"`{app.label}` has no migrations: `migrate` makes no table for `{app.model.value}`"
        )
        yield MissingMigration(model, message, (app.installed,), key=app.label)
    elif snapshot.state(f"{app.migrations}/__init__.py") is not State.TRACKED or not (
        snapshot.is_file(f"{app.migrations}/__init__.py")
    ):
        message = f"{app.migrations} has no `__init__.py`: Django does not apply what is in it"
        place = _start(snapshot, folder.files[0])
        yield MissingMigration(place, message, folder.facts, key=app.label)
    elif snapshot.state(model.path) is State.TRACKED:
        yield from _untracked(snapshot, folder)
        yield from _broken_django(snapshot, app)


def _broken_django(snapshot: Snapshot, app: DjangoApp) -> Iterator[MissingMigration]:
    """Migrations of an app that follow a missing one, or that end its history twice."""
    sources = (snapshot.text(path) for path in _committed(snapshot, app.files))
    migrations = migrations_in(app.label, (source for source in sources if source is not None))
    if migrations is None:
        return
    names = {name for each in migrations for name in (each.name, *each.replaces)}
    orphans = [parent for each in migrations for parent in each.parents if parent.name not in names]
    for parent in orphans:
        message = f"`{app.label}` has no migration {parent.name}: `migrate` stops here"
        yield MissingMigration(parent.place, message, (app.installed,), key=parent.name)
    if not orphans:
        yield from _two_ends(app, migrations)


def _two_ends(
    app: DjangoApp, migrations: tuple[DjangoMigration, ...]
) -> Iterator[MissingMigration]:
    """A second migration that nothing follows, unless some of them stand for others."""
    followed = {parent.name for each in migrations for parent in each.parents}
    if not followed or any(migration.replaces for migration in migrations):
        return
    ends = [each for each in migrations if each.name not in followed]
    for end in ends[1:]:
        first = Known(ends[0].name, (ends[0].place,), says=f"nothing follows {ends[0].name} either")
        message = (
            f"{end.name} ends the history of `{app.label}` once more: `migrate` refuses to run"
        )
        yield MissingMigration(end.place, message, (first,), key=end.name)


def _untracked(snapshot: Snapshot, folder: _Folder) -> Iterator[MissingMigration]:
    """Migrations that lie beside the committed ones."""
    for path in folder.files:
        if snapshot.state(path) is State.UNTRACKED:
            message = f"git does not track this migration of `{folder.owner}`"
            yield MissingMigration(_start(snapshot, path), message, folder.facts, key=path)


def _start(snapshot: Snapshot, path: str) -> Place:
    source = snapshot.text(path) or Source(path, "")
    return Place(source, source.line_span(1))


def _of_alembic(application: "Application", history: History) -> Iterator[MissingMigration]:
    snapshot = application.repository.snapshot
    if _is_ignored(snapshot, history.folder):
        return
    if not history.files:
        table = _table(application)
        if table is not None and not may_create_tables(application):
            message = f"there is no revision in {history.folder}: `alembic upgrade` makes no table"
            yield MissingMigration(_start(snapshot, history.env), message, (table,))
        return
    if snapshot.state(history.env) is State.TRACKED:
        yield from _untracked(snapshot, _of_history(history))
    sources = (snapshot.text(path) for path in _committed(snapshot, history.files))
    revisions = revisions_in(source for source in sources if source is not None)
    if revisions:
        yield from _orphans(revisions)
        yield from _heads(application, revisions)


def _table(application: "Application") -> Known[str] | None:
    """A table of SQLAlchemy's in the code of an application."""
    files = application.python_files
    for path in files.with_text(_TABLES, application.files, _TABLE_WORDS):
        if files.kind(path) is ModuleKind.MODULE:
            found = _TABLES.search(files.text(path))
            if found is not None:
                place = files.source(path).place(*found.span())
                says = f"{path} describes a table"
                return Known(path, (place,), Confidence.LIKELY, says)
    return None


def _orphans(revisions: tuple[Revision, ...]) -> Iterator[MissingMigration]:
    """Revisions that follow one which is not there."""
    names = {revision.name for revision in revisions}
    for revision in revisions:
        for parent in revision.parents:
            if parent not in names:
                message = f"the revision {parent} is not in the repository: Alembic stops here"
                yield MissingMigration(revision.parents_place, message, (), key=parent)


def _heads(
    application: "Application", revisions: tuple[Revision, ...]
) -> Iterator[MissingMigration]:
    """A second revision that nothing follows: `upgrade head` does not know which is meant."""
    followed = {parent for revision in revisions for parent in revision.parents}
    heads = [revision for revision in revisions if revision.name not in followed]
    if len(heads) < 2 or any(r.is_labelled for r in revisions) or _takes_all_heads(application):
        return
    first = Known(heads[0].name, (heads[0].place,), says=f"nothing follows {heads[0].name} either")
    for head in heads[1:]:
        message = f"{head.name} is a second head: `alembic upgrade head` refuses to run"
        yield MissingMigration(head.place, message, (first,), key=head.name)


def _takes_all_heads(application: "Application") -> bool:
    """Whether some command upgrades to `heads`, so that several are meant."""
    repository = application.repository
    started = (i.values for c in repository.containers for i in c.process.invocations)
    given = (each.arguments for each in repository.programs)
    return any("heads" in arguments for arguments in (*started, *given))
