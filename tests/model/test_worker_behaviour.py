"""What several workers of a server each do, held against gunicorn."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

APP = """\
import os, pathlib
from apscheduler.schedulers.background import BackgroundScheduler

def job():
    pathlib.Path(f"job-{os.getpid()}").touch()

scheduler = BackgroundScheduler()
scheduler.add_job(job)
scheduler.start()

def app(environ, start_response):
    return []
"""
CONFIG = """\
import os, pathlib
bind = "unix:socket"
workers = 2

def post_worker_init(worker):
    pathlib.Path(f"worker-{os.getpid()}").touch()
"""


def wait_for(folder: Path, pattern: str, number: int) -> None:
    deadline = time.monotonic() + 20
    while len(list(folder.glob(pattern))) < number:
        assert time.monotonic() < deadline, f"no {number} files {pattern}"
        time.sleep(0.02)


@pytest.mark.parametrize(("options", "schedulers"), [((), 2), (("--preload",), 1)])
def test_each_worker_starts_the_scheduler(
    tmp_path: Path, options: tuple[str, ...], schedulers: int
) -> None:
    (tmp_path / "main.py").write_text(APP)
    (tmp_path / "gunicorn.conf.py").write_text(CONFIG)
    argv = [sys.executable, "-m", "gunicorn", *options, "main:app"]
    process = subprocess.Popen(argv, cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        wait_for(tmp_path, "worker-*", 2)
        wait_for(tmp_path, "job-*", schedulers)
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
    assert len(list(tmp_path.glob("job-*"))) == schedulers
