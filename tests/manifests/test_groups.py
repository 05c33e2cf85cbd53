"""The dependency groups that a command takes, and what builds the project."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from dockerlint_py.manifests import (
    Manifest,
    builds_project,
    read_manifest,
    selected_groups,
)
from dockerlint_py.manifests.installers import Arg, InstallCommand, installer
from dockerlint_py.text import Source

GROUPS = """
    [project]
    name = "app"
    [build-system]
    requires = []
    [dependency-groups]
    dev = ["pytest"]
    prod = ["gunicorn"]
    docs = ["sphinx"]
    [tool.uv]
    default-groups = ["dev", "docs"]
"""
POETRY_GROUPS = """
    [tool.poetry.dependencies]
    [tool.poetry.group.test.dependencies]
    pytest = "*"
    [tool.poetry.group.docs]
    optional = true
    [tool.poetry.group.docs.dependencies]
    sphinx = "*"
"""
CALLED_MAIN = """
    [project]
    name = "shop"
    dependencies = ["click"]
    [dependency-groups]
    main = ["itsdangerous"]
    dev = ["iniconfig", {include-group = "main"}]
    Test_Tools = ["pluggy"]
"""
INSTALLED = [
    ("uv sync", "click iniconfig itsdangerous"),
    ("uv sync --group main", "click iniconfig itsdangerous"),
    ("uv sync --only-group main", "itsdangerous"),
    ("uv sync --no-dev", "click"),
    ("uv sync --no-dev --group dev", "click"),
    ("uv sync --group dev --no-group main", "click iniconfig itsdangerous"),
    ("uv sync --only-dev", "iniconfig itsdangerous"),
    ("uv sync --no-default-groups", "click"),
    ("uv sync --group test-tools --no-dev", "click pluggy"),
    ("uv sync --all-groups --no-group main", "click iniconfig itsdangerous pluggy"),
    ("uv sync --only-group dev", "iniconfig itsdangerous"),
]
"""What uv 0.13 installs of that project, told by `uv export` with the same options."""
SELECTIONS = [
    (GROUPS, "uv sync", "dev docs main"),
    (GROUPS, "uv sync --no-dev", "docs main"),
    (GROUPS, "uv sync --no-default-groups --group prod", "main prod"),
    (GROUPS, "uv sync --no-group docs", "dev main"),
    (GROUPS, "uv sync --all-groups --no-dev", "docs main prod"),
    (GROUPS, "uv sync --only-group prod", "prod"),
    (GROUPS, "uv sync --only-dev", "dev"),
    (GROUPS, "uv export --no-dev --no-group docs", "main"),
    (GROUPS, "uv sync $ARGS", None),
    (GROUPS, "pip install .", None),
    (POETRY_GROUPS, "poetry install", "main test"),
    (POETRY_GROUPS, "poetry install --only main", "main"),
    (POETRY_GROUPS, "poetry install --without test", "main"),
    (POETRY_GROUPS, "poetry install --with docs", "docs main test"),
    (POETRY_GROUPS, "poetry install --no-dev", "main"),
    (POETRY_GROUPS, "poetry install --all-groups", "docs main test"),
    (POETRY_GROUPS, "poetry export", "main"),
    (POETRY_GROUPS, "poetry export --with test", "main test"),
    ("", "pipenv install --system", "main"),
    ("", "pipenv sync --dev", "dev main"),
    ("", "pipenv install --categories 'packages prod'", "main prod"),
    ('[tool.pdm.dev-dependencies]\ntest = ["x"]', "pdm install", "main test"),
    ('[tool.pdm.dev-dependencies]\ntest = ["x"]', "pdm install --prod", "main"),
    ('[tool.pdm.dev-dependencies]\ntest = ["x"]', "pdm install --no-default -G test", "test"),
]


def manifest_of(text: str) -> Manifest:
    found = read_manifest(Source("pyproject.toml", dedent(text)))
    assert found is not None
    return found


def command_of(argv: Callable[[str], list[Arg]], line: str) -> InstallCommand:
    found = installer(argv(line))
    assert isinstance(found, InstallCommand)
    return found


@pytest.mark.parametrize(("text", "line", "expected"), SELECTIONS)
def test_selected_groups(
    argv: Callable[[str], list[Arg]], text: str, line: str, expected: str | None
) -> None:
    found = selected_groups(command_of(argv, line), manifest_of(text))
    assert (None if found is None else " ".join(sorted(found))) == expected


@pytest.mark.parametrize(("line", "expected"), INSTALLED)
def test_a_group_called_main_is_another_than_what_the_project_needs(
    argv: Callable[[str], list[Arg]], line: str, expected: str
) -> None:
    manifest = manifest_of(CALLED_MAIN)
    found = selected_groups(command_of(argv, line), manifest)
    assert found is not None
    items = {item.name for group in found for item in manifest.groups[group]}
    assert " ".join(sorted(items)) == expected


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ('[project]\nname = "app"', "uv sync", False),
        ('[project]\nname = "app"\n[build-system]\nrequires = []', "uv sync", True),
        ("[tool.uv]\npackage = false\n[build-system]\nrequires = []", "uv sync", False),
        ("[build-system]\nrequires = []", "uv sync --no-install-project", False),
        ('[tool.poetry]\nname = "app"', "poetry install", True),
        ("[tool.poetry]\npackage-mode = false", "poetry install", False),
        ('[tool.poetry]\nname = "app"', "poetry install --no-root", False),
        ('[project]\nname = "app"', "pdm install", True),
        ('[project]\nname = "app"', "pip install .", True),
        ('[project]\nname = "app"', "pip install $X", None),
    ],
)
def test_what_builds_the_project(
    argv: Callable[[str], list[Arg]], text: str, line: str, expected: bool | None
) -> None:
    assert builds_project(command_of(argv, line), manifest_of(text)) is expected
