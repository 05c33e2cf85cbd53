# ruff: noqa: E501 (one line a case)
"""What code says about CORS, and the defaults of settings, held against the frameworks."""

import inspect

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.python.frameworks import django as django_facts
from dockerlint_py.python.frameworks import middleware
from dockerlint_py.python.frameworks.middleware import cors_in
from tests.behaviour.asgi import ask
from tests.python.evaluators import evaluator


def test_defaults_are_the_frameworks_own() -> None:
    from corsheaders.conf import Settings
    from django.conf import global_settings, settings
    from flask_cors.core import DEFAULT_OPTIONS
    from starlette.middleware.cors import CORSMiddleware

    if not settings.configured:
        settings.configure()
    cors = Settings()
    for name, value in django_facts.DEFAULTS.items():
        if name in ("CHANNEL_LAYERS", "REST_FRAMEWORK"):  # their packages take {} for nothing
            continue
        real = getattr(cors if name.startswith("CORS_") else global_settings, name)
        assert (list(real) if isinstance(real, tuple) else real) == value, name
    parameters = inspect.signature(CORSMiddleware).parameters
    for name, value in middleware._STARLETTE_DEFAULTS.items():
        default = parameters[name].default
        assert (list(default) if isinstance(default, tuple) else default) == value, name
    for name, value in middleware._FLASK_DEFAULTS.items():
        assert DEFAULT_OPTIONS[name] == value, name


STARLETTE = {
    "wildcard": "app.add_middleware(CORSMiddleware, allow_origins=['*'], allow_credentials=True)",
    "list": "app.add_middleware(CORSMiddleware, allow_origins=['https://a.com'])",
    "variable": "ORIGINS = ['https://a.com']\napp.add_middleware(CORSMiddleware, allow_origins=ORIGINS + ['*'])",
    "environment": "app.add_middleware(CORSMiddleware, allow_origins=os.environ.get('O', 'x').split(','))",
    "regex": "app.add_middleware(CORSMiddleware, allow_origin_regex='.*', allow_credentials=True)",
    "splat": "OPTIONS = {'allow_origins': ['*']}\napp.add_middleware(CORSMiddleware, **OPTIONS)",
    "in a function": (
        "def setup(app):\n    origins = ['https://a.com']\n"
        "    app.add_middleware(CORSMiddleware, allow_origins=origins)\nsetup(app)"
    ),
}


def allows_strangers(app: object) -> bool:
    """Whether the answer to a preflight lets a foreign origin in."""
    headers = {"origin": "https://evil.org", "access-control-request-method": "GET"}
    return "access-control-allow-origin" in ask(app, method="OPTIONS", headers=headers).headers


@pytest.mark.parametrize("code", STARLETTE.values(), ids=STARLETTE)
@pytest.mark.parametrize("framework", ["fastapi.FastAPI", "starlette.applications.Starlette"])
def test_starlette_cors(code: str, framework: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known options are those that the real application got, and a preflight answers by them."""
    monkeypatch.setenv("O", "https://a.com,https://b.com")
    module, _, name = framework.rpartition(".")
    text = (
        f"import os\nfrom {module} import {name}\n"
        f"from starlette.middleware.cors import CORSMiddleware\napp = {name}()\n{code}\n"
    )
    (cors,) = cors_in(evaluator({"m.py": text}, {"O": "https://a.com,https://b.com"}), "m.py")
    names: dict[str, object] = {}
    exec(text, names)
    app = names["app"]
    real = app.user_middleware[0].kwargs  # type: ignore[attr-defined]
    for option, fact in cors.options.items():
        if isinstance(fact, Known):
            assert fact.value == real.get(option, middleware._STARLETTE_DEFAULTS[option])
    origins = cors.option("allow_origins")
    if isinstance(origins, Known):
        regex = cors.option("allow_origin_regex")
        open_to_all = "*" in origins.value or (isinstance(regex, Known) and regex.value == ".*")
        assert allows_strangers(app) is open_to_all


FLASK_CORS = {
    "bare": "CORS(app)",
    "credentials": "CORS(app, supports_credentials=True)",
    "origins": "CORS(app, origins=['https://a.com'])",
    "resources": "CORS(app, resources={r'/*': {'origins': 'https://a.com'}})",
    "factory": "def make(app):\n    cors = CORS(app, origins='https://a.com')\nmake(app)",
}


@pytest.mark.parametrize("code", FLASK_CORS.values(), ids=FLASK_CORS)
def test_flask_cors(code: str) -> None:
    text = f"from flask import Flask\nfrom flask_cors import CORS\napp = Flask('m')\n{code}\n"
    (cors,) = cors_in(evaluator({"m.py": text}), "m.py")
    names: dict[str, object] = {}
    exec(text, names)
    app = names["app"]
    app.add_url_rule("/", view_func=lambda: "x", endpoint="root")  # type: ignore[attr-defined]
    answer = app.test_client().get("/", headers={"Origin": "https://evil.org"})  # type: ignore[attr-defined]
    origins, credentials = cors.option("origins"), cors.option("supports_credentials")
    assert isinstance(origins, Known)
    assert isinstance(credentials, Known)
    assert (answer.headers.get("Access-Control-Allow-Origin") in ("*", "https://evil.org")) is (
        origins.value == "*"
    )
    assert (answer.headers.get("Access-Control-Allow-Credentials") == "true") is (
        credentials.value is True and origins.value == "*"
    )
