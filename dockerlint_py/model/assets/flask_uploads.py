"""The folder into which a Flask application saves what users upload: `UPLOAD_FOLDER`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.model.image.written_paths import beside_module, from_cwd
from dockerlint_py.python import ModuleKind
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.startups import Startup

_NAME = "UPLOAD_FOLDER"
_SAVED = regex(r"\.save\([^\n]{0,160}\bUPLOAD_FOLDER\b")
_PASSES_ON = regex(
    r"(?i)\b(?:boto3|aioboto3|minio|cloudinary|s3fs|azure|google\.cloud|paramiko|tempfile|celery)\b"
    r"|\bs3\b|\b(?:remove|unlink|rmtree|move)\("
)
"""What code has that takes files elsewhere, or needs them for a moment only."""


def flask_uploads_of(container: "Container") -> Iterator[tuple[str, Known[Any], Known[Any]]]:
    """The folders of a container's web servers: path, the setting, and a call that saves there."""
    for startup in container.code.startups:
        serving = startup.invocation.serving
        if serving is None or serving.server.role != "web":
            continue
        saved = _saved_in(startup)
        if saved is not None:
            for path, setting in _folders(container, startup):
                if not is_under(path, "/tmp"):
                    yield path, setting, saved


def _saved_in(startup: "Startup") -> Known[str] | None:
    """A file that is saved into the folder, where nothing takes it on from there."""
    application, files = startup.application, startup.application.python_files
    if any(_PASSES_ON.search(files.text(path)) for path in application.files):
        return None
    for path in files.with_text(_SAVED, sorted(application.runtime), (_NAME,)):
        source = files.source(path)
        match = _SAVED.search(source.text)
        if match is not None:
            place = source.place(match.start(), match.end())
            return Known(path, (place,), says=f"{path} saves files into {_NAME}")
    return None


def _folders(container: "Container", startup: "Startup") -> Iterator[tuple[str, Known[Any]]]:
    from dockerlint_py.python.evaluate.results import RepoPath
    from dockerlint_py.python.frameworks.applications import applications_in
    from dockerlint_py.python.frameworks.flask import FlaskConfig

    files = startup.application.python_files
    reached = files.graph.reachable([startup.file], optional=False, lazy=False)
    for path in files.with_text(regex(_NAME), reached, (_NAME,)):
        for found in applications_in(files.modules, files.facts(path)):
            if found.kind.framework != "Flask" or files.kind(path) is not ModuleKind.MODULE:
                continue
            config = FlaskConfig(startup.evaluator, found)
            fact = config.get(_NAME)
            if not isinstance(fact, Known) or not config.is_understood:
                continue
            landings: tuple[str, ...] = ()
            if isinstance(fact.value, RepoPath):
                landings = tuple(beside_module(container, path, fact.value.path))
            elif isinstance(fact.value, str):
                landings = from_cwd(startup, fact.value)
            if len(landings) == 1:
                yield landings[0], fact.saying(f"{_NAME} is {landings[0]}")
