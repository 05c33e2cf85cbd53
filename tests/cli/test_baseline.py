import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dockerlint_py.cli.commands import main

DOCKERFILE = 'FROM python:3.13-slim\nEXPOSE 70000\nCMD ["python", "app.py"]\n'
SELECT = ("--select", "IMG005,NET003", "--today", "2026-11-24")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "project"
    (root / ".git").mkdir(parents=True)
    (root / "Dockerfile").write_text(DOCKERFILE)
    (root / ".dockerlint.toml").write_text('baseline = "accepted.json"\n')
    monkeypatch.chdir(root)
    return root


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, *SELECT])


def notes() -> list[tuple[str, str]]:
    found = json.loads(run("check", "--format", "json").stdout)["notes"]
    return [(note["code"], note["path"]) for note in found]


def test_write_then_check_then_prune(project: Path) -> None:
    assert run("check").exit_code == 2  # configured, and not there yet
    written = run("baseline", "write")
    assert written.stdout == "baseline accepted.json: 2 accepted findings\n"
    assert run("check").exit_code == 0
    assert "No findings; 2 in the baseline." in run("check").stdout
    assert run("baseline", "check").exit_code == 0
    assert notes() == []

    (project / "Dockerfile").write_text(DOCKERFILE.replace("70000", "8000"))
    assert run("check").exit_code == 0
    assert notes() == [("stale-baseline", "accepted.json")]
    stale = run("baseline", "check")
    assert stale.exit_code == 1
    assert "no longer found: NET003 in Dockerfile" in stale.stdout
    pruned = run("baseline", "prune").stdout
    assert pruned == "baseline accepted.json: 1 taken out, 1 accepted finding left\n"
    assert run("baseline", "check").exit_code == 0

    (project / "Dockerfile").write_text(DOCKERFILE)
    assert run("check").exit_code == 1


def test_json_says_what_the_baseline_hides(project: Path) -> None:
    run("baseline", "write")
    document = json.loads(run("check", "--format", "json").stdout)
    assert document["summary"]["baselined"] == 2
    hidden = {"kind": "baseline", "reason": "", "line": None}
    assert [finding["suppressed"] for finding in document["findings"]] == [hidden] * 2
    accepted = json.loads((project / "accepted.json").read_text())["findings"]
    prints = {finding["fingerprint"] for finding in document["findings"]}
    assert {entry["fingerprint"] for entry in accepted} == prints


def test_the_option_wins_and_is_relative_to_the_working_directory(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "sub").mkdir()
    monkeypatch.chdir(project / "sub")
    assert run("baseline", "write", "--baseline", "other.json").exit_code == 0
    assert (project / "sub" / "other.json").is_file()
    assert run("check", "..", "--baseline", "other.json").exit_code == 0
    assert run("baseline", "write").exit_code == 0  # of the whole repository, as configured
    assert (project / "accepted.json").is_file()


def test_a_part_of_the_repository_makes_nothing_stale(project: Path) -> None:
    (project / "web").mkdir()
    (project / "web" / "Dockerfile").write_text(DOCKERFILE)
    run("baseline", "write")
    shown = run("check", "web")
    assert shown.exit_code == 0
    assert "stale-baseline" not in shown.stdout


def test_rules_that_are_not_run_keep_their_entries(project: Path) -> None:
    run("baseline", "write")
    arguments = ["baseline", "write", "--select", "NET003"]
    assert "2 accepted" in CliRunner().invoke(main, arguments).stdout


def test_without_a_name_there_is_no_baseline(project: Path) -> None:
    result = run("baseline", "write", "--isolated")
    assert result.exit_code == 2
    assert "name the file" in result.stderr
    assert run("check", "--isolated").exit_code == 1


@pytest.mark.parametrize("name", ["../precious.json", "/etc/precious.json", "link/precious.json"])
def test_a_project_names_no_file_outside_of_it(project: Path, tmp_path: Path, name: str) -> None:
    (project / "link").symlink_to(tmp_path)
    (project / ".dockerlint.toml").write_text(f'baseline = "{name}"\n')
    for arguments in (("check",), ("baseline", "write")):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "is not in" in result.stderr
    assert not (tmp_path / "precious.json").exists()
