"""Applications: what belongs to one, which containers run it, and its settings."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.application import Application
from dockerlint_py.model.code.cors import wrong_part
from dockerlint_py.testing import project

IMAGE = "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n"
WSGI = 'os.environ.setdefault(\n    "DJANGO_SETTINGS_MODULE", "shop.settings"\n)\n'
DJANGO = {
    "Dockerfile": IMAGE,
    "manage.py": WSGI,
    "shop/__init__.py": "",
    "shop/settings.py": "DEBUG = True\n",
    "shop/production.py": "from .settings import *\nDEBUG = False\n",
}
FLASK = "from flask import Flask\napp = Flask(__name__)\n"


def applications(files: dict[str, str]) -> dict[str, Application]:
    return {each.folder: each for each in project(files).repository().applications}


def test_a_manifest_makes_the_folder_of_an_application() -> None:
    files = {
        "Dockerfile": IMAGE,
        "a/requirements.txt": "",
        "a/src/app.py": FLASK,
        "a/src/views.py": "",
        "b/app.py": FLASK,
        "tests/app.py": FLASK,
    }
    found = applications(files)
    assert {folder: each.files for folder, each in found.items()} == {
        "a": ("a/src/app.py", "a/src/views.py"),
        "b": ("b/app.py",),
    }


def test_files_of_others_are_left_out() -> None:
    files = {
        "app.py": FLASK,
        ".gitignore": "local/\n",
        "local/app.py": FLASK,
        "vendor/app.py": FLASK,
        "env/pyvenv.cfg": "",
        "env/lib/app.py": FLASK,
    }
    assert [each.files for each in applications(files).values()] == [("app.py",)]


@pytest.mark.parametrize(
    ("copy", "containers"),
    [
        ("COPY . .", 1),
        ("COPY src/ ./", 1),
        ("COPY src/app.py /app/", 1),
        ("COPY src/views.py /app/", 0),
        ("COPY --from=other /app /app", 0),
        ("COPY $WHAT /app/", 0),
    ],
)
def test_containers_hold_its_entry(copy: str, containers: int) -> None:
    image = f"FROM python:3.13-slim AS other\nFROM python:3.13-slim\nARG WHAT\n{copy}\n"
    files = {"Dockerfile": image, "src/app.py": FLASK, "src/views.py": "", "src/setup.py": ""}
    assert len(applications(files)["src"].containers) == containers


@pytest.mark.parametrize(
    ("env", "used"),
    [
        ("", ["shop/settings.py"]),
        ("ENV DJANGO_SETTINGS_MODULE=shop.production\n", ["shop/production.py"]),
        ("ENV DJANGO_SETTINGS_MODULE=elsewhere\n", []),
        ("ARG WHICH\nENV DJANGO_SETTINGS_MODULE=$WHICH\n", []),
    ],
)
def test_settings_of_production(env: str, used: list[str]) -> None:
    application = applications(DJANGO | {"Dockerfile": IMAGE + env})[""]
    assert [each.path for each in application.production_settings] == used


def test_a_setting_that_depends_on_the_environment_is_unknown() -> None:
    settings = "import os\nDEBUG = os.environ.get('DEBUG', True)\nA = 1\n"
    application = applications(DJANGO | {"shop/settings.py": settings})[""]
    [found] = application.settings
    assert not isinstance(found.get("DEBUG"), Known)
    assert isinstance(found.get("A"), Known)


def test_nothing_is_known_of_settings_that_import_a_broken_module() -> None:
    files = {"shop/settings.py": "from .base import *\nA = 1\n", "shop/base.py": "x = = 1\n"}
    repository = project(DJANGO | files).repository()
    [application] = repository.applications
    [found] = application.settings
    assert not isinstance(found.get("A"), Known)
    assert [(note.code, note.path, note.line) for note in repository.notes] == [
        ("broken-file", "shop/base.py", 1)
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("x = = 1\n", "broken-file", id="no Python"),
        pytest.param("#!/bin/sh\nexec python x.py\n", "broken-file", id="for another program"),
        pytest.param(b"x = '\xe9'\n", "broken-file", id="in another encoding"),
        pytest.param("x = " + "(" * 500 + ")" * 500, "broken-file", id="too deep"),
        pytest.param("#" * 4_000_001, "broken-file", id="too large"),
        pytest.param("x = {{ cookiecutter.x }}\n{% if y %}\n", "template", id="a template"),
    ],
)
def test_every_file_that_is_asked_for_and_not_analysed_has_a_note(
    text: str | bytes, code: str
) -> None:
    files = {"shop/settings.py": "from .base import *\n", "shop/base.py": text}
    repository = project({**DJANGO, **files}).repository()
    [application] = repository.applications
    [found] = application.settings
    assert not isinstance(found.get("A"), Known)
    assert [(note.code, note.path) for note in repository.notes] == [(code, "shop/base.py")]


def test_no_file_is_parsed_before_it_is_asked_for() -> None:
    repository = project(DJANGO).repository()
    assert repository.applications
    assert repository.python_files.modules.asked_for == ()


def test_a_comment_in_a_python_file_silences() -> None:
    code = (
        "from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n"
        "app = FastAPI()\n"
        "app.add_middleware(CORSMiddleware, allow_origins=['https://a.com/'])"
    )
    assert project({"app.py": code}).check("CRS002").problems
    silenced = code + "  # dockerlint: ignore[CRS002] it is a test"
    assert not project({"app.py": silenced}).check("CRS002").problems


@pytest.mark.parametrize(
    "origin",
    ["https://a.com", "http://localhost:3000", "null", "file://", "app://x", "https://*.a.com"],
)
def test_origins(origin: str) -> None:
    assert not wrong_part(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "",
        "a.com",
        "localhost:3000",
        "https://a.com/",
        "https://a.com?x",
        "http://[",
        "//a.com",
    ],
)
def test_what_is_no_origin(origin: str) -> None:
    assert wrong_part(origin)


def test_wrong_origins_are_those_of_django_cors_headers() -> None:
    from corsheaders.checks import check_settings
    from django.conf import settings
    from django.test import override_settings

    if not settings.configured:
        settings.configure()
    for origin in [
        "*",
        "a.com",
        "https://a.com/",
        "https://a.com",
        "null",
        "localhost:1",
        "app://x",
    ]:
        with override_settings(CORS_ALLOWED_ORIGINS=[origin]):
            refused = {error.id for error in check_settings(app_configs=None)}
        assert bool(refused & {"corsheaders.E013", "corsheaders.E014"}) == bool(wrong_part(origin))


@pytest.mark.parametrize(
    "origin",
    [
        "https://a.com",
        "https://a.com/",
        "a.com",
        "http://localhost:3000",
        "https://a.com/x",
        "null",
    ],
)
def test_origins_that_flask_cors_never_allows(origin: str) -> None:
    """Browsers send a scheme, a host and a port: nothing else is ever compared."""
    from flask import Flask
    from flask_cors import CORS

    app = Flask("shop")
    app.add_url_rule("/", view_func=lambda: "")
    CORS(app, origins=[origin])
    client = app.test_client()
    sent = ("https://a.com", "http://localhost:3000", "null")
    answers = [client.get("/", headers={"Origin": each}).headers for each in sent]
    allowed = any("Access-Control-Allow-Origin" in headers for headers in answers)
    imports = "from flask import Flask\nfrom flask_cors import CORS\n"
    code = f"{imports}CORS(Flask('x'), origins=[{origin!r}])\n"
    assert bool(project({"app.py": code}).check("CRS002").problems) != allowed


def test_origins_that_django_trusts() -> None:
    from django.conf import settings
    from django.core.checks.compatibility.django_4_0 import check_csrf_trusted_origins
    from django.test import override_settings

    if not settings.configured:
        settings.configure()
    for origin in ("a.com", "https://a.com", "https://*.a.com", ".a.com", "http://a.com:1"):
        with override_settings(CSRF_TRUSTED_ORIGINS=[origin]):
            refused = bool(check_csrf_trusted_origins(app_configs=None))
        files = DJANGO | {
            "Dockerfile": f"{IMAGE}RUN pip install django==5.2.8\n",
            "shop/settings.py": f"CSRF_TRUSTED_ORIGINS = [{origin!r}]\n",
        }
        assert bool(project(files).check("CRS002").problems) == refused
