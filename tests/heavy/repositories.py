"""Git repositories for the heavy checks: this checkout's files, and new ones."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
OUTSIDE = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
"""The environment without what a git hook that started us may have set."""
IDENTITY = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.org")


def copy_checkout(folder: Path) -> None:
    """Copies the files that git knows here, as they are now."""
    for name in _git(ROOT, "ls-files", "-z").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Writes files, with the folders that they need."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def commit_all(folder: Path, *, tag: str | None = None) -> None:
    """Makes the folder a repository whose only commit holds all its files."""
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    _git(folder, *IDENTITY, "commit", "--quiet", "--message", "all")
    if tag:
        _git(folder, "tag", tag)


def run(
    command: Iterable[str | Path], folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs a tool in a folder, and takes what it prints."""
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**OUTSIDE, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=OUTSIDE, capture_output=True, text=True, check=True
    ).stdout
