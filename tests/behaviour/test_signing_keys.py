"""What CFG004 says of keys: a worker refuses what another one signed, unless one import made both.

A session that worker A signed is shown to all workers.
"""

from pathlib import Path

import pytest

from tests.behaviour.gunicorn import gunicorn

FLASK = """\
import os, secrets
from flask import Flask, session

app = Flask(__name__)
app.config["SECRET_KEY"] = {key}

@app.get("/sign")
def sign():
    session["user"] = "me"
    return ""

@app.get("/show")
def show():
    return session.get("user", "nobody")
"""
DJANGO = """\
import os, secrets
from django.conf import settings
from django.core.management.utils import get_random_secret_key
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY={key}, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
)

def sign(request):
    request.session["user"] = "me"
    return HttpResponse()

def show(request):
    return HttpResponse(request.session.get("user", "nobody"))

urlpatterns = [path("sign", sign), path("show", show)]
app = get_wsgi_application()
"""


@pytest.mark.parametrize(
    ("application", "options", "env", "shown"),
    [
        (FLASK.format(key="os.urandom(24)"), (), {}, ["me", "nobody"]),
        (FLASK.format(key="secrets.token_hex()"), ("--preload",), {}, ["me", "me"]),
        (DJANGO.format(key="get_random_secret_key()"), (), {}, ["me", "nobody"]),
        (DJANGO.format(key="get_random_secret_key()"), ("--preload",), {}, ["me", "me"]),
        (
            DJANGO.format(key='os.environ.get("KEY") or secrets.token_hex()'),
            (),
            {"KEY": "the same for all"},
            ["me", "me"],
        ),
    ],
    ids=["flask", "flask preloaded", "django", "django preloaded", "given"],
)
def test_who_takes_a_session(
    application: str,
    options: tuple[str, ...],
    env: dict[str, str],
    shown: list[str],
    tmp_path: Path,
) -> None:
    with gunicorn(tmp_path, application, *options, **env) as server:
        for signed in server.each("/sign"):
            cookie = signed.headers["Set-Cookie"].partition(";")[0]
            answers = server.each("/show", headers={"Cookie": cookie})
            assert sorted(answer.text for answer in answers) == shown
