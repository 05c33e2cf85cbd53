"""Starts servers with applications of both kinds, and compares with what SRV002 says (heavy).

Run `PYTHONPATH=.:rules python tests/heavy/check_interfaces.py`: it makes an environment of its own,
installs the servers from PyPI, starts each with a FastAPI and a Flask application and asks for a
page. Where the page fails, the rule has to find the pair; where it is served, it has to be silent.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

from dockerlint_py.testing import project

INSTALL = (
    *("gunicorn", "uvicorn", "uvicorn-worker", "hypercorn", "daphne", "granian", "waitress"),
    *("fastapi", "flask", "a2wsgi"),
)
_ROUTE = "@app.get('/')\ndef root():\n    return 'x'\n"
APPLICATIONS = {
    "fa": f"from fastapi import FastAPI\n\napp = FastAPI()\n\n\n{_ROUTE}",
    "fl": f"from flask import Flask\n\napp = Flask(__name__)\n\n\n{_ROUTE}",
    "wr": "import a2wsgi\nimport fa\n\napp = a2wsgi.ASGIMiddleware(fa.app)\n",
}
COMMANDS = (
    "gunicorn {app}:app -b 127.0.0.1:{port}",
    "gunicorn {app}:app -b 127.0.0.1:{port} --threads 2",
    "gunicorn {app}:app -b 127.0.0.1:{port} -k asgi",
    "gunicorn {app}:app -b 127.0.0.1:{port} -k uvicorn_worker.UvicornWorker",
    "uvicorn {app}:app --port {port}",
    "uvicorn {app}:app --port {port} --interface wsgi",
    "hypercorn {app}:app -b 127.0.0.1:{port}",
    "daphne -p {port} {app}:app",
    "granian {app}:app --port {port}",
    "granian {app}:app --port {port} --interface asgi",
    "granian {app}:app --port {port} --interface wsgi",
    "waitress-serve --listen=127.0.0.1:{port} {app}:app",
)
WAIT = 12.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def status(port: int) -> int | None:
    """The status of the page once the server answers; None when it never does."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=3) as page:
                return int(page.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.2)
    return None


def served(binaries: Path, folder: Path, command: str, port: int) -> bool:
    """Whether a server serves the page."""
    words = command.split(" ")
    process = subprocess.Popen(
        [binaries / words[0], *words[1:]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return status(port) == 200
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def found(command: str) -> bool:
    """Whether the rule finds the pair."""
    dockerfile = f"FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD exec {command}\n"
    files = {f"{name}.py": text for name, text in APPLICATIONS.items()}
    return bool(project({"Dockerfile": dockerfile, **files}).check("SRV002").problems)


def main() -> int:
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        binaries = folder / "venv" / "bin"
        subprocess.run([binaries / "python", "-m", "pip", "install", "-q", *INSTALL], check=True)
        for app, text in APPLICATIONS.items():
            folder.joinpath(f"{app}.py").write_text(text)
        for template in COMMANDS:
            for app in APPLICATIONS:
                port = free_port()
                command = template.format(app=app, port=port)
                works, reported = served(binaries, folder, command, port), found(command)
                wrong += works is reported
                verdict = "as expected" if works is not reported else "WRONG"
                print(f"{verdict}: {command}: served {works}, found {reported}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
