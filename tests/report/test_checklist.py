"""`checklist`: what is done, missing, needless or unknown, and that the three formats agree."""

import json
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
    assert {found[key] for key in ("server", "python", "dependencies", "debug")} == {"done"}
    assert {found[key] for key in ("secret", "compilers")} == {"unknown"}
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
  web: {build: ., volumes: ["static:/app/static"], environment: {SECRET_KEY: "${SECRET_KEY:?}"}}
  front:
    image: nginx:1.29
    volumes: ["./nginx.conf:/etc/nginx/conf.d/default.conf", "static:/srv"]
volumes: {static: {}}
"""


def test_what_is_wrong_with_a_proxy_is_wrong_with_what_it_serves() -> None:
    changed = {
        "compose.prod.yml": PROXIED,
        "nginx.conf": NGINX,
        "Dockerfile": DOCKERFILE.replace(
            "CMD", "RUN python manage.py collectstatic --noinput\nCMD"
        ),
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
