"""What is in the wheel, and that it works where nothing else of ours is."""

import json
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from dockerlint_py import __version__
from dockerlint_py.project import URL

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]
    subprocess.run([*command, str(folder), str(ROOT)], check=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_the_engine_and_the_pack_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    info = f"dockerlint_py-{__version__}.dist-info"
    assert tops == {"dockerlint_py", "dockerlint_rules", info}
    assert {"dockerlint_py/py.typed", "dockerlint_rules/py.typed"} <= set(names)
    assert f"{info}/licenses/LICENSE" in names
    assert "dockerlint_rules/pages/PYR002.md" in names


def test_the_wheel_runs_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    binaries = tmp_path / "venv" / "bin"
    subprocess.run(
        [binaries / "python", "-m", "pip", "install", "--quiet", wheel],
        check=True,
    )
    project = tmp_path / "project"
    project.mkdir()
    (project / "Dockerfile").write_text('FROM python:3.13-slim\nCMD ["python", "app.py"]\n')
    command = [binaries / "dockerlint-py", "check", "--format", "json", "--today", "2026-11-24"]
    done = subprocess.run(
        [*command, project], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    found = {finding["rule"] for finding in json.loads(done.stdout)["findings"]}
    assert {"IMG005", "PYR002"} <= found
    page = subprocess.run(
        [binaries / "dockerlint-py", "explain", "PYR002"], capture_output=True, check=True
    )
    assert page.stdout == (ROOT / "docs" / "rules" / "PYR002.md").read_bytes()
    missing = "import importlib.util as u; print([u.find_spec(n) for n in ('rules', 'tests')])"
    shown = subprocess.run(
        [binaries / "python", "-I", "-c", missing],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "[None, None]"


def test_the_address_and_the_version_have_one_source() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["urls"]["Homepage"] == URL
    assert "version" in project["dynamic"]
    for path in ROOT.rglob("*"):
        if path.suffix in (".md", ".py", ".toml", ".yml") and ".venv" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            for line in text.splitlines():
                if URL.rpartition("/")[0] in line:
                    assert URL in line, f"{path}: {line}"
