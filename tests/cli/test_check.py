import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dockerlint_py.cli.commands import main
from dockerlint_py.report.formats import FORMATS

EXAMPLE = Path(__file__).parents[2] / "examples" / "shop"
DOCKERFILE = 'FROM python:3.13-slim\nENV PYTHONUNBUFFERED=1\nCMD ["python", "app.py"]\n'
GOOD = DOCKERFILE.replace("CMD", "USER app\nCMD")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "project"
    (root / ".git").mkdir(parents=True)
    (root / "Dockerfile").write_text(DOCKERFILE)
    monkeypatch.chdir(root)
    return root


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--select", "IMG005", *arguments])


def test_findings_at_or_above_the_threshold_fail(project: Path) -> None:
    assert check().exit_code == 1
    assert check("--fail-on", "warning").exit_code == 1
    assert check("--fail-on", "error").exit_code == 0
    assert check("--fail-on", "never").exit_code == 0
    (project / "Dockerfile").write_text(GOOD)
    assert check("--fail-on", "info").exit_code == 0


def test_the_configured_threshold_holds_unless_the_command_line_says_otherwise(
    project: Path,
) -> None:
    (project / ".dockerlint.toml").write_text('fail-on = "error"\n')
    assert check().exit_code == 0
    assert check("--fail-on", "info").exit_code == 1
    assert check("--isolated").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no-such-place"], "no-such-place: no such file or folder"),
        (["--today", "tomorrow"], "--today: not a date"),
        (["--output", "xml=report"], "--output: expected FORMAT=FILE"),
        (["--output", "json=-"], "standard output is what --format is for"),
        (["--config", "none.toml"], "none.toml: no such configuration file"),
        (["--ignore", "IMG00"], "no rule, family or tag is called 'IMG00'"),
    ],
)
def test_bad_usage_is_told_with_status_2(project: Path, arguments: list[str], message: str) -> None:
    result = check(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_bad_configuration_has_status_2(project: Path) -> None:
    (project / ".dockerlint.toml").write_text("\nfail_on = 1\n")
    result = check()
    assert result.exit_code == 2
    assert ".dockerlint.toml:2: unknown key 'fail_on' (did you mean \"fail-on\"?)" in result.stderr


def test_nothing_to_audit_has_status_2(project: Path) -> None:
    (project / "Dockerfile").unlink()
    result = check()
    assert result.exit_code == 2
    assert "nothing to audit" in result.stderr


def test_a_broken_file_is_a_note_and_fails_only_when_it_was_named(project: Path) -> None:
    (project / "Dockerfile.web").write_text("FROM a\nRNU x\n")
    result = check("--format", "json", "--fail-on", "never")
    notes = json.loads(result.stdout)["notes"]
    assert [(note["code"], note["path"], note["line"]) for note in notes] == [
        ("broken-file", "Dockerfile.web", 2)
    ]
    assert result.exit_code == 0
    assert check("--fail-on", "never", "Dockerfile.web").exit_code == 2


def test_a_named_file_limits_the_findings_and_a_folder_the_entry_points(project: Path) -> None:
    (project / "web").mkdir()
    (project / "web" / "Dockerfile").write_text(DOCKERFILE)

    def paths(*arguments: str) -> list[str]:
        found = json.loads(check("--format", "json", *arguments).stdout)["findings"]
        return [finding["location"]["path"] for finding in found]

    assert paths() == ["Dockerfile", "web/Dockerfile"]
    assert paths("Dockerfile") == ["Dockerfile"]
    assert paths("web") == ["web/Dockerfile"]
    assert paths("web", "Dockerfile") == ["Dockerfile", "web/Dockerfile"]
    (project / "README.md").touch()
    assert paths("README.md") == []


def test_paths_are_those_of_the_root_wherever_the_run_starts(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "web").mkdir()
    (project / "web" / "Dockerfile").write_text(DOCKERFILE)
    reports = {check("--format", "json", "web").stdout}
    monkeypatch.chdir(project / "web")
    reports.add(check("--format", "json").stdout)
    reports.add(check("--format", "json", str(project / "web")).stdout)
    assert len(reports) == 1


def test_reports_are_relative_to_the_workspace_of_ci(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert check("--format", "concise").stdout.startswith("project/Dockerfile:1:1: warning")


def test_further_reports_are_written_whole(project: Path) -> None:
    result = check("--output", "json=out.json", "--output", "concise=out.txt", "-q")
    assert json.loads((project / "out.json").read_text())["schema"] == 1
    assert (project / "out.txt").read_text().startswith("Dockerfile:1:1: warning IMG005")
    assert result.stdout.startswith("warning[IMG005]")
    assert sorted(path.name for path in project.iterdir()) == [
        ".git", "Dockerfile", "out.json", "out.txt",
    ]  # fmt: skip


def test_every_format_can_be_written_in_one_run(project: Path) -> None:
    options = [word for name in FORMATS for word in ("--output", f"{name}=out.{name}")]
    assert check(*options, "--format", "concise").exit_code == 1
    for name in FORMATS:
        printed = check("--format", name).stdout
        assert (project / f"out.{name}").read_text() == printed, name
        assert "IMG005" in printed


def test_two_reports_into_one_file_are_an_error(project: Path) -> None:
    result = check("--output", "json=out", "--output", "sarif=./out")
    assert result.exit_code == 2
    assert "two reports into" in result.stderr


def test_a_link_of_the_project_leads_no_report_out_of_it(project: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (project / "reports").symlink_to(tmp_path / "elsewhere")
    (project / "out.json").symlink_to(tmp_path / "elsewhere" / "precious")
    result = check("--output", "json=reports/out.json")
    assert result.exit_code == 2
    assert "a symbolic link leads out of" in result.stderr
    assert check("--output", "json=out.json").exit_code == 1  # the link itself is replaced
    assert not list((tmp_path / "elsewhere").iterdir())
    assert check("--output", f"json={tmp_path}/elsewhere/out.json").exit_code == 1  # as was asked


def test_a_device_is_written_to_and_not_replaced(project: Path, tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert check("--output", f"concise={link}").exit_code == 1
        assert os.read(reading, 10) == b"Dockerfile"
    finally:
        os.close(reading)
    assert pipe.is_fifo()
    assert link.is_symlink()


def test_in_github_actions_prose_is_printed_where_commands_are_off(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = {name: check("--format", name).stdout for name in FORMATS}
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    tokens = set()
    for name, format_ in FORMATS.items():
        shown = check("--format", name).stdout
        if format_.is_prose:
            start, *report, end = shown.splitlines(keepends=True)
            token = start.strip().removeprefix("::stop-commands::")
            assert end == f"::{token}::\n"
            assert "".join(report) == plain[name]
            tokens.add(token)
        else:
            assert shown == plain[name]
    assert len(tokens) == 2


def test_a_report_that_cannot_be_written_has_status_2(project: Path) -> None:
    result = check("--output", "json=no-folder/out.json")
    assert result.exit_code == 2
    assert "no-folder/out.json" in result.stderr


def test_suppressed_findings_are_hidden_or_shown(project: Path) -> None:
    comment = "# dockerlint: ignore[IMG005] an appliance\n"
    (project / "Dockerfile").write_text(comment + DOCKERFILE)
    assert check().exit_code == 0
    assert "IMG005" not in check("-q").stdout
    assert "IMG005" in check("--show-suppressed").stdout
    assert check("--no-ignores").exit_code == 1
    (finding,) = json.loads(check("--format", "json").stdout)["findings"]
    assert finding["suppressed"] == {"kind": "inline", "reason": "an appliance", "line": 1}


def test_colour_only_where_it_is_wanted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in check().stdout
    assert "\x1b[" in check("--color", "always").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in check().stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in check().stdout


def test_the_role_can_be_given(project: Path) -> None:
    assert check("--role", "dev").exit_code == 0
    (project / "Dockerfile").rename(project / "Dockerfile.dev")
    assert check().exit_code == 0
    assert check("--role", "prod").exit_code == 1


@pytest.mark.parametrize("name", FORMATS)
def test_two_runs_are_byte_equal_wherever_they_start(
    name: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "web").mkdir()
    (project / "web" / "Dockerfile").write_text(DOCKERFILE)
    for variable, workspace in (("", ""), ("GITHUB_WORKSPACE", "."), ("CI_PROJECT_DIR", "..")):
        if variable:
            monkeypatch.setenv(variable, str((project / workspace).resolve()))
        reports = set()
        for folder, path in ((project, "web"), (project / "web", "."), (tmp_path, project / "web")):
            monkeypatch.chdir(folder)
            reports |= {check("--format", name, str(path)).stdout for _ in range(2)}
        assert len(reports) == 1
        shown = "project/web/Dockerfile" if variable == "CI_PROJECT_DIR" else "web/Dockerfile"
        assert shown in reports.pop()
        monkeypatch.delenv(variable, raising=False)


def test_reports_do_not_depend_on_the_seed_of_hashes(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "shop")
    reports = []
    for seed in ("1", "4711"):
        folder = tmp_path / seed
        folder.mkdir()
        outputs = [w for name in FORMATS for w in ("--output", f"{name}={folder}/report.{name}")]
        command = [sys.executable, "-m", "dockerlint_py", "check", "--profile", "strict", *outputs]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        path = str(tmp_path / "shop")
        subprocess.run([*command, path], env=environment, capture_output=True, check=False)
        reports.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(reports[0]) == len(FORMATS)
    assert reports[0] == reports[1]
