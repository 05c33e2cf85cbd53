"""Command lines as words, and what was read from them as one short line."""

import shlex
from collections.abc import Callable
from typing import NamedTuple

import pytest

from dockerlint_py.manifests.installers import (
    Arg,
    CleanupCommand,
    Command,
    Groups,
    InstallCommand,
    LocalPath,
    NamedPackage,
    Operand,
    installer,
)


class Word(NamedTuple):
    """A word of a command, as the shell package has it."""

    value: str
    dynamic: bool = False


@pytest.fixture(scope="session")
def argv() -> Callable[[str], list[Arg]]:
    """Makes words of a line; those with a `$` are dynamic."""
    return lambda line: [Word(word, "$" in word) for word in shlex.split(line)]


@pytest.fixture(scope="session")
def says() -> Callable[[Command | None], str]:
    """Makes one short line of everything in a command that is not as by default."""
    return _says


@pytest.fixture(scope="session")
def meaning(argv: Callable[[str], list[Arg]]) -> Callable[[str], str]:
    """Reads a line as an installer's, and says what it means."""
    return lambda line: _says(installer(argv(line)))


def _says(command: Command | None) -> str:
    if command is None:
        return "nothing"
    if isinstance(command, CleanupCommand):
        return _cleanup(command)
    return _install(command)


def _cleanup(command: CleanupCommand) -> str:
    words = ["cleanup", command.tool, command.verb]
    words += [_package(package) for package in command.packages]
    words += [f"path:{path.text}" for path in command.paths]
    words += [f"cache:{cache}" for cache in sorted(command.caches)]
    words += ["orphans"] if command.orphans else []
    words += [f"unknown:{text}" for text in command.unknown]
    return " ".join(words)


def _install(command: InstallCommand) -> str:
    words = [command.tool, command.verb or "?"]
    words += [_package(package) for package in command.packages]
    words += [f"-r:{path.text}" for path in command.requirement_files]
    words += [f"-c:{path.text}" for path in command.constraint_files]
    words += [_path(path) for path in command.local_paths]
    words += _groups(command.groups)
    words += sorted(f"+{flag}" for flag in command.flags)
    words += [f"only-binary:{item}" for item in command.only_binary]
    words += [f"no-binary:{item}" for item in command.no_binary]
    words += [f"index:{index.url}" for index in command.indexes]
    words += [f"env:{place.text}" for place in command.environments]
    words += [f"{key}:{value.text}" for key, value in _places(command) if value is not None]
    words += [f"virtual:{command.virtual}"] if command.virtual else []
    words += [f"set:{key}={value}" for key, value in command.settings]
    words += {True: ["project"], None: ["project?"], False: []}[command.project]
    words += [f"unknown:{text}" for text in command.unknown]
    return " ".join(words)


def _places(command: InstallCommand) -> tuple[tuple[str, Operand | None], ...]:
    return (
        ("target", command.target),
        ("python", command.python),
        ("cwd", command.directory),
        ("root", command.project_directory),
        ("output", command.output),
    )


def _package(package: NamedPackage) -> str:
    extras = f"[{','.join(package.extras)}]" if package.extras else ""
    text = f"{package.name}{extras}{package.specifier}"
    if package.url:
        text += f"@{package.url}"
    if package.version is not None:
        text += f"(={package.version})"
    return text + ("(=?)" if package.version_dynamic else "")


def _path(path: LocalPath) -> str:
    extras = f"[{','.join(path.extras)}]" if path.extras else ""
    return f"{'editable' if path.editable else 'path'}:{path.path}{extras}"


def _groups(groups: Groups) -> list[str]:
    words = [f"with:{name}" for name in groups.included]
    words += [f"without:{name}" for name in groups.excluded]
    words += [f"only:{name}" for name in groups.only]
    words += [f"extra:{name}" for name in groups.extras]
    words += [f"no-extra:{name}" for name in groups.excluded_extras]
    words += ["all-groups"] if groups.all_groups else []
    words += ["all-extras"] if groups.all_extras else []
    return words + (["no-defaults"] if groups.no_defaults else [])
