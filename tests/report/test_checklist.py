"""`checklist`: what is done, missing, needless or unknown, and that the three formats agree."""

import json
from datetime import date
from pathlib import Path

import pytest

from dockerlint_py.engine.config import Config
from dockerlint_py.engine.packs import load_catalogue
from dockerlint_py.report import checklist_json, checklist_markdown, checklist_text
from dockerlint_py.report.checklist import Checklist, checklists_of
from dockerlint_py.report.checklist_items import FRAMEWORKS, ITEMS
from dockerlint_py.testing import project

GOLDEN = Path(__file__).parents[1] / "golden" / "report" / "checklist.txt"
DOCKERFILE = """\
FROM python:3.13-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["gunicorn", "shop.wsgi", "-b", "0.0.0.0:8000"]
"""
SETTINGS = """\
import os
SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = False
INSTALLED_APPS = ["django.contrib.staticfiles"]
STATIC_URL = "/static/"
STATIC_ROOT = "/app/static"
ROOT_URLCONF = "shop.urls"
"""
WSGI = """\
import os
from django.core.wsgi import get_wsgi_application
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
application = get_wsgi_application()
"""
MANAGE = """\
import os
from django.core.management import execute_from_command_line
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
execute_from_command_line()
"""
FILES = {
    "Dockerfile": DOCKERFILE,
    "requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n",
    "manage.py": MANAGE,
    "shop/__init__.py": "",
    "shop/wsgi.py": WSGI,
    "shop/urls.py": "urlpatterns = []\n",
    "shop/settings.py": SETTINGS,
    "compose.prod.yml": (
        "services:\n  web: {build: ., environment: {SECRET_KEY: '${SECRET_KEY:?}'}}\n"
        "  db: {image: 'postgres:17'}\n"
    ),
    "compose.dev.yml": "services: {migrate: {build: ., command: python manage.py migrate}}\n",
}


def lists(changed: dict[str, str] | None = None) -> dict[str, Checklist]:
    found = checklists_of(project({**FILES, **(changed or {})}).check().outcome)
    return {each.container.id: each for each in found}


def states(checklist: Checklist) -> dict[str, str]:
    return {step.item.key: step.verdict.state for step in checklist.steps}


def test_the_text_is_what_it_was() -> None:
    assert checklist_text.render(lists().values(), "sub/") == GOLDEN.read_text(encoding="utf-8")


def test_what_is_proven_is_done_and_what_is_not_stays_unknown() -> None:
    web = lists()["compose.prod.yml:web"]
    assert web.framework == "Django"
    found = states(web)
    proven = ("server", "python", "pip", "dependencies", "debug", "secret")
    assert {found[key] for key in proven} == {"done"}
    assert {found[key] for key in ("environment", "compilers")} == {"unknown"}
    assert found["translations"] == "not applicable"


def test_a_finding_makes_a_step_missing() -> None:
    changed = {"shop/settings.py": SETTINGS.replace("DEBUG = False", "DEBUG = True")}
    web = lists(changed)["compose.prod.yml:web"]
    (step,) = (step for step in web.steps if step.item.key == "debug")
    assert step.verdict.state == "missing"
    assert "CFG001" in step.verdict.why
    assert [(at.path, at.line) for at in step.verdict.places] == [("shop/settings.py", 3)]


def test_migrations_of_another_file_set_prove_nothing() -> None:
    assert states(lists()["compose.prod.yml:web"])["migrations"] != "done"
    with_job = FILES["compose.prod.yml"] + "  job: {build: ., command: python manage.py migrate}\n"
    web = lists({"compose.prod.yml": with_job})["compose.prod.yml:web"]
    assert states(web)["migrations"] == "done"


def test_what_gave_way_to_another_finding_is_missing_all_the_same() -> None:
    """MIG002 is not told where CTX005 tells what leaves the migrations out."""
    job = "  job: {build: ., command: python manage.py migrate}\n"
    changed = {
        "compose.prod.yml": FILES["compose.prod.yml"] + job,
        "shop/settings.py": SETTINGS.replace('["', '["shop.orders", "'),
        "shop/orders/__init__.py": "",
        "shop/orders/models.py": "from django.db import models\nclass Order(models.Model): ...\n",
        "shop/orders/migrations/__init__.py": "",
        "shop/orders/migrations/0001_initial.py": "class Migration: ...\n",
        ".dockerignore": "**/migrations\n",
    }
    outcome = project({**FILES, **changed}).check().outcome
    assert "MIG002" not in {problem.rule.id for problem in outcome.problems}
    found = {each.container.id: each for each in checklists_of(outcome)}
    assert states(found["compose.prod.yml:web"])["migrations"] == "missing"


NGINX = """\
server {
    listen 80;
    location /static/ { alias /elsewhere/; }
    location / { proxy_pass http://web:8000; }
}
"""
PROXIED = """\
services:
  web:
    build: .
    command: sh -c "python manage.py collectstatic --noinput && gunicorn shop.wsgi"
    volumes: ["static:/app/static"]
    environment: {SECRET_KEY: "${SECRET_KEY:?}"}
  front:
    image: nginx:1.29
    volumes: ["./nginx.conf:/etc/nginx/conf.d/default.conf", "static:/srv"]
volumes: {static: {}}
"""


def test_what_is_wrong_with_a_proxy_is_wrong_with_what_it_serves() -> None:
    changed = {
        "compose.prod.yml": PROXIED,
        "nginx.conf": NGINX,
    }
    assert states(lists(changed)["compose.prod.yml:web"])["static"] == "missing"
    right = {**changed, "nginx.conf": NGINX.replace("/elsewhere/", "/srv/")}
    assert states(lists(right)["compose.prod.yml:web"])["static"] == "done"


def test_what_is_wrong_with_another_application_is_not_held_against_this_one() -> None:
    changed = {
        f"other/{path}": text for path, text in FILES.items() if not path.startswith("compose")
    }
    changed["other/shop/settings.py"] = SETTINGS.replace("DEBUG = False", "DEBUG = True")
    changed["compose.prod.yml"] = FILES["compose.prod.yml"] + "  other: {build: other}\n"
    found = lists(changed)
    assert states(found["compose.prod.yml:web"])["debug"] == "done"
    assert states(found["compose.prod.yml:other"])["debug"] == "missing"


def test_a_path_that_is_ignored_makes_no_step_done() -> None:
    config = Config(per_path_ignores={"shop/**": ("CFG001",)})
    changed = {**FILES, "shop/settings.py": SETTINGS.replace("DEBUG = False", "DEBUG = True")}
    outcome = project(changed).check("CFG001", config=config).outcome
    assert "CFG001" not in {problem.rule.id for problem in outcome.problems}
    found = {each.container.id: each for each in checklists_of(outcome)}
    assert states(found["compose.prod.yml:web"])["debug"] == "missing"


@pytest.mark.parametrize(
    ("container", "state", "words"),
    [
        ("compose.prod.yml:db", "not applicable", "serves no web application"),
        ("compose.dev.yml:migrate", "not applicable", "dev: "),
    ],
)
def test_a_container_without_a_list_says_why(container: str, state: str, words: str) -> None:
    found = lists()[container]
    assert (found.framework, found.steps, found.state) == (None, (), state)
    assert words in found.why


def test_what_a_container_serves_may_be_unknown() -> None:
    found = lists({"Dockerfile": DOCKERFILE.replace("shop.wsgi", "elsewhere.wsgi")})
    web = found["compose.prod.yml:web"]
    assert (web.state, web.steps) == ("unknown", ())
    assert "what it serves is not known" in web.why


def test_the_formats_tell_the_same() -> None:
    found = tuple(lists().values())
    document = json.loads(checklist_json.render(found, "sub/"))
    markdown = checklist_markdown.render(found, "sub/")
    told = [step["state"] for each in document["containers"] for step in each["steps"]]
    rows = [line for line in markdown.split("\n") if line.startswith("| ") and "---" not in line]
    assert [row.split(" | ")[0][2:] for row in rows if not row.startswith("| state")] == told
    assert document["schema"] == 1
    paths = {at["path"] for c in document["containers"] for s in c["steps"] for at in s["evidence"]}
    assert paths
    assert all(path.startswith("sub/") for path in paths)


def test_hostile_words_cannot_act() -> None:
    evil = "\x1b[31m|<img src=x>##[error]x"
    files = {f"{evil}/Dockerfile": "FROM python:3.13\nCMD gunicorn shop.wsgi\n"}
    found = checklists_of(project({**FILES, **files}).check().outcome)
    for text in (checklist_text.render(found), checklist_markdown.render(found)):
        assert "\x1b" not in text
        assert "##[" not in text
    assert "<img" not in checklist_markdown.render(found)


def test_the_table_is_sound() -> None:
    assert len({item.key for item in ITEMS}) == len(ITEMS)
    known = {info.family for info in load_catalogue(("dockerlint_rules",)).rules}
    for item in ITEMS:
        assert set(item.frameworks) <= set(FRAMEWORKS)
        assert {rule.rstrip("0123456789") for rule in item.rules} <= known


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ('os.environ["SECRET_KEY"]', "done"),
        ('os.environ.get("SECRET_KEY") or read_key()', "unknown"),
        ('os.environ.get("OTHER_KEY", "0d5cf1b1a4c8e7f9a6b3")', "missing"),
        ('os.environ.get("OTHER_KEY") or read_key()', "unknown"),
        ("read_key()", "unknown"),
    ],
)
def test_a_key_is_of_the_environment_if_nothing_else_can_be_it(key: str, state: str) -> None:
    text = SETTINGS.replace('os.environ["SECRET_KEY"]', key)
    text = text.replace("import os\n", "import os\nfrom vault import read_key\n")
    assert states(lists({"shop/settings.py": text})["compose.prod.yml:web"])["secret"] == state


COLLECTS = DOCKERFILE.replace("CMD", "RUN python manage.py collectstatic --noinput\nCMD")


@pytest.mark.parametrize(("middleware", "state"), [(True, "done"), (False, "unknown")])
def test_static_files_are_collected_and_served(middleware: bool, state: str) -> None:
    settings = SETTINGS.replace(
        "DEBUG", "MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']\nDEBUG"
    )
    changed = {
        "Dockerfile": COLLECTS,
        "requirements.txt": FILES["requirements.txt"] + "whitenoise==6.11.0\n",
    }
    if middleware:
        changed["shop/settings.py"] = settings
    assert states(lists(changed)["compose.prod.yml:web"])["static"] == state


def test_migrating_while_the_image_is_built_reaches_no_database_of_the_deployment() -> None:
    changed = {"Dockerfile": DOCKERFILE.replace("CMD", "RUN python manage.py migrate\nCMD")}
    assert states(lists(changed)["compose.prod.yml:web"])["migrations"] != "done"


def test_a_command_in_a_script_proves_nothing_and_is_told() -> None:
    changed = {"Makefile": "migrate:\n\tdocker compose exec web python manage.py migrate\n"}
    (step,) = (
        step
        for step in lists(changed)["compose.prod.yml:web"].steps
        if step.item.key == "migrations"
    )
    assert step.verdict.state == "unknown"
    assert step.verdict.why == "a script has `manage.py migrate`; is it run?"


def test_support_that_will_end_is_no_step_that_is_missing() -> None:
    files = {**FILES, "Dockerfile": DOCKERFILE.replace("3.13", "3.11")}
    soon = project(files, today=date(2027, 7, 1)).check().outcome
    assert "IMG001" in {problem.rule.id for problem in soon.problems}
    found = {each.container.id: each for each in checklists_of(soon)}
    assert states(found["compose.prod.yml:web"])["python"] == "done"
    past = project(files, today=date(2027, 12, 1)).check().outcome
    found = {each.container.id: each for each in checklists_of(past)}
    assert states(found["compose.prod.yml:web"])["python"] == "missing"


def test_other_software_and_other_secrets_are_other_steps() -> None:
    node = "FROM node:18 AS pages\n" + DOCKERFILE.replace(
        "COPY . .", "COPY --from=pages /etc /a\nCOPY . ."
    )
    password = FILES["compose.prod.yml"].replace(
        "environment: {", "environment: {DB_PASSWORD: l0ng-0ne, "
    )
    outcome = project({**FILES, "Dockerfile": node, "compose.prod.yml": password}).check().outcome
    assert {"IMG001", "CFG010"} <= {problem.rule.id for problem in outcome.problems}
    found = {c.container.id: c for c in checklists_of(outcome)}
    assert states(found["compose.prod.yml:web"])["python"] == "done"
    assert states(found["compose.prod.yml:web"])["secret"] == "done"
    assert states(found["compose.prod.yml:web"])["environment"] == "missing"


def test_what_another_role_made_worse_counts_for_all() -> None:
    """A stage is judged by its worst role; its other containers have the same stage."""
    text = DOCKERFILE.replace("COPY . .", "RUN pip install poetry\nCOPY . .")
    changed = {"Dockerfile": text, "compose.yml": FILES["compose.prod.yml"]}
    found = lists(changed)
    assert found["compose.yml:web"].container.role != found["compose.prod.yml:web"].container.role
    assert states(found["compose.prod.yml:web"])["installer"] == "missing"
    assert states(found["compose.yml:web"])["installer"] == "missing"


FLASK = {
    "Dockerfile": DOCKERFILE.replace("shop.wsgi", "shop:app"),
    "requirements.txt": "flask==3.1.2\ngunicorn==23.0.0\n",
    "shop.py": "from flask import Flask\n\napp = Flask(__name__)\n",
    "compose.prod.yml": "services: {web: {build: .}}\n",
}


def of_flask(changed: dict[str, str]) -> dict[str, str]:
    (found,) = checklists_of(project({**FLASK, **changed}).check().outcome)
    assert found.framework == "Flask"
    return states(found)


def test_the_list_of_a_small_flask_application() -> None:
    found = of_flask({})
    assert found["debug"] == "done"
    assert (found["static"], found["migrations"]) == ("not applicable", "not applicable")


@pytest.mark.parametrize(
    ("key", "changed", "state"),
    [
        ("debug", {"shop.py": FLASK["shop.py"] + "app.config.from_object(make())\n"}, "unknown"),
        ("debug", {"shop.py": FLASK["shop.py"] + "app.debug = True\n"}, "missing"),
        ("debug", {"shop.py": FLASK["shop.py"] + "app.debug = False\n"}, "done"),
        ("debug", {"setup_app.py": "from shop import app\napp.debug = True\n"}, "unknown"),
        ("static", {"static/site.css": ""}, "unknown"),
        ("migrations", {"models.py": "from flask_sqlalchemy import SQLAlchemy\n"}, "unknown"),
    ],
)
def test_what_keeps_a_step_of_flask_open(key: str, changed: dict[str, str], state: str) -> None:
    assert of_flask(changed)[key] == state


def test_alembic_migrates_for_fastapi() -> None:
    files = {
        "Dockerfile": DOCKERFILE.partition("CMD")[0] + 'CMD ["uvicorn", "main:app"]\n',
        "requirements.txt": "fastapi==0.121.0\nuvicorn==0.38.0\nalembic==1.17.0\n",
        "main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
        "alembic.ini": "[alembic]\nscript_location = migrations\n",
        "migrations/env.py": "",
        "migrations/versions/1_first.py": "revision = '1'\ndown_revision = None\n",
        "compose.prod.yml": (
            "services:\n  web: {build: .}\n  job: {build: ., command: alembic upgrade head}\n"
        ),
    }
    found = {c.container.id: c for c in checklists_of(project(files).check().outcome)}
    assert states(found["compose.prod.yml:web"])["migrations"] == "done"


@pytest.mark.parametrize(
    ("image", "state", "words"),
    [
        ("nginx:1.29", "not applicable", "it runs nginx"),
        ("ghcr.io/somebody/shop:1", "unknown", "is not built here"),
    ],
)
def test_an_image_from_elsewhere(image: str, state: str, words: str) -> None:
    composed = {"compose.prod.yml": f"services: {{front: {{image: '{image}'}}}}\n"}
    (found,) = (c for n, c in lists(composed).items() if n.endswith(":front"))
    assert (found.state, words in found.why) == (state, True)
