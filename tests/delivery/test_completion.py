"""Shell completion as the README tells to set it up."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.delivery.readme import example

LINES = example("completion").splitlines()


@pytest.fixture
def environment(tmp_path: Path, installed: Path) -> dict[str, str]:
    """One with the command `dockerlint-py` on its PATH."""
    command = tmp_path / "dockerlint-py"
    command.write_text(f'#!/bin/sh\nexec {installed} -I -m dockerlint_py "$@"\n')
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}


def line_of(shell: str) -> str:
    (line,) = (line for line in LINES if f"={shell}_source" in line)
    return line


@pytest.mark.parametrize(
    ("words", "expected"),
    [("dockerlint-py che", "check"), ("dockerlint-py check --format sari", "sarif")],
)
def test_bash_completes(environment: dict[str, str], words: str, expected: str) -> None:
    ask = (
        f"{line_of('bash')}\nCOMP_WORDS=({words}); COMP_CWORD={words.count(' ')}\n"
        '_dockerlint_py_completion dockerlint-py; echo "${COMPREPLY[@]}"'
    )
    command = ["bash", "--norc", "-c", ask]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert expected in done.stdout.split()


def test_zsh_takes_what_it_is_given(environment: dict[str, str]) -> None:
    script = subprocess.run(
        ["sh", "-c", line_of("zsh").replace("eval", "printf %s")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert script.startswith("#compdef dockerlint-py")
    if zsh := shutil.which("zsh"):
        subprocess.run([zsh, "-n", "-c", script], check=True)


def test_fish_gets_a_script(environment: dict[str, str]) -> None:
    ask = line_of("fish").partition("|")[0]
    done = subprocess.run(["sh", "-c", ask], env=environment, capture_output=True, text=True)
    assert "complete --no-files --command dockerlint-py" in done.stdout
