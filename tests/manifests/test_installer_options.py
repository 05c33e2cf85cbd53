"""Every option of the real tools is known, and takes a value exactly where it does for them.

tool_options.json is recorded from `--help` by record_options.py. What is checked is seen from
outside: an option's value is never a package, and a word after a flag always is.
"""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from dockerlint_py.manifests.installers import InstallCommand, installer

RECORDED = json.loads(Path(__file__).with_name("tool_options.json").read_text())
PROGRAMS = {"poetry-1": "poetry", "poetry-2": "poetry"}
# In Poetry 1 it is a flag, in Poetry 2 it takes a value: reported as unknown on purpose.
AMBIGUOUS = {("poetry", "add", "--optional")}
# Their help prints no sign of the value that they take, or an optional one.
WRONG_HELP = {("pdm", "--without"), ("virtualenv", "--extra-search-dir"), ("pdm", "--venv")}
NAMING = {
    ("pip", "install"), ("pip", "wheel"), ("pip", "download"), ("uv", "add"), ("uv", "pip install"),
    ("uv", "tool install"), ("poetry", "add"), ("poetry", "self add"), ("pdm", "add"),
    ("pipenv", "install"), ("pipx", "install"), ("pipx", "inject"),
}  # fmt: skip


class Word(NamedTuple):
    value: str
    dynamic: bool = False


def command(program: str, verb: str, *words: str) -> InstallCommand | None:
    argv = [Word(word) for word in (program, *verb.split(), *words)]
    found = installer(argv)
    return found if isinstance(found, InstallCommand) else None


CASES = [
    (PROGRAMS.get(tool, tool), verb, option, kind)
    for tool, verbs in RECORDED.items()
    for verb, kinds in verbs.items()
    for kind in ("values", "flags")
    for option in kinds[kind]
    if (PROGRAMS.get(tool, tool), verb, option) not in AMBIGUOUS
    and (tool, option) not in WRONG_HELP
]


def test_all_tools_are_recorded() -> None:
    assert len(CASES) > 1500


@pytest.mark.parametrize("tool", sorted({case[0] for case in CASES}))
def test_options_that_take_a_value(tool: str) -> None:
    wrong = []
    for program, verb, option, kind in CASES:
        if program != tool or kind != "values":
            continue
        found = command(program, verb, option, "the-value", "the-package")
        names = [package.name for package in found.packages] if found else ["the-package"]
        taken = option in ("--with", "-w", "--preinstall") or "the-value" not in names
        if not taken or ((tool, verb) in NAMING and "the-package" not in names):
            wrong.append((verb, option))
        if found is not None and found.unknown:
            wrong.append((verb, option))
    assert wrong == []


@pytest.mark.parametrize("tool", sorted({case[0] for case in CASES}))
def test_options_that_take_none(tool: str) -> None:
    wrong = []
    for program, verb, option, kind in CASES:
        if program != tool or kind != "flags":
            continue
        found = command(program, verb, option, "the-package")
        if found is None:
            continue
        names = [package.name for package in found.packages]
        if found.unknown or ((tool, verb) in NAMING and names != ["the-package"]):
            wrong.append((verb, option))
    assert wrong == []
