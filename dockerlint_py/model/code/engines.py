"""SQLAlchemy engines whose database URL does not fit them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, Known
from dockerlint_py.knowledge.sqlalchemy_urls import ASYNC_SCHEMES, SYNC_SCHEMES, SYNC_UNTIL_2_1
from dockerlint_py.python import ModuleKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container

_WORDS = ("create_async_engine", "create_engine")
_MADE = regex(r"\bcreate_(?:async_)?engine\b")
_WRAPPED = "AsyncEngine("
"""`AsyncEngine(create_engine(url))` is an asynchronous engine."""


class MismatchedEngine(NamedTuple):
    """An engine that cannot work; `is_async` tells that `create_async_engine` makes it."""

    is_async: bool
    scheme: str
    place: Place
    because: tuple[Known[str], ...]


def mismatched_engines_of(application: "Application") -> Iterator[MismatchedEngine]:
    """The engines of the application's modules, under the variables of each container."""
    from dockerlint_py.python.frameworks.databases import engines_in

    files = application.python_files
    for path in files.with_text(_MADE, application.files, _WORDS):
        if files.kind(path) is not ModuleKind.MODULE:
            continue
        wrapped = _WRAPPED in files.text(path)
        for container in (*application.containers, None):
            env = container.start_env if container else Environment()
            for engine in engines_in(files.evaluator(env), path):
                scheme = engine.scheme
                if not isinstance(scheme, Known) or (wrapped and not engine.is_async):
                    continue
                reason = _reason(container, scheme, is_async=engine.is_async)
                if reason is not None:
                    place = engine.place
                    yield MismatchedEngine(engine.is_async, scheme.value, place, reason)


def _reason(
    container: "Container | None", scheme: Known[str], *, is_async: bool
) -> tuple[Known[str], ...] | None:
    if not is_async:
        return (scheme,) if scheme.value in ASYNC_SCHEMES else None
    if scheme.value in SYNC_SCHEMES:
        return (scheme,)
    if scheme.value in SYNC_UNTIL_2_1 and container is not None:
        old = _before_2_1(container)
        return (scheme, old) if old else None
    return None


def _before_2_1(container: "Container") -> Known[str] | None:
    """The SQLAlchemy of a container, when it is known to be older than 2.1."""
    from dockerlint_py.manifests.versions import pep440

    found = container.dependencies.distributions("sqlalchemy")
    if found and all(each.version and pep440("<2.1").allows(each.version) for each in found):
        return found[0].fact()
    return None
