"""The workflows of this repository, and the one that the README shows."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dockerlint_py import __version__
from tests.delivery.readme import ROOT, example
from tests.delivery.schemas import complaints

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
USES = re.compile(r"uses: *(\S+)(.*)")
OURS = "dockerlint-py/dockerlint-py@"


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.fixture(params=[*WORKFLOWS, "README"], ids=lambda each: Path(each).stem)
def workflow(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param != "README":
        return Path(request.param)
    path = tmp_path / "workflow.yml"
    path.write_text(example("github"))
    return path


def test_the_schema_has_nothing_against_it(workflow: Path) -> None:
    assert complaints("github-workflows", workflow) == ""


def test_every_job_says_what_it_may_do_and_how_long(workflow: Path) -> None:
    document = yaml.safe_load(workflow.read_text())
    assert document["permissions"] == {}
    for name, job in document["jobs"].items():
        assert {"permissions", "timeout-minutes"} <= job.keys(), name


def test_actions_of_others_are_pinned_to_a_commit(workflow: Path) -> None:
    found = USES.findall(workflow.read_text())
    others = [(use, rest) for use, rest in found if use != "./" and not use.startswith(OURS)]
    assert others
    for use, rest in others:
        assert re.search(r"@[0-9a-f]{40}$", use), use
        assert re.search(r"# v[0-9.]+$", rest), use


def test_an_action_is_pinned_to_one_commit_everywhere() -> None:
    texts = [path.read_text() for path in WORKFLOWS] + [example("github")]
    pins = {use for text in texts for use, _ in USES.findall(text) if "@" in use}
    assert len(pins) == len({use.partition("@")[0] for use in pins})


def test_no_expression_stands_in_a_script(workflow: Path) -> None:
    for step in steps(yaml.safe_load(workflow.read_text())):
        assert "${{" not in step.get("run", "")


def test_the_readme_uses_inputs_and_outputs_that_exist() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    text = example("github")
    (ours,) = (s for s in steps(yaml.safe_load(text)) if s.get("uses", "").startswith(OURS))
    assert ours["with"].keys() <= action["inputs"].keys()
    used = re.findall(rf"steps\.{ours['id']}\.outputs\.([a-z-]+)", text)
    assert used
    assert set(used) <= action["outputs"].keys()


def test_the_readme_names_inputs_and_the_version_of_today() -> None:
    readme = (ROOT / "README.md").read_text()
    assert f"`version: {__version__}`" in readme


def test_only_the_job_that_publishes_may_publish() -> None:
    release = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text())
    rights = {name: job["permissions"] for name, job in release["jobs"].items()}
    assert rights == {"build": {"contents": "read"}, "publish": {"id-token": "write"}}
    assert not any("run" in step for step in release["jobs"]["publish"]["steps"])
