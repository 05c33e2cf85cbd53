"""`check PATH...` is read without click: it does what click would have it do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dockerlint_py.__main__ import plain_paths
from dockerlint_py.cli.auditing import AuditOptions
from dockerlint_py.cli.check import CheckOptions
from dockerlint_py.cli.commands import check

BAD = 'FROM python:3.13-slim\nCOPY . .\nCMD ["python", "app.py"]\n'
ON_WINDOWS = pytest.mark.skipif(os.name == "nt", reason="click reads everything there")


def run(arguments: list[str], folder: Path) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "dockerlint_py", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_defaults_are_those_of_click() -> None:
    context = check.make_context("check", [])
    defaults = {**AuditOptions()._asdict(), **CheckOptions()._asdict()}
    assert {name: context.params[name] for name in defaults} == defaults
    assert set(context.params) == {*defaults, "paths"}


@ON_WINDOWS
@pytest.mark.parametrize(
    ("arguments", "paths"),
    [
        (["check"], []),
        (["check", "Dockerfile", "a"], ["Dockerfile", "a"]),
        (["check", ""], [""]),
        (["check", "--", "-a"], None),
        (["check", "-q"], None),
        (["check", "a", "--format=json"], None),
        (["--version"], None),
        (["map"], None),
        (["map", "check"], None),
        ([], None),
    ],
)
def test_only_paths_are_plain(arguments: list[str], paths: list[str] | None) -> None:
    assert plain_paths(arguments, {}) == paths
    assert plain_paths(arguments, {"_DOCKERLINT_PY_COMPLETE": "bash_source"}) is None


@ON_WINDOWS
@pytest.mark.parametrize(
    "paths",
    [[], ["."], ["Dockerfile"], ["good", "."], ["good"], ["absent"], [""], ["Dockerfile/a"]],
)
def test_reports_and_exits_as_with_click(paths: list[str], tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(BAD)
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "Dockerfile").write_text("FROM scratch\n")
    plainly = run(["check", *paths], tmp_path)
    assert plainly == run(["check", "--color=auto", *paths], tmp_path)
    assert plainly[0] in (0, 1, 2)
    assert plainly[1] or plainly[2]


@ON_WINDOWS
def test_ends_quietly_when_nobody_reads_on(tmp_path: Path) -> None:
    for number in range(40):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "Dockerfile").write_text(BAD)
    shell = '"$0" -m dockerlint_py check . | true; exit "${PIPESTATUS[0]}"'
    done = subprocess.run(
        ["bash", "-c", shell, sys.executable], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")


@ON_WINDOWS
def test_imports_no_click(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(BAD)
    script = (
        "import sys\nfrom dockerlint_py.__main__ import main\nsys.argv[1:] = ['check']\n"
        "try:\n main()\nexcept SystemExit:\n print('click' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"
