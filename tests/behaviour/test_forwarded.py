"""Whom servers and applications take for the client of a request that a proxy passes on."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from tests.behaviour.asgi import ask
from tests.behaviour.gunicorn import gunicorn

SENT = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https", "Host": "shop.example"}
FLASK = """\
from flask import Flask, request, url_for
from flask_limiter.util import get_remote_address

app = Flask(__name__)

@app.get("/")
def who():
    assert get_remote_address() == request.remote_addr
    return f"{request.remote_addr} {request.is_secure} {url_for('who', _external=True)}"
"""
FIXED = """
from werkzeug.middleware.proxy_fix import ProxyFix
app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)
"""
DISTRUSTS = "--forwarded-allow-ips=10.0.0.1"
"""The test is no other container: gunicorn is told not to trust it."""


@pytest.mark.parametrize(
    ("application", "options", "expected"),
    [
        (FLASK, (DISTRUSTS,), "127.0.0.1 False http://shop.example/"),
        (FLASK, ("--forwarded-allow-ips=*",), "127.0.0.1 True https://shop.example/"),
        (FLASK, (DISTRUSTS, "--worker-class=gthread"), "127.0.0.1 False http://shop.example/"),
        (FLASK + FIXED, (DISTRUSTS,), "203.0.113.7 True https://shop.example/"),
    ],
)
def test_flask_under_gunicorn(
    application: str, options: tuple[str, ...], expected: str, tmp_path: Path
) -> None:
    with gunicorn(tmp_path, application, *options, workers=1) as server:
        assert server.ask("/", headers=SENT).text == expected


@pytest.mark.parametrize(
    ("trusted", "in_code", "expected"),
    [
        ("10.0.0.1", None, "127.0.0.1 http"),
        ("*", None, "203.0.113.7 https"),
        ("10.0.0.1", "*", "203.0.113.7 https"),
    ],
)
def test_what_uvicorn_puts_around_an_application(
    trusted: str, in_code: str | None, expected: str
) -> None:
    app = FastAPI()

    @app.get("/")
    def who(request: Request) -> str:
        return f"{request.client.host if request.client else ''} {request.url.scheme}"

    if in_code is not None:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=in_code)
    around: Any = ProxyHeadersMiddleware(app, trusted_hosts=trusted)
    assert ask(around, headers=SENT).text == f'"{expected}"'
