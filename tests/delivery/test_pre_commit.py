"""The pre-commit hooks: which files start them, and what the README shows of them."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from dockerlint_py.project import URL
from tests.delivery.readme import ROOT, example

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
SHOWN: dict[str, Any] = {
    hook["id"]: hook for hook in yaml.safe_load(example("pre-commit"))["repos"][0]["hooks"]
}
FILES = [HOOKS["dockerlint-py"]["files"], SHOWN["dockerlint-py"]["files"]]


def test_the_readme_shows_the_hooks_as_they_are() -> None:
    assert SHOWN.keys() == HOOKS.keys()
    for name, hook in HOOKS.items():
        for key in ("entry", "language", "args", "pass_filenames", "require_serial", "types_or"):
            assert SHOWN[name].get(key) == hook.get(key), f"{name}: {key}"
        assert SHOWN[name]["additional_dependencies"] == [f"git+{URL}"]


@pytest.mark.parametrize(
    "files", [HOOKS["dockerlint-py"]["files"], SHOWN["dockerlint-py"]["files"]]
)
@pytest.mark.parametrize(
    "path",
    [
        *("Dockerfile", "a/Dockerfile", "Dockerfile.prod", "prod.Dockerfile", "Dockerfile-dev"),
        *("app.dockerfile", "Containerfile", "api.containerfile"),
        *("compose.yml", "docker-compose.yaml", "compose.prod.yml", "a/docker-compose.dev.yml"),
        *("prod.compose.yml", ".dockerignore", "Dockerfile.dockerignore", "a/b.py"),
        *("pyproject.toml", "requirements.txt", "requirements-dev.txt", "uv.lock", "poetry.lock"),
    ],
)
def test_a_file_that_is_read_starts_the_hook(files: str, path: str) -> None:
    assert re.search(files, path)


@pytest.mark.parametrize(
    "files", [HOOKS["dockerlint-py"]["files"], SHOWN["dockerlint-py"]["files"]]
)
@pytest.mark.parametrize("path", ["README.md", "app.js", "a/style.css", ".env", "main.go"])
def test_other_files_do_not(files: str, path: str) -> None:
    assert not re.search(files, path)


def test_a_changed_file_cannot_be_an_option(tmp_path: Path, installed: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "Dockerfile").write_text("FROM python:2.7\n")
    (tmp_path / "--fail-on=never").mkdir()
    named = tmp_path / "--fail-on=never" / "Dockerfile"
    named.write_text("FROM python:2.7\n")
    program, *arguments = HOOKS["dockerlint-py-files"]["entry"].split()
    assert program == "dockerlint-py"
    arguments += [*HOOKS["dockerlint-py-files"]["args"], str(named.relative_to(tmp_path))]
    command = [installed, "-I", "-m", "dockerlint_py", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "--fail-on=never/Dockerfile:1" in done.stdout
