"""Middleware of Starlette's family that refuses requests outside of CORSMiddleware."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.code.cors import STARLETTE_CORS
from dockerlint_py.python.expressions import Const
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.origins import Origin
from dockerlint_py.python.records import CallSite, Function, ModuleFacts
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.python.frameworks.middleware_order import Layer

_USED = regex(rf"\b{STARLETTE_CORS}\b")
_SENDS_HEADERS = "access-control-allow"
_LIBRARIES = ("fastapi.", "starlette.")
_CONSTANT = regex(r"(?:\A|\.)HTTP_([1-5][0-9]{2})_\w{1,60}\Z")
_REFUSALS = range(400, 500)
_REFUSING = {
    "starlette.middleware.authentication.AuthenticationMiddleware": 400,
    "slowapi.middleware.SlowAPIMiddleware": 429,
    "slowapi.middleware.SlowAPIASGIMiddleware": 429,
}
"""Middleware of libraries that refuses requests itself, and with which status."""
_RUNS = frozenset({"with", "try"})


class CorsGap(NamedTuple):
    """CORSMiddleware, and a middleware around it that refuses requests with a status."""

    name: str
    status: int
    place: Place
    added: Known[str]


def cors_gaps_of(application: "Application") -> Iterator[CorsGap]:
    """What lies around the CORSMiddleware of an application, where that alone sends headers."""
    from dockerlint_py.python.frameworks.middleware_order import stacks_in

    files = application.python_files
    paths = [*files.with_text(_USED, application.files, (STARLETTE_CORS,))]
    uses = [path for path in paths for _ in _uses(files.facts(path))]
    if len(uses) != 1 or uses[0] not in application.runtime:
        return
    for stack in stacks_in(application.origins.receivers(uses[0])):
        names = [layer.path.rpartition(".")[2] for layer in stack]
        outside = stack[names.index(STARLETTE_CORS) :] if STARLETTE_CORS in names else ()
        for layer in outside[1:]:
            gap = _gap(application, uses[0], outside[0], layer)
            if gap is not None and not _is_sent_by_proxy(application):
                yield gap


def _uses(facts: ModuleFacts) -> Iterator[CallSite]:
    """The calls that CORSMiddleware is given to, or that wrap an application in it."""
    for site in facts.calls:
        given = [site.call.func, *site.call.args]
        if any(path_of(each).rpartition(".")[2] == STARLETTE_CORS for each in given):
            yield site


def _is_sent_by_proxy(application: "Application") -> bool:
    sets = (container.file_set for container in application.containers)
    return any(front.network.doubled_cors for each in sets if each for front in each.containers)


def _gap(application: "Application", path: str, cors: "Layer", layer: "Layer") -> CorsGap | None:
    files = application.python_files
    facts, source = files.facts(path), files.source(path)
    if any(guard.kind not in _RUNS for guard in facts.guards_of(layer.guard)):
        return None
    name = layer.function.name if layer.function else layer.path.rpartition(".")[2].lstrip("@")
    status = _REFUSING.get(layer.path)
    if status is None:
        status = _status_of_ours(application, path, layer)
    if status is None:
        return None
    added = Known(name, (source.place(layer.start, layer.end),), says=f"{name} is added later")
    return CorsGap(name, status, source.place(cors.start, cors.end), added)


def _status_of_ours(application: "Application", path: str, layer: "Layer") -> int | None:
    """The status that a middleware of ours refuses requests with; None when it is not known."""
    if layer.function is not None:
        return _refusal(application, path, layer.function)
    origins = application.origins
    cls = origins.of(layer.path, layer.scope, path)
    function = origins.function(Origin(f"{cls.path}.dispatch", cls.file))
    if function is None or cls.file is None:
        return None
    return _refusal(application, cls.file, function)


def _refusal(application: "Application", path: str, function: Function) -> int | None:
    facts = application.python_files.facts(path)
    text = application.python_files.text(path)
    if _SENDS_HEADERS in text.lower():
        return None
    for site in facts.calls:
        name = site.path.rpartition(".")[2]
        if site.scope != function.scope or not name.endswith("Response"):
            continue
        if site.path.startswith(_LIBRARIES) and text[: site.call.start].rstrip().endswith("return"):
            status = _status(site)
            if status in _REFUSALS:
                return status
    return None


def _status(site: CallSite) -> int | None:
    given = site.call.argument(1, "status_code")
    if isinstance(given, Const):
        return given.value if isinstance(given.value, int) else None
    path = path_of(given) if given is not None else ""
    constant = _CONSTANT.search(path)
    if constant is not None:
        return int(constant[1])
    named = HTTPStatus.__members__.get(path.removeprefix("HTTPStatus."))
    return None if named is None else int(named)
