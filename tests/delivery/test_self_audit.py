"""This repository is audited by itself, with the configuration that it holds."""

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

from dockerlint_py.cli.commands import main
from tests.delivery.readme import ROOT

TODAY = "2026-11-24"


def check(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["check", "--today", TODAY, *arguments])
    return result.exit_code, result.output


def test_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    status, output = check()
    assert status == 0, output
    assert "Audited 1 file; containers: Dockerfile" in output


def test_the_example_is_bad_on_purpose_and_audited_when_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    status, output = check("examples/shop")
    assert status == 1, output


def test_the_image_installs_what_the_project_needs() -> None:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pinned = dict(line.split("==") for line in lines if not line.startswith("#"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for text in project["dependencies"]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(pinned[wanted.name]), text


def test_what_the_image_copies_is_in_its_context() -> None:
    kept = {line[1:] for line in Path(ROOT, ".dockerignore").read_text().split() if line[0] == "!"}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.M)
    assert {name for names in copied for name in names.split()} == kept
