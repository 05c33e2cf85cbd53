"""The folder in which prometheus_client keeps the metrics of each process, and who fills it."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_CLIENT = "prometheus_client"
_METRICS = tuple(f"{_CLIENT}.{kind}" for kind in ("Counter", "Gauge", "Histogram", "Summary"))


def metric_in(application: "Application") -> Known[str] | None:
    """A metric that an application makes when it is imported to serve."""
    files = application.python_files
    for path in sorted(application.runtime):
        if _CLIENT not in files.text(path):
            continue
        facts = files.facts(path)
        for site in facts.calls_to(*_METRICS):
            if facts.at_import(site.scope) and not any(facts.guards_of(site.guard)):
                place = files.source(path).place(site.call.start, site.call.end)
                return Known(site.path, (place,), says=f"{path} makes a {site.path.split('.')[-1]}")
    return None
