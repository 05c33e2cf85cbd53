"""Programs of Python's that a test runs to their end."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

PATIENCE = 30


class Done(NamedTuple):
    """How a program has ended, and all that it wrote."""

    status: int
    output: str


def run(folder: Path, *argv: str, **env: str) -> Done:
    """Runs `python ...` in a folder, with the folder's modules and these variables alone."""
    done = subprocess.run(
        [sys.executable, *argv],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return Done(done.returncode, done.stdout + done.stderr)


def write(folder: Path, **modules: str) -> None:
    """Writes modules, by their names."""
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text)
