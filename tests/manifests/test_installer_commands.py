"""What each form of an installer's command line means.

installer_commands.txt has a command on one line and, indented on the next, what is in it that is
not as by default, in the words of conftest.py.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dockerlint_py.manifests.installers import Arg, InstallCommand, installer

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
