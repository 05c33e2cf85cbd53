"""The host that nginx tells a server behind it: what NET008 takes for granted."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.behaviour.gunicorn import Gunicorn, gunicorn, wait_until

pytestmark = pytest.mark.skipif(shutil.which("nginx") is None, reason="needs nginx")

ECHO = """\
def app(environ, start_response):
    start_response("200 OK", [])
    return [environ["HTTP_HOST"].encode()]
"""
CONFIG = """\
daemon off; master_process off; pid pid; error_log stderr;
events {{}}
http {{
    access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    upstream web {{ server 127.0.0.1:{port}; }}
    server {{ listen unix:nginx.sock; location / {{ {location} }} }}
}}
"""


@contextmanager
def nginx(folder: Path, server: Gunicorn, location: str) -> Iterator[Path]:
    """nginx in front of a server; the socket that it listens on."""
    port = server.port
    config = CONFIG.format(port=port, location=location.format(port=port))
    path = Path(os.path.relpath(folder / "nginx.sock"))  # a longer path does not fit
    (folder / "nginx.conf").write_text(config.replace("nginx.sock", str(folder / "nginx.sock")))
    argv = ["nginx", "-p", str(folder), "-c", "nginx.conf"]
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen(argv, stderr=log, start_new_session=True)
    try:
        wait_until((folder / "nginx.sock").exists, "nginx did not start")
        yield path
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def asked(path: Path, host: str) -> str:
    """What the server behind nginx takes for the host of a browser's request."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(20)
        connection.connect(str(path))
        connection.sendall(f"GET / HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    return answer.decode().rpartition("\r\n\r\n")[2]


@pytest.mark.parametrize(
    ("location", "arrives"),
    [
        ("proxy_pass http://web;", "web"),
        ("proxy_pass http://127.0.0.1:{port};", "127.0.0.1:{port}"),
        ("proxy_set_header Host $host; proxy_pass http://web;", "localhost"),
        ("proxy_set_header Host $http_host; proxy_pass http://web;", "localhost:8000"),
        ("proxy_set_header X-Real-IP $remote_addr; proxy_pass http://web;", "web"),
    ],
)
def test_the_host_that_arrives(location: str, arrives: str, tmp_path: Path) -> None:
    with (
        gunicorn(tmp_path, ECHO, workers=1) as server,
        nginx(tmp_path, server, location) as path,
    ):
        assert asked(path, "localhost:8000") == arrives.format(port=server.port)
