"""A server on the loopback address answers no other address of its machine, as NET001 says.

127.0.0.2 stands for the address that a container has for others: only Linux has it by itself.
"""

import re
import socket
import sys
from pathlib import Path

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.testing import project
from tests.behaviour.gunicorn import running, wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs 127.0.0.2")

APP = """\
from flask import Flask

app = Flask(__name__)

async def asgi(scope, receive, send):
    ...
"""
SHOWN = re.compile(r"(?:Listening at:|[Rr]unning on) http://[0-9.]+:([1-9][0-9]*)")


def answers(address: str, port: int) -> bool:
    try:
        with socket.create_connection((address, port), timeout=20):
            return True
    except ConnectionRefusedError:
        return False


@pytest.mark.parametrize(
    ("argv", "is_open"),
    [
        (["uvicorn", "main:asgi", "--port", "0"], False),
        (["uvicorn", "main:asgi", "--port", "0", "--host", "0.0.0.0"], True),
        (["flask", "--app", "main", "run", "-p", "0"], False),
        (["flask", "--app", "main", "run", "-p", "0", "-h", "0.0.0.0"], True),
        (["gunicorn", "main:app", "-b", "127.0.0.1:0"], False),
        (["gunicorn", "main:app", "-b", "0.0.0.0:0"], True),
    ],
)
def test_who_reaches_it(argv: list[str], is_open: bool, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(APP)
    log = tmp_path / "stderr"
    log.touch()
    with running(tmp_path, argv):
        wait_until(lambda: SHOWN.search(log.read_text()), "it did not start")
        shown = SHOWN.search(log.read_text())
        assert shown is not None
        port = int(shown[1])
        assert answers("127.0.0.1", port)
        assert answers("127.0.0.2", port) is is_open
    words = ", ".join(f'"{word}"' for word in argv)
    dockerfile = f"FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD [{words}]\n"
    [container] = project({"Dockerfile": dockerfile, "main.py": APP}).repository().containers
    [server] = container.servers
    assert isinstance(server.binds, Known)
    assert any(bind.is_loopback for bind in server.binds.value) is not is_open
