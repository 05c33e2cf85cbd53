"""What the packaged Python of a distribution refuses, compared with that of this machine."""

import subprocess
from pathlib import Path

import pytest

from dockerlint_py.model.packages.system_python import Refusal
from dockerlint_py.testing import project

PYTHON = Path("/usr/bin/python3")
PACKAGED = PYTHON.exists() and Path("/etc/debian_version").exists()
MANAGED = PACKAGED and any(Path("/usr/lib").glob("python3*/EXTERNALLY-MANAGED"))
BASE = "FROM debian:12\nRUN apt-get update && apt-get install -y python3 python3-pip\n"


def refusals(run: str) -> list[Refusal]:
    [stage] = project({"Dockerfile": f"{BASE}RUN {run}\n"}).repository().stages
    return [refused.refusal for refused in stage.refused_commands]


@pytest.mark.skipif(not MANAGED, reason="needs an externally managed Python")
@pytest.mark.parametrize(
    "options",
    ["", "--user", "--target /tmp/x", "--prefix /tmp/x", "--break-system-packages"],
)
def test_pip_refuses_what_we_say(options: str) -> None:
    argv = f"-m pip install {options} ./there-is-no-such-project"
    result = subprocess.run([PYTHON, *argv.split()], capture_output=True, text=True, check=False)
    if "No module named pip" in result.stderr:
        pytest.skip("needs python3-pip")
    refused = "externally-managed-environment" in result.stderr
    assert (Refusal.EXTERNALLY_MANAGED in refusals(f"python3 {argv}")) == refused


@pytest.mark.skipif(not PACKAGED, reason="needs the Python of Debian")
def test_ensurepip_is_refused() -> None:
    result = subprocess.run([PYTHON, "-m", "ensurepip"], capture_output=True, check=False)
    assert result.returncode != 0
    assert refusals("python3 -m ensurepip") == [Refusal.NO_ENSUREPIP]


@pytest.mark.parametrize("package", ["python3-venv", "python3.11-venv", "python3-full", "pipx"])
def test_packages_that_bring_venv(package: str) -> None:
    assert refusals("python3 -m venv /v") == [Refusal.NO_VENV]
    assert refusals(f"apt-get install -y {package} && python3 -m venv /v") == []
