"""`dockerlint-py checklist` from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dockerlint_py.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def show(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["checklist", *arguments])


def test_every_format(folder: Path) -> None:
    (folder / "Dockerfile").write_text("FROM python:3.13-slim\nCMD python tool.py\n")
    assert show().stdout.startswith("[-] Dockerfile: ")
    assert show("--format", "markdown").stdout.startswith("## <code>Dockerfile</code>\n")
    (only,) = json.loads(show("--format", "json").stdout)["containers"]
    assert (only["id"], only["state"]) == ("Dockerfile", "not applicable")


def test_nothing_to_show(folder: Path) -> None:
    result = show()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing to audit" in result.stderr
