"""What ASY005 says of asynchronous views under WSGI, and SRV016 of WebSockets there."""

from pathlib import Path

import pytest

from tests.behaviour.programs import run

FLASK = """\
import asyncio
from flask import Flask

app = Flask(__name__)
loops = []

@app.get("/")
async def view():
    loops.append(asyncio.get_running_loop())
    return ""

for _ in range(2):
    app.test_client().get("/")
"""
DJANGO = """\
import asyncio
from django.conf import settings
settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="x")
from django.core.{kind} import get_{kind}_application
from django.http import HttpResponse
from django.urls import path

loops = []

async def view(request):
    loops.append(asyncio.get_running_loop())
    return HttpResponse()

urlpatterns = [path("", view)]
application = get_{kind}_application()
"""
OVER_WSGI = """\
import io
for _ in range(2):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": "x", "SERVER_PORT": "80"}
    application({**environ, "wsgi.input": io.BytesIO()}, lambda *_: None).close()
"""
OVER_ASGI = """\
from tests.behaviour.asgi import request

async def ask():
    for _ in range(2):
        await request(application)

asyncio.run(ask())
"""
COUNT = "print(len({id(loop) for loop in loops}))"


@pytest.mark.parametrize(
    ("code", "loops"),
    [
        (FLASK, 2),
        (DJANGO.format(kind="wsgi") + OVER_WSGI, 2),
        (DJANGO.format(kind="asgi") + OVER_ASGI, 1),
    ],
    ids=["Flask", "Django's wsgi", "Django's asgi"],
)
def test_each_request_has_a_loop_of_its_own_under_wsgi(
    tmp_path: Path, code: str, loops: int
) -> None:
    root = str(Path(__file__).parents[2])
    assert run(tmp_path, "-c", code + COUNT, PYTHONPATH=root) == (0, f"{loops}\n")


ROUTER = """
from channels.generic.websocket import WebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter

asked = []

class Consumer(WebsocketConsumer):
    def websocket_connect(self, message):
        asked.append("socket")
        self.close()

sockets = URLRouter([path("ws/", Consumer.as_asgi())])
router = ProtocolTypeRouter({"http": application, "websocket": sockets})
"""
UPGRADE = """
import io
environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/ws/", "SERVER_NAME": "x", "SERVER_PORT": "80"}
environ |= {"HTTP_UPGRADE": "websocket", "HTTP_CONNECTION": "Upgrade", "wsgi.input": io.BytesIO()}
application(environ, lambda status, headers: print(status)).close()
"""


def test_wsgi_answers_not_found_where_a_socket_is_asked_for(tmp_path: Path) -> None:
    """SRV016."""
    code = DJANGO.format(kind="wsgi") + ROUTER + UPGRADE + "print(asked)"
    assert "404 Not Found\n[]\n" in run(tmp_path, "-W", "ignore", "-c", code).output
