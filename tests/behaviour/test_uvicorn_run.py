"""Calls of `uvicorn.run` that end at once, held against uvicorn."""

import subprocess
import sys
from pathlib import Path

import pytest

from dockerlint_py.testing import project

DOCKERFILE = 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n'
READ = "from fastapi import FastAPI\n\napp = FastAPI()\n"
RUN = "import os\n\nasync def app(scope, receive, send):\n    os._exit(42)\n"
REACHED = 42
"""How a program ends when uvicorn calls its application."""


def call(options: str) -> str:
    return f'import uvicorn\n\nif __name__ == "__main__":\n    uvicorn.run(app, uds="u"{options})\n'


def is_refused_by_uvicorn(folder: Path, program: str) -> bool:
    (folder / "main.py").write_text(program)
    argv = [sys.executable, "main.py"]
    run = subprocess.run(argv, cwd=folder, check=False, capture_output=True, text=True, timeout=20)
    refused = "You must pass the application as an import string" in run.stderr
    assert refused == (run.returncode not in (0, REACHED)), run.stderr
    assert refused or run.returncode == REACHED, run.stderr
    return refused


@pytest.mark.parametrize(
    "options",
    ["", ", workers=1", ", workers=2", ", workers=None", ", reload=True", ", reload=False"],
)
def test_refused_with_an_object(tmp_path: Path, options: str) -> None:
    files = {"Dockerfile": DOCKERFILE, "main.py": READ + call(options)}
    [application] = project(files).repository().applications
    ours = bool(application.refused_runs)
    assert ours == is_refused_by_uvicorn(tmp_path, RUN + call(options))
