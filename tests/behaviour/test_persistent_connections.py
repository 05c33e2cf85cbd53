"""What ASY004 says of CONN_MAX_AGE, done by Django: which connections it makes, and keeps."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REQUESTS = 5
PROGRAM = """\
import asyncio, gc, json, os, sys
from django.conf import settings
settings.configure(
    SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "shop.db", **%s}},
)
import django
django.setup()
from asgiref.sync import sync_to_async
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.backends.signals import connection_created
from django.http import HttpResponse
from django.urls import path
from tests.behaviour.asgi import request

made = []
connection_created.connect(lambda **_: made.append(1), weak=False)

def view(request):
    connection.cursor().execute("SELECT 1")
    return HttpResponse()

async def asynchronous(request):
    return await sync_to_async(view)(request)

urlpatterns = [path("view", view), path("async", asynchronous)]

def kept():
    names = (f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd"))
    return sum(os.path.realpath(name).endswith("shop.db") for name in names)

async def over_asgi(path):
    for _ in range(%d):
        await request(application, path)

def over_wsgi(path):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "x"}
    for _ in range(%d):
        answer = application({**environ, "SERVER_PORT": "80", "wsgi.input": sys.stdin}, print)
        answer.close()

gc.disable()
found = {}
application = get_asgi_application()
for path in ("/view", "/async"):
    made.clear()
    asyncio.run(over_asgi(path))
    found[f"asgi{path}"] = [len(made), kept()]
    gc.collect()
    found[f"asgi{path} collected"] = kept()
application = get_wsgi_application()
made.clear()
sys.stdout = sys.stderr
over_wsgi("/view")
sys.stdout = sys.__stdout__
found["wsgi/view"] = [len(made), kept()]
print(json.dumps(found))
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux for the open files")
@pytest.mark.parametrize(
    ("options", "keeps"),
    [
        ({}, False),
        ({"CONN_MAX_AGE": 0}, False),
        ({"CONN_MAX_AGE": 600}, True),
        ({"CONN_MAX_AGE": None}, True),
    ],
)
def test_kept_connections_are_used_again_by_wsgi_only(
    tmp_path: Path, options: dict[str, int | None], keeps: bool
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM % (options, REQUESTS, REQUESTS)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    found = json.loads(done.stdout)
    for path in ("/view", "/async"):
        assert found[f"asgi{path}"] == [REQUESTS, REQUESTS if keeps else 0]
        assert found[f"asgi{path} collected"] == 0
    assert found["wsgi/view"] == ([1, 1] if keeps else [REQUESTS, 0])
