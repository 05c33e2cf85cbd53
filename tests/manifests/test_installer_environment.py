"""Environment variables change a command as the tools' own documentation says."""

from collections.abc import Callable, Mapping

import pytest

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.installers import (
    Arg,
    Command,
    InstallCommand,
    installer,
    with_environment,
)

Says = Callable[[Command | None], str]
Argv = Callable[[str], list[Arg]]

CHANGES = [
    ("pip install x", {"PIP_NO_CACHE_DIR": "1"}, "pip install x +no-cache"),
    ("pip install x", {"PIP_NO_CACHE_DIR": "off"}, "pip install x +no-cache"),
    ("pip install x", {"PIP_NO_CACHE_DIR": ""}, "pip install x"),
    ("pip install x", {"PIP_NO_CACHE_DIR": "maybe"}, "pip install x"),
    ("pip install x", {"PIP_USER": "no"}, "pip install x"),
    ("pip install x", {"PIP_BREAK_SYSTEM_PACKAGES": "1"}, "pip install x +break-system-packages"),
    ("pip install x", {"PIP_CONSTRAINT": "a.txt b.txt"}, "pip install x -c:a.txt -c:b.txt"),
    ("pip install x", {"PIP_TARGET": "/deps"}, "pip install x target:/deps"),
    ("pip install x", {"PIP_INDEX_URL": "https://a/"}, "pip install x index:https://a/"),
    ("pip install x", {"UV_NO_CACHE": "1"}, "pip install x"),
    ("uv sync", {"UV_FROZEN": "1", "UV_NO_DEV": "true"}, "uv sync +frozen +no-dev project"),
    ("uv sync", {"UV_NO_DEV": "0"}, "uv sync project"),
    ("uv sync", {"UV_LOCKED": "yes"}, "uv sync +locked project"),
    ("uv sync", {"UV_NO_INSTALL_PROJECT": "1"}, "uv sync +no-project"),
    ("uv sync", {"UV_PROJECT_ENVIRONMENT": "/venv"}, "uv sync env:/venv project"),
    ("uv sync", {"UV_NO_DEFAULT_GROUPS": "1"}, "uv sync no-defaults project"),
    ("uv sync", {"UV_SYSTEM_PYTHON": "1"}, "uv sync project"),
    ("uv sync", {"UV_PYTHON": "3.12"}, "uv sync python:3.12 project"),
    ("uv sync -p 3.11", {"UV_PYTHON": "3.12"}, "uv sync python:3.11 project"),
    ("uv pip install x", {"UV_SYSTEM_PYTHON": "1"}, "uv pip install x +system"),
    ("uv pip install x", {"UV_NO_CACHE": "t"}, "uv pip install x +no-cache"),
    ("uv pip install x", {"PIP_NO_CACHE_DIR": "1"}, "uv pip install x"),
    ("poetry install", {"POETRY_VIRTUALENVS_CREATE": "false"}, "poetry install +no-venv project"),
    ("poetry install", {"POETRY_VIRTUALENVS_CREATE": "true"}, "poetry install project"),
    ("poetry install", {"POETRY_NO_CACHE": "1"}, "poetry install project"),
    ("pipenv install", {"PIPENV_SYSTEM": "1"}, "pipenv install +system"),
    ("pipenv install", {"PIPENV_DEV": "0"}, "pipenv install"),
    ("pipenv install", {"PIP_NO_CACHE_DIR": "1"}, "pipenv install +no-cache"),
    ("pdm install", {"PDM_NO_SELF": "1"}, "pdm install +no-project"),
    ("python install-poetry.py", {"POETRY_VERSION": "1.8.3"},
     "installer script install poetry1.8.3(=1.8.3)"),
    ("python install-poetry.py --version 2.0", {"POETRY_VERSION": "1.8.3"},
     "installer script install poetry2.0(=2.0)"),
    ("apt-get install git", {"PIP_NO_CACHE_DIR": "1"}, "apt install git"),
]  # fmt: skip


def changed(command: Command | None, get: Callable[[str], Fact[str | None]]) -> InstallCommand:
    assert isinstance(command, InstallCommand)
    return with_environment(command, get)


@pytest.mark.parametrize(("line", "variables", "expected"), CHANGES)
def test_variables(
    argv: Argv, says: Says, line: str, variables: Mapping[str, str], expected: str
) -> None:
    command = changed(installer(argv(line)), lambda name: Known(variables.get(name)))
    assert says(command) == expected


def test_an_unknown_value_is_reported_by_name(argv: Argv) -> None:
    def get(name: str) -> Fact[str | None]:
        return Unknown("an env_file") if name == "UV_NO_DEV" else Known(None)

    assert changed(installer(argv("uv sync")), get).unknown == ("UV_NO_DEV",)


def test_without_variables_nothing_changes(argv: Argv) -> None:
    for line in ("pip install x", "uv sync", "poetry install", "pipenv sync", "pdm install"):
        command = installer(argv(line))
        assert changed(command, lambda _name: Known(None)) == command
