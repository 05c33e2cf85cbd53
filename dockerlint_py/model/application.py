"""An application: an import root with its manifest, and the containers that run it."""

import re
from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.context import paths
from dockerlint_py.facts import Fact, Known
from dockerlint_py.model.assets.static_collection import Uncollectable, uncollectable_of
from dockerlint_py.model.assets.whitenoise import (
    Misplaced,
    Starved,
    Uninstalled,
    misplaced_of,
    starved_of,
    uninstalled_of,
    whitenoise_of,
)
from dockerlint_py.model.code.async_code import AsyncCode
from dockerlint_py.model.code.cors import (
    CorsPolicy,
    WrongOrigin,
    cors_in_code,
    wrong_origins_of,
)
from dockerlint_py.model.code.cors_order import CorsMisorder, cors_misorders_of
from dockerlint_py.model.code.runtime import (
    Asserts,
    Prints,
    asserts_of,
    prints_of,
    runtime_of,
    stripped_asserts_of,
)
from dockerlint_py.model.code.settings import (
    SETTINGS_VARIABLE,
    Settings,
    settings_modules_of,
    settings_named,
)
from dockerlint_py.model.code.web_processes import WebProcesses
from dockerlint_py.model.finding import Role
from dockerlint_py.model.image.takings import MANIFESTS
from dockerlint_py.model.programs.management import ManagementRun, management_runs_of
from dockerlint_py.model.programs.uvicorn_runs import RefusedRun, refused_runs_of
from dockerlint_py.model.schema.django_apps import DjangoApp, django_apps_of
from dockerlint_py.model.schema.revisions import History, histories_of
from dockerlint_py.model.schema.table_creations import TableCreation, table_creations_of
from dockerlint_py.model.schema.unapplied import NeverApplied, never_applied_of
from dockerlint_py.model.schema.uncommitted import MissingMigration, missing_migrations_of
from dockerlint_py.model.unit import Unit
from dockerlint_py.python import ModuleKind, kind_of
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.bare_packages import BarePackage
    from dockerlint_py.model.code.cors_absence import CorsAbsence
    from dockerlint_py.model.code.cors_gaps import CorsGap
    from dockerlint_py.model.code.env_booleans import EnvBoolean
    from dockerlint_py.model.code.import_hacks import ImportHack
    from dockerlint_py.model.code.python_files import PythonFiles
    from dockerlint_py.model.code.root_packages import RootPackage
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.missing_workers import MissingWorker
    from dockerlint_py.model.programs.starved_queues import StarvedQueue
    from dockerlint_py.model.repository import Repository
    from dockerlint_py.model.schema.alembic_urls import HardcodedUrl
    from dockerlint_py.model.schema.schema_calls import SchemaCall
    from dockerlint_py.python.origins import Origins

_CALLS = (
    *("FastAPI(", "Starlette(", "Litestar(", "Flask(", "Quart(", "Sanic("),
    *("get_asgi_application(", "get_wsgi_application("),
)
_ENTRY_WORDS = (*_CALLS, SETTINGS_VARIABLE)
_ENTRY = regex(rf"\b(?:{'|'.join(map(re.escape, _CALLS))})|{SETTINGS_VARIABLE}")
_ENTRY_KINDS = frozenset({ModuleKind.MODULE, ModuleKind.SCRIPT})


class Application(Unit):
    """The Python files of one project, judged together.

    `entries` are the files that make an application object or name Django's settings, `files` all
    that are audited below its folder, those of applications further down left out.
    """

    def __init__(
        self,
        repository: "Repository",
        folder: str,
        entries: tuple[str, ...],
        files: tuple[str, ...],
    ) -> None:
        self.repository = repository
        self.folder = folder
        self.entries = entries
        self.files = files

    def __repr__(self) -> str:
        return f"Application({self.folder!r})"

    @property
    def path(self) -> str:
        """The first file that makes it."""
        return self.entries[0]

    @property
    def place(self) -> Place:
        """The start of that file."""
        return self.python_files.source(self.path).place(0, 0)

    @property
    def python_files(self) -> "PythonFiles":
        """All Python files of the repository."""
        return self.repository.python_files

    @cached_property
    def containers(self) -> "tuple[Container, ...]":
        """Those whose image holds one of its entries; none when that is not known."""
        return tuple(c for c in self.repository.containers if self._is_in(c))

    @cached_property
    def settings(self) -> tuple[Settings, ...]:
        """The Django settings modules that its entries or its containers name."""
        return settings_modules_of(self)

    @cached_property
    def production_settings(self) -> tuple[Settings, ...]:
        """The settings that its containers of production run with, where that is known."""
        named = (self.settings_of(c) for c in self.containers if c.role is Role.PROD)
        used = {fact.value.path for fact in named if isinstance(fact, Known)}
        return tuple(each for each in self.settings if each.path in used)

    @cached_property
    def management_runs(self) -> tuple[ManagementRun, ...]:
        """Django's management commands that its images and containers run."""
        return management_runs_of(self)

    @property
    def uncollectable(self) -> tuple[Uncollectable, ...]:
        """The runs of `collectstatic` that have no folder to write to."""
        return tuple(uncollectable_of(self))

    @cached_property
    def coded_cors(self) -> tuple[CorsPolicy, ...]:
        """What its code alone says about CORS."""
        return cors_in_code(self, self.python_files.evaluator())

    @property
    def wrong_origins(self) -> tuple[WrongOrigin, ...]:
        """Origins of its CORS configuration that are none."""
        return wrong_origins_of(self)

    @cached_property
    def runtime(self) -> frozenset[str]:
        """The files that are imported when it serves."""
        return runtime_of(self)

    @cached_property
    def origins(self) -> "Origins":
        """Where the names in those files come from."""
        from dockerlint_py.python.origins import Origins

        return Origins(self.python_files.graph, sorted(self.runtime))

    @property
    def table_creations(self) -> tuple[TableCreation, ...]:
        """Where it creates tables at its start although that is not for it to do."""
        return tuple(table_creations_of(self))

    @cached_property
    def web_processes(self) -> WebProcesses:
        """The processes that serve it in production."""
        return WebProcesses(self)

    @cached_property
    def async_code(self) -> AsyncCode:
        """What it does on an event loop."""
        return AsyncCode(self)

    @property
    def prints(self) -> tuple[Prints, ...]:
        """What prints while it serves, one for each file."""
        return tuple(prints_of(self))

    @property
    def asserts(self) -> tuple[Asserts, ...]:
        """What is asserted while it serves, one for each file."""
        return tuple(asserts_of(self))

    @cached_property
    def stripped_asserts(self) -> Known[str] | None:
        """What makes Python leave out its asserts in production."""
        return stripped_asserts_of(self)

    @property
    def refused_runs(self) -> tuple[RefusedRun, ...]:
        """Calls of `uvicorn.run` that end at once."""
        return tuple(refused_runs_of(self))

    @cached_property
    def settings_files(self) -> tuple[str, ...]:
        """The settings modules and what they import when they are imported."""
        graph = self.python_files.graph
        found = graph.reachable([each.path for each in self.settings], lazy=False)
        return tuple(path for path in found if path in self.files)

    @cached_property
    def env_booleans(self) -> "tuple[EnvBoolean, ...]":
        """Environment variables that are taken for booleans although they are texts."""
        from dockerlint_py.model.code.env_booleans import env_booleans_of

        return tuple(env_booleans_of(self))

    @cached_property
    def whitenoise(self) -> tuple[Place, ...]:
        """Where WhiteNoise is put before its code."""
        return tuple(whitenoise_of(self))

    @cached_property
    def django_apps(self) -> tuple[DjangoApp, ...]:
        """The Django apps of its own that it installs, as far as they have tables."""
        return tuple(django_apps_of(self))

    @cached_property
    def histories(self) -> tuple[History, ...]:
        """The folders of Alembic's revisions."""
        return tuple(histories_of(self))

    @cached_property
    def schema_calls(self) -> "tuple[SchemaCall, ...]":
        """What its code does to the schema of a database whenever it starts."""
        from dockerlint_py.model.schema.schema_calls import schema_calls_of

        return tuple(schema_calls_of(self))

    @property
    def missing_migrations(self) -> tuple[MissingMigration, ...]:
        """What is amiss with its migrations in the repository."""
        return tuple(missing_migrations_of(self))

    @property
    def never_applied(self) -> tuple[NeverApplied, ...]:
        """Where it is deployed with a database that nothing brings up to date."""
        return tuple(never_applied_of(self))

    @property
    def misplaced_whitenoise(self) -> tuple[Misplaced, ...]:
        """Where WhiteNoise stands behind middleware that should come later."""
        return tuple(misplaced_of(self))

    @property
    def starved_whitenoise(self) -> tuple[Starved, ...]:
        """Where WhiteNoise has no files to serve in production."""
        return tuple(starved_of(self))

    @property
    def uninstalled_whitenoise(self) -> tuple[Uninstalled, ...]:
        """Where WhiteNoise is loaded and not installed."""
        return tuple(uninstalled_of(self))

    @property
    def missing_workers(self) -> "tuple[MissingWorker, ...]":
        """Where it is deployed and sends tasks that no worker runs."""
        from dockerlint_py.model.programs.missing_workers import missing_workers_of

        return tuple(missing_workers_of(self))

    @property
    def starved_queues(self) -> "tuple[StarvedQueue, ...]":
        """The queues of its tasks that no worker of a deployment takes from."""
        from dockerlint_py.model.programs.starved_queues import starved_queues_of

        return tuple(starved_queues_of(self))

    @property
    def hardcoded_urls(self) -> "tuple[HardcodedUrl, ...]":
        """Database URLs in the configuration of its migrations."""
        from dockerlint_py.model.schema.alembic_urls import hardcoded_urls_of

        return tuple(hardcoded_urls_of(self))

    @property
    def lacks_deploy_check(self) -> bool:
        """Whether it is Django, and nothing in the repository runs `check --deploy`."""
        texts = (self.repository.snapshot.text(path) for path in self.repository.text_files)
        return bool(self.production_settings) and not any(
            source is not None and "--deploy" in source.text for source in texts
        )

    @property
    def bare_packages(self) -> "tuple[BarePackage, ...]":
        """The folders that it imports as packages and that have no `__init__.py`."""
        from dockerlint_py.model.code.bare_packages import bare_packages_of

        return tuple(bare_packages_of(self))

    @property
    def root_packages(self) -> "tuple[RootPackage, ...]":
        """The files that make packages of the folders that its modules are imported from."""
        from dockerlint_py.model.code.root_packages import root_packages_of

        return tuple(root_packages_of(self))

    @property
    def import_hacks(self) -> "tuple[ImportHack, ...]":
        """What it does to have its own modules found, and need not do."""
        from dockerlint_py.model.code.import_hacks import import_hacks_of

        return tuple(import_hacks_of(self))

    @property
    def cors_absences(self) -> "tuple[CorsAbsence, ...]":
        """Where its API has no CORS at all."""
        from dockerlint_py.model.code.cors_absence import cors_absences_of

        return tuple(cors_absences_of(self))

    @property
    def cors_misorders(self) -> tuple[CorsMisorder, ...]:
        """Where the middleware of django-cors-headers is missing or stands too late."""
        return tuple(found for each in self.settings for found in cors_misorders_of(each))

    @property
    def cors_gaps(self) -> "tuple[CorsGap, ...]":
        """What refuses requests around the CORSMiddleware of Starlette's family."""
        from dockerlint_py.model.code.cors_gaps import cors_gaps_of

        return tuple(cors_gaps_of(self))

    def settings_of(self, container: "Container") -> Fact[Settings]:
        """The settings that a container runs with."""
        return settings_named(self.settings, container.start_env.get(SETTINGS_VARIABLE))

    def _is_in(self, container: "Container") -> bool:
        if container.build is None:
            return False
        return any(
            taking.landings(entry)
            for taking in container.build.takings
            for entry in self.entries
            if not taking.folder or entry.startswith(taking.folder + "/")
        )


def applications_of(repository: "Repository") -> tuple[Application, ...]:
    """The applications of a repository, found by the text of its files, none of them parsed."""
    files = repository.python_files
    entries: dict[str, list[str]] = {}
    candidates = (path for path in files.paths if kind_of(path) in _ENTRY_KINDS)
    for path in files.with_text(_ENTRY, candidates, _ENTRY_WORDS):
        if files.kind(path) in _ENTRY_KINDS:
            entries.setdefault(_project_folder(repository, path), []).append(path)
    members: dict[str, list[str]] = {folder: [] for folder in entries}
    for path in files.paths:
        folder = _nearest(path, members)
        if folder is not None:
            members[folder].append(path)
    return tuple(
        Application(repository, folder, tuple(found), tuple(members[folder]))
        for folder, found in entries.items()
    )


def _project_folder(repository: "Repository", path: str) -> str:
    """The nearest folder with a manifest at or above a file's import root, else that root."""
    root = repository.python_files.graph.roots_for(path)[0]
    folder = root
    while True:
        if any(name in repository.snapshot.entries(folder) for name in MANIFESTS):
            return folder
        if not folder:
            return root
        folder = paths.split(folder)[0]


def _nearest(path: str, folders: dict[str, list[str]]) -> str | None:
    folder = path
    while folder:
        folder = paths.split(folder)[0]
        if folder in folders:
            return folder
    return None
