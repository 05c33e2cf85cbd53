# ruff: noqa: E501 (one line a case)
"""What code says to its frameworks, held against the frameworks themselves."""

import pytest

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.python.evaluate.results import RepoPath
from dockerlint_py.python.frameworks.applications import application_at, applications_in
from dockerlint_py.python.frameworks.databases import engines_in
from dockerlint_py.python.frameworks.django import DjangoSettings
from dockerlint_py.python.frameworks.flask import FlaskConfig
from dockerlint_py.python.frameworks.logs import log_files_in, log_files_of
from dockerlint_py.python.frameworks.middleware import middleware_in
from dockerlint_py.python.frameworks.routes import django_routes, handlers_in
from dockerlint_py.python.frameworks.state import schedulers_in, shared_state
from tests.python.evaluators import evaluator

LONG = "".join(f"    x{number} = {number}\n" for number in range(40))
TARGETS = {
    "fastapi": ("from fastapi import FastAPI\napp = FastAPI()\n", "app", "FastAPI", "asgi", False),
    "flask": ("import flask\napp: flask.Flask = flask.Flask(__name__)\n", "app", "Flask", "wsgi", False),
    "django wsgi": (
        "import os\nfrom django.core.wsgi import get_wsgi_application\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'x')\napplication = get_wsgi_application()\n",
        "application", "Django", "wsgi", False,
    ),
    "factory": ("from flask import Flask\ndef create():\n    app = Flask('x')\n    return app\n", "create", "Flask", "wsgi", True),
    "called factory": (
        "from fastapi import FastAPI\ndef make(debug=False):\n    app = FastAPI(debug=debug)\n    return app\napp = make()\n",
        "app", "FastAPI", "asgi", False,
    ),
    "long factory": (f"from flask import Flask\ndef create():\n    app = Flask('x')\n{LONG}    return app\n", "create", "Flask", "wsgi", True),
    "imported": ("from other import api as app\n", "app", "FastAPI", "asgi", False),
    "wrapped": (
        "from flask import Flask\nfrom whitenoise import WhiteNoise\napp = Flask('x')\napp = WhiteNoise(app, root='s')\n",
        "app", "Flask", "wsgi", False,
    ),
    "channels": (
        "from channels.routing import ProtocolTypeRouter\nfrom django.core.asgi import get_asgi_application\n"
        "application = ProtocolTypeRouter({'http': get_asgi_application()})\n",
        "application", "Channels", "asgi", False,
    ),
    "celery": ("from celery import Celery\napp = Celery('x')\napp.config_from_object('y')\n", "app", "Celery", "worker", False),
    "attribute": ("import other\n", "other.api", "FastAPI", "asgi", False),
    "middleware added": ("from fastapi import FastAPI\napp = FastAPI()\napp.add_middleware(X)\napp.state.x = 1\n", "app", "FastAPI", "asgi", False),
    "either way": ("from fastapi import FastAPI\nimport os\nif os.name == 'nt':\n    app = None\nelse:\n    app = FastAPI()\n", "app", "FastAPI", "asgi", False),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "framework", "interface", "factory"), TARGETS.values(), ids=TARGETS
)
def test_application(text: str, name: str, framework: str, interface: str, factory: bool) -> None:
    other = "from fastapi import FastAPI\napi = FastAPI()\n"
    found = application_at(evaluator({"m.py": text, "other.py": other}), "m.py", name)
    assert isinstance(found, Known)
    assert found.value.kind == (framework, interface)
    assert found.value.factory is factory
    assert found.says


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("app = 1\n", "app"),
        ("import x\napp = x.y()\n", "app"),
        ("", "app"),
        ("def f(): pass\n", "f"),
    ],
)
def test_no_application(text: str, name: str) -> None:
    assert isinstance(application_at(evaluator({"m.py": text}), "m.py", name), Unknown)


def test_middleware_in_order() -> None:
    text = (
        "from fastapi import FastAPI\nfrom starlette.middleware.gzip import GZipMiddleware as G\n"
        "from own import Auth\napp = FastAPI()\napp.add_middleware(G)\napp.add_middleware(Auth)\n"
    )
    found = list(middleware_in(evaluator({"m.py": text}), "m.py"))
    assert [item.path for item in found] == [
        "starlette.middleware.gzip.GZipMiddleware",
        "own.Auth",
    ]


FLASK = {
    "items": "app.config['SECRET_KEY'] = 'k'\napp.config['DEBUG'] = os.environ.get('D') == '1'",
    "attributes": "app.secret_key = 'k'\napp.debug = True",
    "mapping": "app.config.from_mapping(SECRET_KEY='k', DEBUG=False)",
    "update": "app.config.update({'SECRET_KEY': 'k'}, TESTING=True)",
    "object": "class Base:\n    SECRET_KEY = 'k'\nclass Prod(Base):\n    DEBUG = False\n    lower = 1\napp.config.from_object(Prod)",
    "instance": "class Prod:\n    SECRET_KEY = 'k'\napp.config.from_object(Prod())",
    "chosen": "class A:\n    DEBUG = True\nclass B:\n    DEBUG = False\napp.config.from_object({'a': A, 'b': B}[os.environ.get('C', 'b')])",
    "then overridden": "class A:\n    DEBUG = True\napp.config.from_object(A)\napp.config['DEBUG'] = False",
}


@pytest.mark.parametrize("code", FLASK.values(), ids=FLASK)
@pytest.mark.parametrize("in_function", [False, True])
def test_flask_config(code: str, in_function: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("D", "1")
    text = f"import os\nfrom flask import Flask\napp = Flask('m')\n{code}\n"
    if in_function:
        classes, plain = [], []
        for line in code.split("\n"):
            (classes if line.startswith((" ", "class")) else plain).append(line)
        inside = "".join(f"    {line}\n" for line in ["app = Flask('m')", *plain, "return app"])
        text = "\n".join(["import os", "from flask import Flask", *classes, "def make():", inside])
    run = evaluator({"m.py": text}, {"D": "1"})
    (application,) = applications_in(run.graph.modules, run.module("m.py").facts)
    config = FlaskConfig(run, application)
    names: dict[str, object] = {}
    exec(text, names)
    app = names["make"]() if in_function else names["app"]  # type: ignore[operator]
    assert config.values
    for key in config.values:
        fact = config.get(key)
        assert isinstance(fact, Known)
        assert fact.value == app.config[key], key  # type: ignore[attr-defined]


def test_flask_config_that_is_not_followed_is_unknown() -> None:
    text = (
        "from flask import Flask\napp = Flask('m')\napp.config['DEBUG'] = True\n"
        "app.config.from_envvar('X')\n"
    )
    run = evaluator({"m.py": text})
    (application,) = applications_in(run.graph.modules, run.module("m.py").facts)
    assert isinstance(FlaskConfig(run, application).get("DEBUG"), Unknown)


SETTINGS = """\
from pathlib import Path
BASE_DIR = Path(__file__).parent
INSTALLED_APPS = ["django.contrib.admin", "corsheaders"]
MIDDLEWARE = ["a.A"] + THIRD
CORS_ORIGIN_ALLOW_ALL = True
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60}}
LOGGING = {"handlers": {"f": {"class": "logging.handlers.RotatingFileHandler", "filename": BASE_DIR / "x.log"},
                        "s": {"class": "logging.StreamHandler"}}}
"""


def test_django_settings() -> None:
    settings = DjangoSettings(evaluator({"settings.py": SETTINGS}), "settings.py")
    apps = settings.items("INSTALLED_APPS")
    assert apps is not None
    assert [item.text for item in apps] == ["django.contrib.admin", "corsheaders"]
    assert [item.place.text for item in apps if item.place] == [
        '"django.contrib.admin"',
        '"corsheaders"',
    ]
    assert settings.items("MIDDLEWARE") is None
    assert [item.text for item in settings.known_items("MIDDLEWARE")] == ["a.A"]
    assert settings.includes("MIDDLEWARE", "a.A") is True
    assert settings.includes("MIDDLEWARE", "b.B") is None
    assert settings.includes("INSTALLED_APPS", "b") is False
    cors = settings.get("CORS_ALLOW_ALL_ORIGINS")
    assert isinstance(cors.fact, Known)
    assert cors.place is not None
    assert cors.place.text == "CORS_ORIGIN_ALLOW_ALL = True"
    assert settings.get("DEBUG").is_default
    assert isinstance(settings.get("SOMETHING").fact, Unknown)
    age = settings.entry("DATABASES", "default", "CONN_MAX_AGE")
    assert isinstance(age, Known)
    assert (age.value, age.says) == (60, "DATABASES['default']['CONN_MAX_AGE'] is 60")
    assert settings.entry("DATABASES", "default", "OPTIONS")[0] is None
    assert settings.keys("DATABASES") == ("default",)
    (log,) = log_files_of(settings.get("LOGGING").value)
    assert (log.handler, log.filename, log.rotates) == (
        "RotatingFileHandler",
        RepoPath("x.log"),
        False,
    )


@pytest.mark.parametrize(
    ("code", "is_async", "scheme"),
    [
        ("create_engine('postgresql://u@h/d')", False, "postgresql"),
        ("create_async_engine('postgresql+asyncpg://u@h/d')", True, "postgresql+asyncpg"),
        ("create_engine(os.environ['URL'])", False, "mysql"),
        ("create_engine(f'postgresql://u:{secret()}@db')", False, "postgresql"),
        ("create_async_engine(os.environ['URL'].replace('mysql://', 'mysql+asyncmy://'))", True, "mysql+asyncmy"),
        ("create_engine(url=unknown())", False, None),
    ],
)  # fmt: skip
def test_engines(code: str, is_async: bool, scheme: str | None) -> None:
    text = (
        "import os\nfrom sqlalchemy import create_engine\n"
        f"from sqlalchemy.ext.asyncio import create_async_engine\nengine = {code}\n"
    )
    (engine,) = engines_in(evaluator({"m.py": text}, {"URL": "mysql://h/d"}), "m.py")
    assert engine.is_async is is_async
    assert (engine.scheme.value if isinstance(engine.scheme, Known) else None) == scheme


def test_log_files() -> None:
    text = (
        "import logging, os, sys\nfrom logging.handlers import RotatingFileHandler as R\n"
        "from loguru import logger\n"
        "logging.FileHandler('/var/log/a.log')\nR(os.environ.get('LOG', 'b.log'))\n"
        "logger.add('c.log')\nlogger.add(sys.stderr)\nlogging.basicConfig(filename='d.log')\n"
        "logging.StreamHandler()\nlogging.FileHandler(x())\n"
    )
    found = [(log.handler, log.filename) for log in log_files_in(evaluator({"m.py": text}), "m.py")]
    assert found == [
        ("FileHandler", "/var/log/a.log"),
        ("RotatingFileHandler", "b.log"),
        ("loguru", "c.log"),
        ("FileHandler", "d.log"),
        ("FileHandler", None),
    ]


@pytest.mark.parametrize(
    ("made", "rotates"),
    [
        ("RotatingFileHandler('a')", False),
        ("RotatingFileHandler('a', maxBytes=1024 * 1024)", False),
        ("RotatingFileHandler('a', backupCount=3)", False),
        ("RotatingFileHandler('a', 'a', 10, 3)", True),
        ("RotatingFileHandler('a', maxBytes=unknown(), backupCount=3)", False),
        ("RotatingFileHandler('a', maxBytes=int(os.environ.get('SIZE', 9)), backupCount=3)", True),
        ("TimedRotatingFileHandler('a')", True),
        ("WatchedFileHandler('a')", False),
    ],
)
def test_files_that_handlers_rename(made: str, rotates: bool) -> None:
    text = f"import os\nimport logging.handlers\nlogging.handlers.{made}\n"
    (log,) = log_files_in(evaluator({"m.py": text}), "m.py")
    assert log.rotates is rotates


@pytest.mark.parametrize(
    ("options", "rotates"),
    [("", False), ("'maxBytes': 9", False), ("'maxBytes': 9, 'backupCount': 1", True)],
)
def test_files_that_handlers_of_a_dict_rename(options: str, rotates: bool) -> None:
    handler = f"{{'class': 'logging.handlers.RotatingFileHandler', 'filename': 'a', {options}}}"
    settings = f"LOGGING = {{'handlers': {{'f': {handler}}}}}"
    found = DjangoSettings(evaluator({"settings.py": settings}), "settings.py").get("LOGGING")
    (log,) = log_files_of(found.value)
    assert log.rotates is rotates


def test_shared_state() -> None:
    text = (
        "cache = {}\nseen = set()\nitems: list[int] = []\nconst = {'a': 1}\nimported = []\n"
        "imported.append(1)\nlocal = []\nshadow = {}\n"
        "def f():\n    cache['a'] = 1\n    local = []\n    local.append(1)\n"
        "def g(shadow):\n    seen.add(1)\n    shadow['x'] = 1\n    global items\n    items += [1]\n"
    )
    facts = evaluator({"m.py": text}).module("m.py").facts
    found = [(state.name, state.function) for state in shared_state(facts)]
    assert found == [("cache", "f"), ("seen", "g"), ("items", "g")]


def test_schedulers() -> None:
    text = (
        "from apscheduler.schedulers.background import BackgroundScheduler as B\n"
        "import threading\nscheduler = B()\nscheduler.start()\nother.start()\n"
        "def f():\n    t = threading.Timer(1, f)\n    t.start()\n    threading.Thread().start()\n"
    )
    facts = evaluator({"m.py": text}).module("m.py").facts
    found = [(item.library, facts.at_import(item.scope)) for item in schedulers_in(facts)]
    assert found == [("APScheduler", True), ("threading.Timer", False)]


def test_handlers() -> None:
    text = (
        "from fastapi import APIRouter, FastAPI\nfrom flask import Blueprint\nfrom celery import shared_task\n"
        "from .api import router\n"
        "app = FastAPI()\nr = APIRouter()\nbp = Blueprint('x', __name__)\n"
        "@app.get('/a')\nasync def a(): pass\n@r.post(PATH)\ndef b(): pass\n@bp.route('/c')\ndef c(): pass\n"
        "@shared_task\ndef d(): pass\n@router.get('/e')\ndef e(): pass\n@cached.get\ndef f(): pass\n"
    )
    facts = evaluator({"m.py": text}).module("m.py").facts
    found = [(h.framework, h.method, h.route, h.function.name) for h in handlers_in(facts)]
    assert found == [
        ("FastAPI", "get", "/a", "a"),
        ("FastAPI", "post", None, "b"),
        ("Flask", "route", "/c", "c"),
        ("Celery", "shared_task", None, "d"),
        ("", "get", "/e", "e"),
    ]


def test_django_routes() -> None:
    text = (
        "from django.urls import include, path\nfrom app import views\n"
        "urlpatterns = [path('a/', views.a), path('api/', include('api.urls')), path(x, views.V.as_view())]\n"
    )
    facts = evaluator({"m.py": text}).module("m.py").facts
    found = [(route.route, route.view, route.includes) for route in django_routes(facts)]
    assert found == [
        ("a/", "app.views.a", ""),
        ("api/", "django.urls.include()", "api.urls"),
        (None, "app.views.V.as_view()", ""),
    ]


@pytest.mark.parametrize(
    ("code", "is_closed"),
    [
        ("", True),
        ("from base import *", True),
        ("from django_base import *", False),
        ("try:\n    from .local import *\nexcept ImportError:\n    pass", False),
        ("from opened import *", False),
        ("import opened", True),
        ("import django_heroku\ndjango_heroku.settings(locals())", False),
        ("import dynaconf\nsettings = dynaconf.DjangoDynaconf(__name__)", False),
        ("from split_settings.tools import include, optional\ninclude(optional('x.py'))", False),
    ],
)
def test_a_setting_may_be_set_unseen(code: str, is_closed: bool) -> None:
    files = {"settings.py": code + "\n", "base.py": "DEBUG = True\n", "opened.py": "vars()\n"}
    settings = DjangoSettings(evaluator(files), "settings.py")
    assert settings.has("STATIC_ROOT") is (False if is_closed else None)
    assert isinstance(settings.get("STATIC_ROOT").fact, Known) is is_closed
