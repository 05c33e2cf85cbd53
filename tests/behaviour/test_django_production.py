"""What rules say of Django's settings in production, done by Django."""

import json
from pathlib import Path

import pytest

from tests.behaviour.programs import Done, run

SETTINGS = """\
SECRET_KEY = "weak"
ROOT_URLCONF = "urls"
INSTALLED_APPS = []
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
"""
URLS = """\
from django.db import connection
from django.http import HttpResponse
from django.urls import path

def host(request):
    connection.cursor().execute("SELECT 1")
    return HttpResponse(f"{request.get_host()} {len(connection.queries)}")

def fail(request):
    password = "in a variable"
    raise ValueError

urlpatterns = [path("host", host), path("fail", fail)]
"""
ASK = """\
import json, logging, sys
import django
django.setup()
logging.disable()
from django.test import Client
client = Client(raise_request_exception=False)
answers = [client.get(sys.argv[1], headers={"host": host}) for host in sys.argv[2:]]
print(json.dumps([[answer.status_code, answer.content.decode()] for answer in answers]))
"""


def django(folder: Path, settings: str, *argv: str) -> Done:
    (folder / "settings.py").write_text(f"{SETTINGS}{settings}\n")
    (folder / "urls.py").write_text(URLS)
    return run(folder, *argv, DJANGO_SETTINGS_MODULE="settings")


def answers(folder: Path, settings: str, path: str, *hosts: str) -> list[tuple[int, str]]:
    found = json.loads(django(folder, settings, "-c", ASK, path, *hosts).output)
    return [(status, text) for status, text in found]


@pytest.mark.parametrize("debug", [True, False])
def test_debugging_shows_code_and_keeps_queries(tmp_path: Path, debug: bool) -> None:
    """CFG001."""
    settings = f"DEBUG = {debug}\nALLOWED_HOSTS = ['localhost']"
    assert answers(tmp_path, settings, "/host", "localhost") == [(200, f"localhost {int(debug)}")]
    [(status, text)] = answers(tmp_path, settings, "/fail", "localhost")
    assert status == 500
    assert ("in a variable" in text) is debug


@pytest.mark.parametrize(
    ("settings", "local", "strange"),
    [
        ("DEBUG = False", 400, 400),
        ("DEBUG = True", 200, 400),
        ("DEBUG = False\nALLOWED_HOSTS = ['*']", 200, 200),
        ("DEBUG = False\nALLOWED_HOSTS = ['localhost']", 200, 400),
    ],
)
def test_which_hosts_are_answered(tmp_path: Path, settings: str, local: int, strange: int) -> None:
    """CFG001, CFG014."""
    found = answers(tmp_path, settings, "/host", "localhost", "evil.example.com")
    assert [status for status, _ in found] == [local, strange]


@pytest.mark.parametrize(("options", "warns"), [((), False), (("--deploy",), True)])
def test_checks_for_deployments_have_to_be_asked_for(
    tmp_path: Path, options: tuple[str, ...], warns: bool
) -> None:
    """CFG016."""
    done = django(tmp_path, "DEBUG = False", "-m", "django", "check", *options)
    for code in ("W001", "W009", "W020"):
        assert (f"security.{code}" in done.output) is warns


@pytest.mark.parametrize(
    "command", [("migrate",), ("collectstatic", "--noinput"), ("check",), ("compilemessages",)]
)
def test_commands_import_the_settings_first(tmp_path: Path, command: tuple[str, ...]) -> None:
    """CFG005, CFG008."""
    done = django(tmp_path, "import os\nos.environ['THE_KEY']", "-m", "django", *command)
    assert done.status != 0
    assert "KeyError: 'THE_KEY'" in done.output
