"""The GitLab template: rendered, against GitLab's schema, and its script run by a shell."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from dockerlint_py import __version__
from tests.delivery.gitlab import header_and_body, render
from tests.delivery.readme import ROOT, example
from tests.delivery.schemas import complaints

TEMPLATE = (ROOT / ".gitlab-ci-template.yml").read_text()


def job(**inputs: object) -> dict[str, Any]:
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    document = yaml.safe_load(render(TEMPLATE, given))
    (only,) = document.values()
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize(
    "inputs",
    [{}, {"job-name": "audit", "allow-failure": True, "args": "--select IMG", "requirement": "."}],
)
def test_the_schema_has_nothing_against_it(tmp_path: Path, inputs: dict[str, object]) -> None:
    path = tmp_path / "rendered.yml"
    path.write_text(render(TEMPLATE, inputs))
    assert "$[[" not in path.read_text()
    assert complaints("gitlab-ci", path, "--data-transform", "gitlab-ci") == ""


def test_the_schema_has_nothing_against_the_header_and_our_own_pipeline(tmp_path: Path) -> None:
    path = tmp_path / "header.yml"
    path.write_text(TEMPLATE.partition("\n---\n")[0])
    assert complaints("gitlab-ci", path) == ""
    pipeline = ROOT / ".gitlab-ci.yml"
    assert complaints("gitlab-ci", pipeline, "--data-transform", "gitlab-ci") == ""


def test_our_own_pipeline_and_the_readme_use_inputs_that_exist() -> None:
    for text in ((ROOT / ".gitlab-ci.yml").read_text(), example("gitlab")):
        (include,) = yaml.safe_load(text)["include"]
        assert render(TEMPLATE, include["inputs"])
    assert include["remote"].endswith("/.gitlab-ci-template.yml")


def test_the_default_version_is_ours() -> None:
    inputs, _ = header_and_body(TEMPLATE)
    assert str(inputs["version"]["default"]) == __version__


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("version", "1.0; touch pwned"),
        ("requirement", "--index-url=https://example.org"),
        ("requirement", 'a"\n  script: [touch pwned]'),
        ("args", '"\n  script: [touch pwned]'),
        ("paths", "a\nb"),
    ],
)
def test_an_input_that_would_leave_its_place_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        render(TEMPLATE, {name: value})


def test_no_input_stands_in_the_script() -> None:
    _, body = header_and_body(TEMPLATE)
    (only,) = yaml.safe_load(body.replace("$[[", "[[")).values()
    assert not any("inputs." in line for line in only["script"])


@pytest.fixture
def project(tmp_path: Path, installed: Path) -> Path:
    """A repository, and on the PATH a python3 that notes what pip is to install."""
    binaries, project = tmp_path / "bin", tmp_path / "project"
    binaries.mkdir()
    (project / ".git").mkdir(parents=True)
    (project / "Dockerfile").write_text("FROM python:2.7\n")
    python = binaries / "python3"
    python.write_text(
        "#!/bin/sh\n"
        f'case "$*" in *pip*) printf "%s\\n" "$@" > {tmp_path}/installed ;;\n'
        f'*) exec {installed} "$@" ;; esac\n'
    )
    python.chmod(0o755)
    return project


def run_script(project: Path, **inputs: str) -> int:
    configured = job(**inputs)
    environment = {
        **configured["variables"],
        "PATH": f"{project.parent / 'bin'}:{os.environ['PATH']}",
        "CI_PROJECT_DIR": str(project),
    }
    script = "\n".join(configured["script"])
    command = ["bash", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=project, env=environment, check=False).returncode


def test_the_script_installs_audits_and_leaves_a_report(project: Path) -> None:
    assert run_script(project) == 1
    asked = (project.parent / "installed").read_text().splitlines()
    assert asked[:4] == ["-I", "-m", "pip", "install"]
    assert asked[-2:] == ["--", f"dockerlint-py=={__version__}"]
    report = json.loads((project / "gl-code-quality-report.json").read_text())
    assert {each["location"]["path"] for each in report} == {"Dockerfile"}


def test_inputs_are_words_to_the_script_and_no_code(project: Path) -> None:
    (project / "pip.py").write_text("raise SystemExit(3)\n")
    assert run_script(project, requirement="git+https://example.org/a b") == 1
    asked = (project.parent / "installed").read_text().splitlines()
    assert asked[-1] == "git+https://example.org/a b"
    assert run_script(project, args="--fail-on never") == 0
    assert run_script(project, args="$(touch${IFS}pwned) ; touch pwned") == 2
    assert run_script(project, paths="--fail-on=never") == 2
    assert run_script(project, paths="Docker*") == 2
    assert not (project / "pwned").exists()
