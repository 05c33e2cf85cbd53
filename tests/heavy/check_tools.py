"""What the checkers of workflows, actions and hooks say of ours, and of the README's (heavy)."""

import sys
from pathlib import Path

import pytest

from tests.delivery.readme import ROOT, example
from tests.heavy.repositories import commit_all, copy_checkout, run, write_files


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of this repository, and the workflow of the README beside its own."""
    folder = tmp_path_factory.mktemp("checkout")
    copy_checkout(folder)
    pinned = example("github").replace("@main #", f"@{'0' * 40} #")
    write_files(folder, {".github/workflows/readme.yml": pinned})
    commit_all(folder)
    return folder


def test_zizmor_finds_nothing(checkout: Path) -> None:
    command = ["zizmor", "--offline", "--no-progress", "--persona=pedantic", "--collect=all", "."]
    done = run(command, checkout)
    assert done.returncode == 0, done.stdout
    for name in ("ci.yml", "release.yml", "readme.yml", "action.yml", ".pre-commit-hooks.yaml"):
        assert f"{name}\n" in done.stdout


def test_zizmor_would_find_an_injection(checkout: Path, tmp_path: Path) -> None:
    text = (checkout / "action.yml").read_text()
    write_files(tmp_path, {"action.yml": text + '        echo "${{ inputs.args }}"\n'})
    done = run(["zizmor", "--offline", "--no-progress", "action.yml"], tmp_path)
    assert "template-injection" in done.stdout
    assert done.returncode != 0


def test_actionlint_finds_nothing(checkout: Path) -> None:
    workflows = sorted((checkout / ".github" / "workflows").glob("*.yml"))
    done = run(["actionlint", "-no-color", *workflows], checkout)
    assert done.returncode == 0, done.stdout


def test_pre_commit_accepts_the_manifest() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = run(command, ROOT)
    assert done.returncode == 0, done.stdout
