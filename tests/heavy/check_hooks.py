"""Both hooks, run for real by pre-commit and by prek, and as the README shows them (heavy)."""

import sys
from pathlib import Path

import pytest

from dockerlint_py import __version__
from dockerlint_py.project import URL
from tests.delivery.readme import example
from tests.heavy.repositories import commit_all, copy_checkout, run, write_files

BAD = "FROM python:2.7\nCMD python app.py\n"
FILES = {
    "Dockerfile": BAD,
    "--fail-on=never/Dockerfile": BAD,
    "app.py": "print('hello')\n",
    "notes.yml": "a: 1\n",
}
TAG = f"v{__version__}"
RUNNERS = {"pre-commit": [sys.executable, "-m", "pre_commit"], "prek": ["prek"]}


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hooks")
    copy_checkout(folder)
    commit_all(folder, tag=TAG)
    return folder


@pytest.fixture(params=RUNNERS)
def runner(request: pytest.FixtureRequest) -> list[str]:
    return RUNNERS[request.param]


@pytest.fixture
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = str(tmp_path_factory.mktemp("home"))
    return {"PRE_COMMIT_HOME": folder, "PREK_HOME": folder, "NO_COLOR": "1"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path, FILES)
    return tmp_path


def test_the_hook_for_the_whole_project(
    runner: list[str], hooks: Path, project: Path, homes: dict[str, str]
) -> None:
    commit_all(project)
    command = [*runner, "try-repo", str(hooks), "dockerlint-py", "--all-files", "--verbose"]
    done = run(command, project, **homes)
    assert done.returncode == 1, done.stdout
    assert "Dockerfile:1:" in done.stdout
    assert done.stdout.count("Audited ") == 1
    assert "Audited 2 files" in done.stdout


def test_the_hook_for_changed_files(
    runner: list[str], hooks: Path, project: Path, homes: dict[str, str]
) -> None:
    commit_all(project)
    command = [*runner, "try-repo", str(hooks), "dockerlint-py-files", "--verbose"]
    every = run([*command, "--all-files"], project, **homes)
    assert every.returncode == 1, every.stdout
    assert "--> --fail-on=never/Dockerfile:1:" in every.stdout
    one = run([*command, "--files", "Dockerfile"], project, **homes)
    assert one.returncode == 1, one.stdout
    assert "--> Dockerfile:1:" in one.stdout
    assert "--> --fail-on=never/Dockerfile:" not in one.stdout
    other = run([*command, "--files", "notes.yml"], project, **homes)
    assert other.returncode == 0, other.stdout


def test_a_released_repository(
    runner: list[str], hooks: Path, project: Path, homes: dict[str, str]
) -> None:
    configuration = (
        f"repos:\n  - repo: {hooks}\n    rev: {TAG}\n"
        "    hooks: [{id: dockerlint-py, args: [--fail-on, never]}]\n"
    )
    write_files(project, {".pre-commit-config.yaml": configuration})
    commit_all(project)
    done = run([*runner, "run", "--all-files", "--verbose"], project, **homes)
    assert done.returncode == 0, done.stdout
    assert "Audited 2 files" in done.stdout


def test_the_example_of_the_readme(
    runner: list[str], hooks: Path, project: Path, homes: dict[str, str]
) -> None:
    shown = example("pre-commit").replace(f"git+{URL}", f"git+file://{hooks}")
    write_files(project, {".pre-commit-config.yaml": shown})
    commit_all(project)
    for stage in ((), ("--hook-stage", "manual")):
        done = run([*runner, "run", "--all-files", "--verbose", *stage], project, **homes)
        assert done.returncode == 1, done.stdout
        assert "Dockerfile:1:" in done.stdout
