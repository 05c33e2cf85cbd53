"""Several workers count metrics, and Prometheus sees those of one.

## Why
Each worker counts for itself, and the request for `/metrics` is answered by any of them: counters
jump up and down, rates are wrong.

## Instead
Set `PROMETHEUS_MULTIPROC_DIR` to a folder on a tmpfs that is empty at the start, and collect with
`MultiProcessCollector` (see the documentation for gunicorn's `child_exit`): what answers with the
default registry, such as `make_asgi_app()`, leaves the folder out. Or one worker for each
container, and more containers.

## References
- https://prometheus.github.io/client_python/multiprocess/
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "WRK004",
    "prometheus-without-multiproc-dir",
    on=Application,
    severities=(Severity.WARNING,),
    role="prod",
    tags=("workers", "python", "hygiene"),
)
def check(application: Application) -> Iterator[Finding]:
    for metrics in application.web_processes.split_metrics:
        message = f"each of {metrics.crowd.words} counts for itself, and Prometheus sees any one"
        if metrics.folder is not None:
            message += ": the default registry leaves PROMETHEUS_MULTIPROC_DIR out"
        because = (metrics.crowd.number, *((metrics.folder,) if metrics.folder else ()))
        yield application.finding(metrics.place, message, because=because)
