"""What WRK004 says of metrics for Prometheus that several workers count."""

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from tests.behaviour.asgi import ask
from tests.behaviour.gunicorn import Answer, gunicorn

ALONE = """\
from prometheus_client import Counter, make_wsgi_app

asked = Counter("asked", "Requests")
metrics = make_wsgi_app()

def app(environ, start_response):
    if environ["PATH_INFO"] == "/metrics":
        return metrics(environ, start_response)
    asked.inc()
    start_response("200 OK", [])
    return [b""]
"""
TOGETHER = """
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector

registry = CollectorRegistry()
MultiProcessCollector(registry)
metrics = make_wsgi_app(registry)
"""


def counted(answer: Answer) -> float:
    [line] = [line for line in answer.text.splitlines() if line.startswith("asked_total ")]
    return float(line.split()[1])


def test_each_worker_answers_with_its_own_numbers(tmp_path: Path) -> None:
    with gunicorn(tmp_path, ALONE) as server:
        server.ask("/")
        assert sorted(map(counted, server.each("/metrics"))) == [0, 1]


def test_a_common_folder_adds_them_up(tmp_path: Path) -> None:
    (tmp_path / "numbers").mkdir()
    with gunicorn(tmp_path, ALONE + TOGETHER, PROMETHEUS_MULTIPROC_DIR="numbers") as server:
        server.ask("/")
        server.each("/")
        assert list(map(counted, server.each("/metrics"))) == [3, 3]


def test_the_folder_alone_does_not(tmp_path: Path) -> None:
    """The default registry leaves out what is kept in the folder."""
    (tmp_path / "numbers").mkdir()
    with gunicorn(tmp_path, ALONE, PROMETHEUS_MULTIPROC_DIR="numbers") as server:
        server.ask("/")
        assert sorted(map(counted, server.each("/metrics"))) == [0, 1]


def test_what_answers_with_the_default_registry() -> None:
    import prometheus_client

    for name in ("generate_latest", "make_asgi_app", "make_wsgi_app"):
        parameter = inspect.signature(getattr(prometheus_client, name)).parameters["registry"]
        assert parameter.default is prometheus_client.REGISTRY


def of_fastapi() -> str:
    from fastapi import FastAPI
    from prometheus_fastapi_instrumentator import Instrumentator

    app = FastAPI()
    Instrumentator().instrument(app).expose(app)
    return ask(app, "/metrics").text


def of_starlette() -> str:
    from starlette.applications import Starlette
    from starlette_exporter import PrometheusMiddleware, handle_metrics

    app = Starlette()
    app.add_middleware(PrometheusMiddleware)
    app.add_route("/metrics", handle_metrics)
    return ask(app, "/metrics").text


def of_flask() -> str:
    from flask import Flask
    from prometheus_flask_exporter import PrometheusMetrics

    app = Flask("app")
    PrometheusMetrics(app)
    return app.test_client().get("/metrics").text


def of_django() -> str:
    from django.http import HttpRequest
    from django_prometheus.exports import ExportToDjangoView

    if not settings.configured:
        settings.configure()
    return str(ExportToDjangoView(HttpRequest()).content.decode())


@pytest.mark.parametrize("metrics", [of_fastapi, of_starlette, of_flask, of_django])
def test_libraries_expose_what_the_process_has_counted(
    metrics: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prometheus_client import REGISTRY, Counter

    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    counter = Counter(f"my_{metrics.__name__}", "Own")
    counter.inc(42)
    try:
        assert f"my_{metrics.__name__}_total 42.0" in metrics()
    finally:
        REGISTRY.unregister(counter)
