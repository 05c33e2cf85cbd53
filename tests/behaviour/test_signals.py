"""Which servers are told when their container is stopped: SRV009 held against real shells.

The shell is not the first process here, so SIGTERM ends it: what matters is whether the server
hears of it. As the first process of a container dash would ignore it, and wait.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from dockerlint_py.testing import project
from tests.behaviour.gunicorn import CONFIG, PATIENCE, wait_until

APP = """\
def app(environ, start_response):
    start_response("200 OK", [])
    return []
"""
IMAGES = {
    "dash": "python:3.13-slim",
    "bash": "python:3.13-slim",
    "busybox ash": "python:3.13-alpine",
}
SERVE = "gunicorn -p pid main:app"


@contextmanager
def started(folder: Path, shell: str, text: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A shell that serves; the configuration of gunicorn is in the folder."""
    (folder / "main.py").write_text(APP)
    (folder / "gunicorn.conf.py").write_text(CONFIG.format(workers=1, patience=PATIENCE))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [*shell.split(), "-c", text],
            cwd=folder,
            env={**os.environ, "PATH": path},
            stderr=log,
            stdout=log,
            start_new_session=True,
        )
    try:
        wait_until((folder / "port").exists, "it did not start")
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def is_told(folder: Path, shell: str, text: str) -> bool:
    """Whether gunicorn hears of a SIGTERM that the shell gets."""
    with started(folder, shell, text) as process:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)
        if process.returncode == 0:
            return "Handling signal: term" in (folder / "log").read_text()
        os.kill(int((folder / "pid").read_text()), 0)  # it still runs, an orphan
        return False


def is_reported(shell: str, text: str) -> bool:
    chosen = 'SHELL ["/bin/bash", "-c"]\n' if shell == "bash" else ""
    dockerfile = f"FROM {IMAGES[shell]}\nWORKDIR /app\nCOPY . .\n{chosen}CMD {text}\n"
    found = project({"Dockerfile": dockerfile, "main.py": APP}).check("SRV009")
    return any(problem.rule.id == "SRV009" for problem in found.problems)


@pytest.mark.parametrize("shell", IMAGES)
@pytest.mark.parametrize(
    "text", [SERVE, f"exec {SERVE}", f"true && {SERVE}", f"{SERVE}; echo ended", f"{SERVE} | cat"]
)
def test_reported_is_what_is_not_told(shell: str, text: str, tmp_path: Path) -> None:
    if shutil.which(shell.partition(" ")[0]) is None:
        pytest.skip(f"{shell} is not installed")
    assert is_reported(shell, text) is not is_told(tmp_path, shell, text)
