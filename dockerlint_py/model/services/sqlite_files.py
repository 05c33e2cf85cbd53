"""SQLite databases of containers, and whether anything keeps them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.written_paths import beside_module, from_cwd
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.startups import Startup

_ENGINES = ("sqlite3", "spatialite")
_MEMORY = (":memory:", "mode=memory")
_ENGINE_TEXT = regex(r"\bcreate_(?:async_)?engine\b")
_FLASK_TEXT = regex(r"\bSQLALCHEMY_DATABASE_URI\b")
_URL = regex(r"sqlite(?:\+\w+)?:///([^?#\s]+)")


class SqliteFile(NamedTuple):
    """A database in a file: where code says so, the paths it may have, and what led to it."""

    place: Place
    paths: tuple[str, ...]
    because: tuple[Known[Any], ...]


class RiskySqlite(NamedTuple):
    """What becomes of a database. `replicas` is their number where it is more than one."""

    file: SqliteFile
    path: str
    is_lost: bool
    replicas: int | None


def risky_sqlite_of(container: "Container") -> Iterator[RiskySqlite]:
    """The databases of a service that go with its container, or that replicas share.

    Who starts an image without Compose may mount anything, so nothing is said then.
    """
    service = container.service
    if service is None or container.mounts.doubt or container.mounts.unseen:
        return
    count = service.replicas
    replicas = count.value if isinstance(count, Known) else None
    many = replicas if replicas is not None and replicas > 1 else None
    for file in {f.place: f for f in sqlite_files_of(container)}.values():
        mounts = [container.mounts.at(path) for path in file.paths]
        lost = all(isinstance(mount, Known) and mount.value is None for mount in mounts)
        shared = all(isinstance(mount, Known) and mount.value is not None for mount in mounts)
        if lost or (shared and many):
            yield RiskySqlite(file, file.paths[0], lost, many)


def sqlite_files_of(container: "Container") -> Iterator[SqliteFile]:
    """The databases that the programs of a container's start use."""
    for startup in container.code.startups:
        if startup.settings is not None:
            yield from _of_django(container, startup, startup.settings)
        yield from _of_sqlalchemy(startup)
        yield from _of_flask(container, startup)


def _of_django(
    container: "Container", startup: "Startup", settings: "Settings"
) -> Iterator[SqliteFile]:
    from dockerlint_py.python.evaluate.results import RepoPath

    engine = settings.entry("DATABASES", "default", "ENGINE")
    name = settings.entry("DATABASES", "default", "NAME")
    if not (isinstance(engine, Known) and isinstance(name, Known) and engine.places):
        return
    if not isinstance(engine.value, str) or not engine.value.endswith(_ENGINES):
        return
    paths: tuple[str, ...] = ()
    if isinstance(name.value, RepoPath):
        paths = tuple(beside_module(container, settings.path, name.value.path))
    elif isinstance(name.value, str) and not any(word in name.value for word in _MEMORY):
        paths = from_cwd(startup, name.value)
    if paths:
        place = (name.places or engine.places)[-1]
        says = f"the database of {settings.path} is the file {paths[0]}"
        fact = Known(paths[0], (place,), min(engine.confidence, name.confidence), says)
        yield SqliteFile(place, paths, (fact, startup.invocation.fact()))


def _of_sqlalchemy(startup: "Startup") -> Iterator[SqliteFile]:
    """The engines in the modules that a program imports."""
    from dockerlint_py.python import ModuleKind
    from dockerlint_py.python.evaluate.operators import plain_text
    from dockerlint_py.python.frameworks.databases import engines_in

    files = startup.application.python_files
    reached = files.graph.reachable([startup.file], optional=False, lazy=False)
    words = ("create_engine", "create_async_engine")
    for path in files.with_text(_ENGINE_TEXT, reached, words):
        if files.kind(path) is not ModuleKind.MODULE or not startup.evaluator.is_understood:
            continue
        for engine in engines_in(startup.evaluator, path):
            url = _URL.fullmatch(plain_text(engine.url) or "")
            if url is None or any(word in url[0] for word in _MEMORY):
                continue
            paths = from_cwd(startup, url[1])
            says = f"the database is {url[0]}"
            fact = Known(url[0], engine.url.origin.places or (engine.place,), says=says)
            if paths:
                yield SqliteFile(fact.places[-1], paths, (fact, startup.invocation.fact()))


def _of_flask(container: "Container", startup: "Startup") -> Iterator[SqliteFile]:
    """The database of Flask-SQLAlchemy.

    A relative path is one in the instance folder from version 3 on, beside the application before.
    """
    from dockerlint_py.python.frameworks.applications import applications_in
    from dockerlint_py.python.frameworks.flask import FlaskConfig

    files = startup.application.python_files
    reached = files.graph.reachable([startup.file], optional=False, lazy=False)
    for path in files.with_text(_FLASK_TEXT, reached, ("SQLALCHEMY_DATABASE_URI",)):
        for found in applications_in(files.modules, files.facts(path)):
            if found.kind.framework != "Flask" or found.site.call.keyword("instance_path"):
                continue
            fact = FlaskConfig(startup.evaluator, found).get("SQLALCHEMY_DATABASE_URI")
            text = fact.value if isinstance(fact, Known) else None
            url = _URL.fullmatch(text) if isinstance(text, str) else None
            if url is None or not fact.places or any(word in url[0] for word in _MEMORY):
                continue
            known = Known(url[0], fact.places[-1:], says=f"the database is {url[0]}")
            paths = tuple(_of_application(container, startup, path, url[1]))
            if paths:
                yield SqliteFile(fact.places[-1], paths, (known, startup.invocation.fact()))


def _of_application(
    container: "Container", startup: "Startup", module: str, name: str
) -> Iterator[str]:
    """Where a file of a Flask application may be."""
    if name.startswith("/"):
        yield joined("/", name)
        return
    root = startup.application.python_files.graph.roots_for(module)[0]
    yield from beside_module(container, module, f"{root}/instance/{name}")
    yield from beside_module(container, module, f"{module.rpartition('/')[0]}/{name}")
