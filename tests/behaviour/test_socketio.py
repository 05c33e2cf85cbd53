"""What WRK003 says of Socket.IO: python-socketio under gunicorn, asked as its clients do."""

import json
from pathlib import Path

from tests.behaviour.gunicorn import Gunicorn, gunicorn

SERVER = """\
import socketio

sockets = socketio.Server(async_mode="threading", transports=["polling"])

def news(environ, start_response):
    sockets.emit("news", environ["PATH_INFO"])
    start_response("200 OK", [])
    return [b""]

app = socketio.WSGIApp(sockets, news)
"""
POLL = "/socket.io/?EIO=4&transport=polling"
CONNECT = "40"
"""The first message of a client: of the protocol's versions 4 and 5."""


def opened(server: Gunicorn) -> str:
    """Where a new client polls, as the worker that has taken it says."""
    handshake = json.loads(server.ask(POLL).text[1:])
    return f"{POLL}&sid={handshake['sid']}"


def test_other_workers_refuse_a_client(tmp_path: Path) -> None:
    with gunicorn(tmp_path, SERVER) as server:
        answers = server.each(opened(server), body=CONNECT)
    taken, refused = sorted(answers)
    assert (taken.status, taken.text) == (200, "OK")
    assert refused.status == 400
    assert refused.text.startswith('"Invalid session')


def test_one_worker_takes_it(tmp_path: Path) -> None:
    with gunicorn(tmp_path, SERVER, workers=1) as server:
        mine = opened(server)
        assert [server.ask(mine, body).status for body in (CONNECT, None)] == [200, 200]


def test_replicas_reach_their_own_clients_only(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with (
        gunicorn(tmp_path / "one", SERVER, workers=1) as one,
        gunicorn(tmp_path / "two", SERVER, workers=1) as two,
    ):
        mine = opened(one)
        assert one.ask(mine, body=CONNECT).status == 200
        one.ask(mine)
        two.ask("/from-the-other")
        one.ask("/from-its-own")
        news = one.ask(mine).text
    assert news == '42["news","/from-its-own"]'
