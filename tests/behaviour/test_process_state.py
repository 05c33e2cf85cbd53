"""What WRK002 calls process-local is known to one of several workers of gunicorn only."""

from pathlib import Path

import pytest

from tests.behaviour.gunicorn import gunicorn

DJANGO = """\
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
settings.configure(
    SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
    SESSION_ENGINE="django.contrib.sessions.backends.{engine}",
    {settings}
)
"""
SESSIONS = """\
def keep(request):
    request.session["user"] = "me"
    return HttpResponse()

def show(request):
    return HttpResponse(request.session.get("user", "nobody"))

urlpatterns = [path("keep", keep), path("show", show)]
app = get_wsgi_application()
"""
LAYER = """\
import asyncio
from channels.layers import InMemoryChannelLayer

layer = InMemoryChannelLayer()

def app(environ, start_response):
    if environ["PATH_INFO"] == "/keep":
        asyncio.run(layer.send("mailbox", {"type": "news"}))
    start_response("200 OK", [])
    return [b"me" if "mailbox" in layer.channels else b"nobody"]
"""
HANDLER = """\
from flask import Flask

app = Flask(__name__)
users = []

@app.get("/keep")
def keep():
    users.append("me")
    return ""

@app.get("/show")
def show():
    return users[0] if users else "nobody"
"""
KEEPERS = {
    "sessions in LocMemCache": DJANGO.format(engine="cache", settings="") + SESSIONS,
    "InMemoryChannelLayer": LAYER,
    "a list of a module": HANDLER,
}


@pytest.mark.parametrize("code", KEEPERS.values(), ids=KEEPERS)
def test_one_worker_knows_what_a_request_has_left(tmp_path: Path, code: str) -> None:
    with gunicorn(tmp_path, code) as server:
        kept = server.ask("/keep").headers.get("Set-Cookie", "").partition(";")[0]
        shown = server.each("/show", headers={"Cookie": kept})
    assert sorted(answer.text for answer in shown) == ["me", "nobody"]


def test_to_import_the_application_before_the_fork_changes_nothing(tmp_path: Path) -> None:
    with gunicorn(tmp_path, HANDLER, "--preload") as server:
        server.ask("/keep")
        shown = server.each("/show")
    assert sorted(answer.text for answer in shown) == ["me", "nobody"]


SHARED = "CACHES={'default': {'BACKEND': 'django.core.cache.backends.filebased.FileBasedCache',"
SHARED += "'LOCATION': 'cache'}}"
SHARING = {
    "in a file": DJANGO.format(engine="cache", settings=SHARED),
    "in the cookie": DJANGO.format(engine="signed_cookies", settings=""),
}


@pytest.mark.parametrize("code", SHARING.values(), ids=SHARING)
def test_all_workers_know_sessions_that_are_kept_elsewhere(tmp_path: Path, code: str) -> None:
    with gunicorn(tmp_path, code + SESSIONS) as server:
        kept = server.ask("/keep").headers["Set-Cookie"].partition(";")[0]
        shown = server.each("/show", headers={"Cookie": kept})
    assert [answer.text for answer in shown] == ["me", "me"]


LIMITER = """\
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

app = Flask(__name__)
limiter = Limiter(get_remote_address, app=app)

@app.get("/")
@limiter.limit("1/day")
def root():
    return ""
"""
THROTTLE = """\
from django.conf import settings
from django.core.wsgi import get_wsgi_application
settings.configure(
    SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
    REST_FRAMEWORK={
        "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
        "DEFAULT_THROTTLE_RATES": {"anon": "1/day"},
        "DEFAULT_AUTHENTICATION_CLASSES": [], "UNAUTHENTICATED_USER": None,
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    },
)
app = get_wsgi_application()
from django.urls import path
from rest_framework.decorators import api_view
from rest_framework.response import Response
urlpatterns = [path("", api_view()(lambda request: Response()))]
"""


@pytest.mark.parametrize(
    ("code", "workers"),
    [(LIMITER, 1), (LIMITER, 2), (THROTTLE, 2)],
    ids=["Flask-Limiter, one worker", "Flask-Limiter", "Django REST framework"],
)
def test_each_worker_lets_as_many_requests_in(tmp_path: Path, code: str, workers: int) -> None:
    with gunicorn(tmp_path, code, workers=workers) as server:
        first, second = server.each("/"), server.each("/")
    assert [answer.status for answer in first] == [200] * workers
    assert [answer.status for answer in second] == [429] * workers


@pytest.mark.filterwarnings("ignore:Using the in-memory storage")
def test_limiters_count_in_memory_unless_told_otherwise() -> None:
    from flask import Flask
    from flask_limiter import Limiter
    from limits.storage import MemoryStorage
    from slowapi import Limiter as Slow

    for uri in (None, "memory://"):
        limiter = Limiter(key_func=lambda: "", app=Flask("x"), storage_uri=uri)
        slow = Slow(key_func=lambda: "", storage_uri=uri)
        assert type(limiter.storage) is type(slow._storage) is MemoryStorage
