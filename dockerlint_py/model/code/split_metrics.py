"""Metrics for Prometheus in applications that several workers serve."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.python.expressions import Const
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import CallSite
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.code.web_processes import Crowd, WebProcesses

_VARIABLES = ("PROMETHEUS_MULTIPROC_DIR", "prometheus_multiproc_dir")
_PORTS = "PROMETHEUS_METRICS_EXPORT_PORT_RANGE"
_MODULES = (
    *("prometheus_client", "prometheus_fastapi_instrumentator", "prometheus_flask_exporter"),
    *("starlette_exporter", "django_prometheus"),
)
_USED = regex(rf"\b(?:{'|'.join(_MODULES)})\b")
_REGISTRY_ALONE = frozenset(
    {
        *("prometheus_client.generate_latest", "prometheus_client.exposition.generate_latest"),
        *("prometheus_client.make_asgi_app", "prometheus_client.make_wsgi_app"),
    }
)
"""What answers with the default registry, which knows nothing of a folder of all workers."""
_EXPOSES = _REGISTRY_ALONE | {"prometheus_flask_exporter.PrometheusMetrics"}
_INSTRUMENTATOR = "prometheus_fastapi_instrumentator.Instrumentator()"
_REGISTRY = "prometheus_client.REGISTRY"
_STARLETTE = "starlette_exporter.handle_metrics"
_DJANGO_URLS = "django_prometheus.urls"
_TOGETHER = regex(r"multi_?proc|GunicornPrometheusMetrics|UWsgiPrometheusMetrics", re.IGNORECASE)
"""What code has in it that collects the metrics of all workers."""


class SplitMetrics(NamedTuple):
    """Where metrics are exposed, and the workers that each count for themselves.

    `folder` is that of the variable, which is set but does not help here.
    """

    place: Place
    crowd: "Crowd"
    folder: Known[str] | None


def split_metrics_of(processes: "WebProcesses") -> Iterator[SplitMetrics]:
    """Where the application answers with the metrics of the worker that is asked."""
    crowds = ((each, _folder(each)) for each in processes.crowds if not each.are_containers)
    crowd, folder = next((pair for pair in crowds if isinstance(pair[1], Known)), (None, None))
    if crowd is None or not isinstance(folder, Known):
        return
    application = processes.application
    files = application.python_files
    paths = [*files.with_text(_USED, application.files, _MODULES)]
    if paths and any(_TOGETHER.search(files.text(path)) for path in application.files):
        return
    for path in paths:
        for site in _exposures(application, path) if path in application.runtime else ():
            if folder.value is None or site.path in _REGISTRY_ALONE:
                place = files.source(path).place(site.call.start, site.call.end)
                yield SplitMetrics(place, crowd, _named(folder))


def _folder(crowd: "Crowd") -> Fact[str | None]:
    """What is shared between the workers of a server: a folder, or None for nothing."""
    env = crowd.server.invocation.env
    ports = env.get(_PORTS)
    if not isinstance(ports, Known) or ports.value is not None:
        return Unknown("each worker may have a port of its own")
    for fact in map(env.get, _VARIABLES):
        if not isinstance(fact, Known) or fact.value is not None:
            return fact
    return Known(None)


def _named(folder: Known[str | None]) -> Known[str] | None:
    says = f"{_VARIABLES[0]} is set"
    return None if folder.value is None else Known(folder.value, folder.places, says=says)


def _exposures(application: "Application", path: str) -> Iterator[CallSite]:
    """The calls of a module that make or mount an answer with metrics, whatever is configured."""
    receivers = application.origins.receivers(path)
    facts = application.python_files.facts(path)
    for site in facts.calls:
        if any(guard.kind in ("if", "else", "case") for guard in facts.guards_of(site.guard)):
            continue
        given = [receivers.names.path(path_of(arg), site.scope) for arg in site.call.args]
        if site.path in _EXPOSES:
            found = all(name in ("", _REGISTRY) for name in given) and not site.call.keywords
        elif site.path.endswith(".expose"):
            found = receivers.follow(site.path, site.scope).startswith(_INSTRUMENTATOR)
        else:
            included = site.call.args[0] if site.path.endswith(".include") and given else None
            is_django = isinstance(included, Const) and included.value == _DJANGO_URLS
            found = is_django or (site.path.endswith(".add_route") and _STARLETTE in given)
        if found:
            yield site
