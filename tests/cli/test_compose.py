"""Compose files on the command line and in the configuration."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dockerlint_py.cli.commands import main

DOCKERFILE = 'FROM python:3.13-slim\nENV PYTHONUNBUFFERED=1\nCMD ["python", "app.py"]\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "Dockerfile").write_text(DOCKERFILE)
    (tmp_path / "base.yml").write_text("services: {web: {build: .}}\n")
    (tmp_path / "over.yml").write_text("services: {web: {user: app}}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str) -> tuple[int, dict[str, str], list[str]]:
    result = CliRunner().invoke(
        main, ["check", "--select", "IMG005", "--format", "json", *arguments]
    )
    document = json.loads(result.stdout) if result.stdout else {"containers": [], "findings": []}
    roles = {c["id"]: f"{c['role']}: {c['evidence']}" for c in document["containers"]}
    found = [f"{each['severity']} {each['location']['path']}" for each in document["findings"]]
    return result.exit_code, roles, found


def test_files_of_any_name_can_be_merged_by_hand(project: Path) -> None:
    status, roles, found = check("-f", "base.yml", "--role", "prod")
    assert (status, found) == (1, ["warning Dockerfile"])
    assert roles["base.yml:web"] == "prod: --role"
    status, roles, found = check("-f", "base.yml", "-f", "over.yml", "--role", "prod")
    assert (status, found) == (0, [])
    assert "over.yml:web" in roles


def test_a_compose_file_that_is_not_there_is_bad_usage(project: Path) -> None:
    assert check("-f", "none.yml")[0] == 2


def test_a_configured_set_has_its_role(project: Path) -> None:
    (project / ".dockerlint.toml").write_text(
        '[file-sets]\nlive = { files = ["base.yml"], role = "prod" }\n'
    )
    status, roles, found = check()
    assert roles == {"base.yml:web": "prod: configuration"}
    assert (status, found) == (1, ["warning Dockerfile"])


def test_a_file_that_is_not_yaml_is_a_note(project: Path) -> None:
    (project / "compose.yml").write_text("services: {web: [\n")
    result = CliRunner().invoke(main, ["check", "--format", "json", "--fail-on", "never"])
    notes = json.loads(result.stdout)["notes"]
    assert [(note["code"], note["path"]) for note in notes] == [("broken-file", "compose.yml")]
    assert result.exit_code == 0
    named = CliRunner().invoke(main, ["check", "--fail-on", "never", "compose.yml"])
    assert named.exit_code == 2
