"""`dockerlint-py map` from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dockerlint_py.cli.commands import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def show(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["map", *arguments])


def test_the_tree_is_the_default(folder: Path) -> None:
    (folder / "Dockerfile").write_text("FROM python:3.13-slim\nUSER app\n")
    result = show()
    assert result.exit_code == 0
    assert result.stdout.startswith("Dockerfile (prod: default build target)\n")


def test_json(folder: Path) -> None:
    (folder / "Dockerfile").write_text("FROM python:3.13-slim\n")
    result = show(".", "--format", "json")
    assert [each["id"] for each in json.loads(result.stdout)["containers"]] == ["Dockerfile"]


def test_mermaid(folder: Path) -> None:
    (folder / "Dockerfile").write_text("FROM python:3.13-slim\n")
    assert show(".", "--format", "mermaid").stdout.startswith("flowchart LR\n")


def test_the_configured_file_sets_are_shown(folder: Path) -> None:
    (folder / "a.yml").write_text("services: {web: {image: a}}\n")
    (folder / "compose.yml").write_text("services: {web: {image: a}}\n")
    (folder / ".dockerlint.toml").write_text(
        '[file-sets]\nlive = { files = ["a.yml"], role = "prod" }\n'
    )
    assert "a.yml (prod: configuration)" in show().stdout


def test_nothing_to_show(folder: Path) -> None:
    result = show()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing to audit" in result.stderr
    assert show(str(folder / "gone")).exit_code == 2
