"""A real gunicorn with several workers, that a test asks for answers."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PATIENCE = 20.0
"""Seconds that anything may take on a busy machine."""

CONFIG = """\
import pathlib, time

bind = "127.0.0.1:0"
workers = {workers}

def when_ready(server):
    port = server.LISTENERS[0].sock.getsockname()[1]
    pathlib.Path("port.new").write_text(str(port))
    pathlib.Path("port.new").rename("port")

def post_worker_init(worker):
    pathlib.Path(f"worker-{{worker.pid}}").touch()

def pre_request(worker, request):
    # Who has taken one of the requests of a round takes no other one until all have one.
    number = dict(request.headers).get("X-ROUND")
    if number is not None:
        pathlib.Path(f"round-{{number}}-{{worker.pid}}").touch()
        deadline = time.monotonic() + {patience}
        while len(list(pathlib.Path().glob(f"round-{{number}}-*"))) < workers:
            assert time.monotonic() < deadline, "the others got no request"
            time.sleep(0.005)
"""


class Answer(NamedTuple):
    """An answer of a worker."""

    status: int
    text: str
    headers: dict[str, str]


class Gunicorn:
    """A running gunicorn."""

    def __init__(self, port: int, workers: int) -> None:
        self.port = port
        self._workers = workers
        self._rounds = 0

    def ask(
        self, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """The answer of any worker."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            method = "GET" if body is None else "POST"
            connection.request(method, path, body, headers or {})
            got = connection.getresponse()
            return Answer(got.status, got.read().decode(), dict(got.getheaders()))
        finally:
            connection.close()

    def each(
        self, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> list[Answer]:
        """The answers of all workers to the same request, in no order."""
        self._rounds += 1
        marked = {**(headers or {}), "X-Round": str(self._rounds)}
        with ThreadPoolExecutor(self._workers) as threads:
            asked = [threads.submit(self.ask, path, body, marked) for _ in range(self._workers)]
            return [each.result() for each in asked]


def wait_until(is_true: Callable[[], object], what: str) -> None:
    """Waits, but not for ever."""
    deadline = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


@contextmanager
def running(folder: Path, argv: list[str], **env: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A program of Python's that runs until the block ends, with all that it has started."""
    with (folder / "stderr").open("ab") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", *argv],
            cwd=folder,
            env={**os.environ, **env},
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def gunicorn(
    folder: Path, application: str, *options: str, workers: int = 2, **env: str
) -> Iterator[Gunicorn]:
    """gunicorn with synchronous workers, all of them ready, and the text of a module to serve."""
    (folder / "main.py").write_text(application)
    (folder / "gunicorn.conf.py").write_text(CONFIG.format(workers=workers, patience=PATIENCE))
    with running(folder, ["gunicorn", *options, "main:app"], **env) as process:

        def is_ready() -> bool:
            assert process.poll() is None, (folder / "stderr").read_text()
            return len([*folder.glob("worker-*"), *folder.glob("port")]) == workers + 1

        wait_until(is_ready, "the workers did not start")
        yield Gunicorn(int((folder / "port").read_text()), workers)
