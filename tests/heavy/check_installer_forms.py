"""Holds the table of installer command lines against the installers' own argument parsers.

Usage: `python tests/heavy/check_installer_forms.py`, where pip, uv, poetry 2 with its plugin for
`export`, pipenv and pdm are installed in their newest releases. Each form of
`tests/manifests/installer_commands.txt` goes through the parser of its tool, which has to take it;
nothing is installed. pip is also asked how much the form names.
"""

import contextlib
import io
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from cleo.exceptions import CleoError
from cleo.io.inputs.argv_input import ArgvInput
from cleo.io.null_io import NullIO
from pdm.core import Core
from pip._internal.cli.main_parser import parse_command
from pip._internal.commands import create_command
from pip._internal.exceptions import CommandError
from pipenv.cli.options import build_parser
from poetry.console.application import Application

from dockerlint_py.manifests.installers import InstallCommand, installer

FORMS = (Path(__file__).parents[1] / "manifests/installer_commands.txt").read_text().splitlines()
REFUSED = {
    "pip install --some-future-option value flask",
    "pip install --upgr pip",
    "poetry install --no-dev --no-root -n",
    "poetry lock --no-update",
}
"""What these releases do not take: made up, or of an earlier release that people still have."""
WORD = "--no-such-option"


class Word(NamedTuple):
    value: str
    dynamic: bool = False


def pip(words: Sequence[str]) -> None:
    name, rest = parse_command(list(words))
    options, named = create_command(name).parser.parse_args(rest)
    found = installer([Word("pip"), *map(Word, words)])
    if name not in ("install", "download", "wheel") or not isinstance(found, InstallCommand):
        return
    assert [each.text for each in found.requirement_files] == options.requirements, words
    assert [each.text for each in found.constraint_files] == options.constraints, words
    named = [*named, *getattr(options, "editables", [])]
    assert len(found.packages) + len(found.local_paths) == len(named), words


def poetry(words: Sequence[str]) -> None:
    application = Application()
    application._load_plugins(NullIO())
    words = list(words)
    for option in ("-C", "-P"):  # options of the program, which has a parser of its own for them
        if option in words:
            at = words.index(option)
            del words[at : at + 2]
    name = next(n for n in (" ".join(words[:2]), words[0]) if application.has(n))
    command = application.find(name)
    command.merge_application_definition()
    argv = ArgvInput(["poetry", name, *words[len(name.split()) :]])
    argv.bind(command.definition)
    argv.validate()


def pdm(words: Sequence[str]) -> None:
    core = Core()
    core.init_parser()
    core.parser.parse_args(list(words))


def pipenv(words: Sequence[str]) -> None:
    build_parser().parse_args(list(words))


def uv(words: Sequence[str]) -> None:
    """uv reads all words before it prints its help."""
    done = subprocess.run(["uv", *words, "--help"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr)


PARSERS: dict[str, Callable[[Sequence[str]], None]] = {
    "pip": pip,
    "poetry": poetry,
    "pipenv": pipenv,
    "pdm": pdm,
    "uv": uv,
}


def refusal(tool: str, words: Sequence[str]) -> str | None:
    """What the parser of a tool says against a command line; None when it takes it."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            PARSERS[tool](words)
        except SystemExit as end:
            return output.getvalue() if end.code else None
        except AssertionError:
            raise
        except (CleoError, CommandError, Exception) as error:
            return f"{type(error).__name__}: {error}"
    return None


def runs_another_program(words: Sequence[str]) -> bool:
    return "run" in words[:2]


def main() -> int:
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        del os.environ[name]
    os.environ["PIP_CONFIG_FILE"] = os.devnull
    wrong, checked = [], 0
    for tool in PARSERS:
        assert refusal(tool, ["install" if tool != "uv" else "sync", WORD]), f"{tool} takes all"
    for line in FORMS[::2]:
        tool, *words = shlex.split(line)
        if tool not in PARSERS or "$" in line or not words or runs_another_program(words):
            continue
        checked += 1
        said = refusal(tool, words)
        if (said is not None) != (line in REFUSED):
            wrong.append(f"{line}\n    {said or 'is taken'}")
    lines = [*wrong, f"{checked} forms of {len(PARSERS)} tools, {len(wrong)} wrong"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
