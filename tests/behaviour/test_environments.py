"""What STG001 and STG008 rest on, shown with Python's own venv and a shell."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """An environment that was made at `old` and stands at `new`, with a script like pip's."""
    made = tmp_path / "old"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    script = made / "bin" / "tool"
    script.write_text(f"#!{made}/bin/python\nprint('started')\n")
    script.chmod(0o755)
    return made.rename(tmp_path / "new")


def output(*argv: str | Path) -> str:
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()


def test_scripts_of_a_moved_environment_do_not_start(moved: Path) -> None:
    with pytest.raises(FileNotFoundError):
        output(moved / "bin" / "tool")


def test_its_python_works(moved: Path) -> None:
    assert output(moved / "bin" / "python", moved / "bin" / "tool") == "started"
    prefix = output(moved / "bin" / "python", "-c", "import sys; print(sys.prefix)")
    assert Path(prefix) == moved


def test_an_activation_ends_with_its_shell(tmp_path: Path) -> None:
    made = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    which = "command -v python || true"
    assert output("sh", "-c", f". {made}/bin/activate && {which}") == f"{made}/bin/python"
    assert output("sh", "-c", which) != f"{made}/bin/python"
