"""What each form of an installer's command line means.

installer_commands.txt has a command on one line and, indented on the next, what is in it that is
not as by default, in the words of conftest.py.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from dockerlint_py.manifests.installers import Arg, Command, InstallCommand, installer

LINES = Path(__file__).with_name("installer_commands.txt").read_text().splitlines()
FORMS = list(zip(LINES[::2], LINES[1::2], strict=True))


@pytest.mark.parametrize(("line", "expected"), FORMS)
def test_what_a_command_says(meaning: Callable[[str], str], line: str, expected: str) -> None:
    assert meaning(line) == expected.strip()


@pytest.mark.parametrize(
    ("line", "installs"),
    [
        ("pip install x", True),
        ("pip install --dry-run x", False),
        ("pip wheel x", False),
        ("uv lock", False),
        ("uv run --no-sync x", False),
        ("poetry install", True),
        ("poetry config a b", False),
        ("python -m venv x", False),
        ("apt-get update", False),
        ("apt-get install x", True),
    ],
)
def test_what_installs(argv: Callable[[str], list[Arg]], line: str, installs: bool) -> None:
    command = installer(argv(line))
    assert isinstance(command, InstallCommand)
    assert command.installs is installs


def test_only_the_readers_that_are_needed_are_imported() -> None:
    code = (
        "import sys, dockerlint_py.manifests as m; "
        "print(sorted(n for n in sys.modules if n.startswith('dockerlint_py.manifests.installers.')"
        " or n in ('packaging', 'yaml', 'ast', 'json', 'tomllib')))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    for name in ("uv", "system", "packaging", "yaml", "'ast'", "json", "tomllib"):
        assert name not in result.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # Patterns are dynamic words for the shell.
        (["pip", "install", "uvicorn[standard]==0.30"],
         "pip install uvicorn[standard]==0.30(=0.30)"),
        (["pip", "install", ".[dev]"], "pip install path:.[dev] project"),
        (["pip", "install", "/wheels/*"], "pip install path:/wheels/* project?"),
        (["pip", "install", "-r", "requirements/*.txt"], "pip install -r:requirements/*.txt"),
        (["pip", "install", "{a,b}"], "pip install project? unknown:{a,b}"),
        (["apt-get", "install", "git", "`# why`"], "apt install git"),
        (["apt-get", "install", "git", "`list`"], "apt install git unknown:`list`"),
        (["rm", "-rf", "~/.cache"],
         "cleanup rm rm -r path:~/.cache cache:pdm cache:pip cache:pipenv cache:poetry cache:uv"),
    ],
)  # fmt: skip
def test_words_that_are_dynamic_for_the_shell(
    words: list[str], expected: str, says: Callable[[Command | None], str]
) -> None:
    argv = [Word(word, dynamic=index > 1) for index, word in enumerate(words)]
    assert says(installer(argv)) == expected


class Word(NamedTuple):
    value: str
    dynamic: bool
