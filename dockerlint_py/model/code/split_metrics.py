"""Metrics for Prometheus in applications that several workers serve."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.python.expressions import Call, Const
from dockerlint_py.python.notation import path_of
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
_EXPOSES = frozenset(
    {
        *("prometheus_client.generate_latest", "prometheus_client.exposition.generate_latest"),
        *("prometheus_client.make_asgi_app", "prometheus_client.make_wsgi_app"),
        "prometheus_flask_exporter.PrometheusMetrics",
    }
)
_INSTRUMENTATOR = "prometheus_fastapi_instrumentator.Instrumentator()"
_REGISTRY = "prometheus_client.REGISTRY"
_STARLETTE = "starlette_exporter.handle_metrics"
_DJANGO_URLS = "django_prometheus.urls"
_TOGETHER = regex(r"multi_?proc|GunicornPrometheusMetrics|UWsgiPrometheusMetrics", re.IGNORECASE)
"""What code has in it that collects the metrics of all workers."""


class SplitMetrics(NamedTuple):
    """Where metrics are exposed, and the workers that each count for themselves."""

    place: Place
    crowd: "Crowd"


def split_metrics_of(processes: "WebProcesses") -> Iterator[SplitMetrics]:
    """Where the application answers with the metrics of the worker that is asked."""
    crowds = (each for each in processes.crowds if not each.are_containers)
    crowd = next((each for each in crowds if _counts_alone(each)), None)
    if crowd is None:
        return
    application = processes.application
    files = application.python_files
    paths = [*files.with_text(_USED, application.files, _MODULES)]
    if paths and any(_TOGETHER.search(files.text(path)) for path in application.files):
        return
    for path in paths:
        if path in application.runtime:
            for call in _exposures(application, path):
                yield SplitMetrics(files.source(path).place(call.start, call.end), crowd)


def _counts_alone(crowd: "Crowd") -> bool:
    """Whether it is known that no folder is shared between the workers of a server."""
    env = crowd.server.invocation.env
    facts = (env.get(name) for name in (*_VARIABLES, _PORTS))
    return all(isinstance(fact, Known) and fact.value is None for fact in facts)


def _exposures(application: "Application", path: str) -> Iterator[Call]:
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
            yield site.call
