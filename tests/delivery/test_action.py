"""The GitHub Action without GitHub: `action.yml` filled in, `action/run.py` on hostile input."""

import importlib.util
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.delivery.readme import ROOT
from tests.delivery.schemas import complaints

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
(STEP,) = ACTION["runs"]["steps"]
INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")


def _load_driver() -> Any:
    spec = importlib.util.spec_from_file_location("action_run", ROOT / "action" / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DRIVER = _load_driver()


class Job(NamedTuple):
    """What a step left behind."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str
    workspace: Path


RunAction = Callable[..., Job]


@pytest.fixture
def run_action(
    tmp_path: Path, installed: Path, capfd: pytest.CaptureFixture[str], monkeypatch: Any
) -> RunAction:
    """Runs the action over the files in `workspace`, with some inputs."""
    workspace, temporary = tmp_path / "workspace", tmp_path / "temporary"
    workspace.mkdir()
    temporary.mkdir()
    (workspace / ".git").mkdir()
    files = {"GITHUB_OUTPUT": tmp_path / "outputs", "GITHUB_STEP_SUMMARY": tmp_path / "summary"}

    def run(**inputs: str) -> Job:
        environment = {
            **filled_in({name.replace("_", "-"): value for name, value in inputs.items()}),
            **{name: str(path) for name, path in files.items()},
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(temporary),
        }
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        for path in files.values():
            path.write_text("")
        status = DRIVER.main(os.environ, lambda _: installed)
        lines = files["GITHUB_OUTPUT"].read_text().splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        summary = files["GITHUB_STEP_SUMMARY"].read_text()
        return Job(status, capfd.readouterr().out, outputs, summary, workspace)

    return run


def filled_in(inputs: Mapping[str, str]) -> dict[str, str]:
    """The environment of the step as GitHub makes it."""
    assert inputs.keys() <= ACTION["inputs"].keys()
    values = {name: each["default"] for name, each in ACTION["inputs"].items()} | dict(inputs)
    return {
        name: INPUT.sub(lambda found: values[found[1]], text) for name, text in STEP["env"].items()
    }


@pytest.fixture
def workspace(tmp_path: Path, run_action: RunAction) -> Path:
    folder = tmp_path / "workspace"
    (folder / "Dockerfile").write_text("FROM python:2.7\nCMD python app.py\n")
    return folder


def test_the_schema_has_nothing_against_it() -> None:
    assert complaints("github-actions", ROOT / "action.yml") == ""


def test_inputs_reach_the_script_through_the_environment_only() -> None:
    assert "${{" not in STEP["run"]
    passed = [found[1] for text in STEP["env"].values() if (found := INPUT.fullmatch(text))]
    assert sorted(passed) == sorted(ACTION["inputs"])
    driver = (ROOT / "action" / "run.py").read_text()
    read = {f"DOCKERLINT_{name}" for name in re.findall(r'given\("([A-Z_]+)"', driver)}
    assert read | {"DOCKERLINT_PYTHON"} == set(STEP["env"])


def test_every_output_is_one_of_the_step(run_action: RunAction, workspace: Path) -> None:
    job = run_action(sarif_file="out.sarif")
    declared = {name: f"${{{{ steps.{STEP['id']}.outputs.{name} }}}}" for name in ACTION["outputs"]}
    assert {name: each["value"] for name, each in ACTION["outputs"].items()} == declared
    assert set(job.outputs) == set(declared)


def test_findings_are_annotated_counted_and_summed_up(
    run_action: RunAction, workspace: Path
) -> None:
    job = run_action(sarif_file="reports/out.sarif")
    assert job.status == 1
    assert "::error " in job.log
    assert "file=Dockerfile" in job.log
    assert job.outputs["status"] == "1"
    counted = sum(int(job.outputs[name]) for name in ("errors", "warnings", "infos"))
    assert int(job.outputs["findings"]) == counted > 0
    assert "IMG001" in job.summary
    sarif = json.loads(Path(job.outputs["sarif-file"]).read_text())
    assert len(sarif["runs"][0]["results"]) == counted


def test_fail_on_never_leaves_the_step_green(run_action: RunAction, workspace: Path) -> None:
    job = run_action(fail_on="never", summary="false")
    assert (job.status, job.outputs["status"], job.summary) == (0, "0", "")


def test_a_folder_and_arguments(run_action: RunAction, workspace: Path) -> None:
    (workspace / "a folder").mkdir()
    (workspace / "a folder" / "Dockerfile").write_text("FROM python:2.7\n")
    job = run_action(working_directory="a folder", args="--select 'IMG001'")
    assert job.outputs["findings"] == "1"
    assert "file=a folder/Dockerfile" in job.log


def test_nothing_to_audit_fails_without_counts(run_action: RunAction) -> None:
    job = run_action(fail_on="never", sarif_file="out.sarif")
    assert (job.status, job.outputs) == (2, {"status": "2"})
    assert "nothing to audit" in job.log


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"version": "1.0; touch pwned"}, "version: expected"),
        ({"version": "--index-url=https://example.org"}, "version: expected"),
        ({"version": "1.0\n--pre"}, "version: expected"),
        ({"requirement": "--index-url=https://example.org"}, "requirement: not a requirement"),
        ({"requirement": "a\n--pre"}, "requirement: not a requirement"),
        ({"fail-on": "sometimes"}, "fail-on: expected"),
        ({"args": "'"}, "args: No closing quotation"),
        ({"working-directory": "gone"}, "working-directory: no such folder"),
        ({"sarif-file": "../out.sarif"}, "sarif-file: not inside"),
        ({"sarif-file": "out.sarif\nstatus=0"}, "sarif-file: not inside"),
        ({"sarif-file": "link/out.sarif"}, "sarif-file: not inside"),
    ],
)
def test_an_input_without_meaning_fails(
    run_action: RunAction, workspace: Path, inputs: dict[str, str], words: str
) -> None:
    (workspace / "link").symlink_to("/")
    job = run_action(**inputs)
    assert (job.status, job.outputs) == (2, {"status": "2"})
    assert f"::error title=dockerlint-py::{words}" in job.log
    assert job.log.count("\n") == 1


def test_no_input_is_run_by_a_shell(run_action: RunAction, workspace: Path) -> None:
    job = run_action(
        args="--select IMG001 '$(touch pwned)' `touch pwned` ; touch pwned",
        paths="--exit-zero\n$(touch pwned)\n| touch pwned",
    )
    assert job.status == 2
    assert not (workspace / "pwned").exists()
    assert run_action(paths="--fail-on=never").status == 2


def test_nothing_of_the_workspace_is_imported(run_action: RunAction, workspace: Path) -> None:
    code = "import pathlib; pathlib.Path(__file__).with_name('pwned').touch()\n"
    for name in ("pip", "yaml", "json", "click", "sitecustomize", "dockerlint_py", "libcst"):
        (workspace / f"{name}.py").write_text(code)
    (workspace / "dockerlint_rules").mkdir()
    (workspace / "dockerlint_rules" / "__init__.py").write_text(code)
    assert run_action().status == 1
    assert not list(workspace.rglob("pwned"))


def test_a_link_of_the_workspace_is_replaced_and_not_followed(
    run_action: RunAction, workspace: Path
) -> None:
    outside = workspace.parent / "outside"
    outside.write_text("mine")
    (workspace / "out.sarif").symlink_to(outside)
    run_action(sarif_file="out.sarif")
    assert outside.read_text() == "mine"
    assert not (workspace / "out.sarif").is_symlink()


def test_a_report_that_was_there_before_is_not_passed_on(run_action: RunAction) -> None:
    job = run_action(sarif_file="out.sarif")
    (job.workspace / "out.sarif").write_text("{}")
    assert "sarif-file" not in run_action(sarif_file="out.sarif").outputs


def test_what_is_said_of_files_cannot_command_the_runner(
    run_action: RunAction, workspace: Path
) -> None:
    (workspace / "pyproject.toml").write_text('[tool.dockerlint-py]\n"x\\n::error::pwned" = 1\n')
    job = run_action()
    before, guard, rest = job.log.partition("::stop-commands::")
    assert job.status == 2
    assert guard
    token, _, guarded = rest.partition("\n")
    assert re.fullmatch("[0-9a-f]{32}", token)
    assert guarded.endswith(f"\n::{token}::\n")
    assert "pwned" not in before


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({}, str(ROOT)),
        ({"VERSION": "1.2.3rc1"}, "dockerlint-py==1.2.3rc1"),
        ({"REQUIREMENT": "git+https://example.org/a@v1"}, "git+https://example.org/a@v1"),
        ({"REQUIREMENT": "./dist/a.whl"}, "{folder}/dist/a.whl"),
        # A pull request may hold a folder of any name.
        ({"REQUIREMENT": "dockerlint-py==1"}, "dockerlint-py==1"),
    ],
)
def test_what_is_installed(tmp_path: Path, inputs: dict[str, str], expected: str) -> None:
    (tmp_path / "dockerlint-py==1").mkdir()
    given = {f"DOCKERLINT_{name}": value for name, value in inputs.items()}
    environment = {**given, "GITHUB_WORKSPACE": str(tmp_path), "RUNNER_TEMP": str(tmp_path)}
    found = DRIVER.read_inputs(environment).requirement
    assert found == expected.format(folder=tmp_path.resolve())


def test_a_long_summary_is_cut_behind_a_line() -> None:
    line = "ä" * 99
    text = f"{line}\n" * 10_000
    short = DRIVER._shortened(text)
    assert len(short.encode()) < 1_000_000
    assert set(short.splitlines()) == {line, "", "The rest did not fit: see the log."}
    assert DRIVER._shortened(line) == line
