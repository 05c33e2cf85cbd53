"""Environment variables that change what an installer does, as an option would.

Read from the tools themselves: pip 26.3 (`_handle_no_cache_dir`, option defaults), `uv VERB --help`
0.13, Poetry 1.8 and 2.2, pipenv 2026.10 (`cli/options.py`), pdm 2.29 (`cli/options.py`).
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from dockerlint_py.facts import Fact, Unknown
from dockerlint_py.manifests.installers.command import (
    Flag,
    IndexUrl,
    InstallCommand,
    Operand,
)
from dockerlint_py.record import NamedTuple

GetVariable: TypeAlias = Callable[[str], Fact[str | None]]
"""The value of a variable where the command runs, None when it is not set: `Environment.get`."""

_TRUE = frozenset({"1", "y", "yes", "t", "true", "on"})
_FALSE = frozenset({"0", "n", "no", "f", "false", "off"})


class _Tool(NamedTuple):
    """The variables of a tool: those that work as flags, lists of files or groups, and indexes."""

    flags: Mapping[str, Flag]
    truth: Callable[[str], bool]
    always: frozenset[str] = frozenset()
    indexes: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()


def _word_is_true(value: str) -> bool:
    return value.lower() in _TRUE


def _any_text_is_true(value: str) -> bool:
    return value != ""


def _poetry_is_true(value: str) -> bool:
    return value.lower() in ("true", "1")


_PIP = _Tool(
    {
        # Any valid boolean disables the cache, `false` too (kept by pip for compatibility).
        "PIP_NO_CACHE_DIR": Flag.NO_CACHE,
        "PIP_USER": Flag.USER,
        "PIP_BREAK_SYSTEM_PACKAGES": Flag.BREAK_SYSTEM_PACKAGES,
        "PIP_REQUIRE_HASHES": Flag.REQUIRE_HASHES,
        "PIP_NO_DEPS": Flag.NO_DEPENDENCIES,
        "PIP_NO_INDEX": Flag.NO_INDEX,
        "PIP_UPGRADE": Flag.UPGRADE,
        "PIP_PRE": Flag.PRERELEASES,
    },
    _word_is_true,
    always=frozenset({"PIP_NO_CACHE_DIR"}),
    indexes=("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"),
    constraints=("PIP_CONSTRAINT",),
    targets=("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"),
)
_UV_COMMON = {"UV_NO_CACHE": Flag.NO_CACHE}
_UV_INDEXES = (
    "UV_INDEX", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS",
)  # fmt: skip
_UV_PIP = _Tool(
    {
        **_UV_COMMON,
        "UV_SYSTEM_PYTHON": Flag.SYSTEM,
        "UV_BREAK_SYSTEM_PACKAGES": Flag.BREAK_SYSTEM_PACKAGES,
        "UV_REQUIRE_HASHES": Flag.REQUIRE_HASHES,
        "UV_NO_EDITABLE": Flag.NO_EDITABLE,
    },
    _word_is_true,
    indexes=_UV_INDEXES,
    constraints=("UV_CONSTRAINT",),
)
_UV = _Tool(
    {
        **_UV_COMMON,
        "UV_NO_DEV": Flag.NO_DEV,
        "UV_DEV": Flag.DEV,
        "UV_FROZEN": Flag.FROZEN,
        "UV_LOCKED": Flag.LOCKED,
        "UV_NO_SYNC": Flag.NO_SYNC,
        "UV_NO_INSTALL_PROJECT": Flag.NO_PROJECT,
        "UV_NO_INSTALL_WORKSPACE": Flag.NO_PROJECT,
        "UV_NO_INSTALL_LOCAL": Flag.NO_PROJECT,
        "UV_NO_EDITABLE": Flag.NO_EDITABLE,
        "UV_VENV_RELOCATABLE": Flag.RELOCATABLE,
    },
    _word_is_true,
    indexes=_UV_INDEXES,
    environments=("UV_PROJECT_ENVIRONMENT",),
)
_POETRY = _Tool({"POETRY_VIRTUALENVS_IN_PROJECT": Flag.VENV_IN_PROJECT}, _poetry_is_true)
_PIPENV = _Tool(
    {
        "PIPENV_SYSTEM": Flag.SYSTEM,
        "PIPENV_DEPLOY": Flag.DEPLOY,
        "PIPENV_DEV": Flag.DEV,
        "PIPENV_IGNORE_PIPFILE": Flag.IGNORE_PIPFILE,
        "PIPENV_SKIP_LOCK": Flag.SKIP_LOCK,
        "PIPENV_VENV_IN_PROJECT": Flag.VENV_IN_PROJECT,
        "PIPENV_BREAK_SYSTEM_PACKAGES": Flag.BREAK_SYSTEM_PACKAGES,
        # pipenv runs pip, which reads its own variables.
        "PIP_NO_CACHE_DIR": Flag.NO_CACHE,
        "PIP_BREAK_SYSTEM_PACKAGES": Flag.BREAK_SYSTEM_PACKAGES,
    },
    _word_is_true,
    always=frozenset({"PIP_NO_CACHE_DIR"}),
    indexes=("PIPENV_PYPI_MIRROR",),
)
_PDM = _Tool(
    {
        "PDM_NO_CACHE": Flag.NO_CACHE,
        "PDM_NO_SELF": Flag.NO_PROJECT,
        "PDM_NO_EDITABLE": Flag.NO_EDITABLE,
        "PDM_FROZEN_LOCKFILE": Flag.FROZEN,
        "PDM_NO_LOCK": Flag.FROZEN,
    },
    _any_text_is_true,
)
_PIPX = _PIP._replace(flags={"PIP_NO_CACHE_DIR": Flag.NO_CACHE}, constraints=(), targets=())
_TOOLS: Mapping[str, _Tool] = {
    "pip": _PIP,
    "installer script": _Tool({}, _word_is_true),
    "pip-tools": _PIP._replace(constraints=(), targets=()),
    "pipx": _PIPX,
    "uv": _UV,
    "uv pip": _UV_PIP,
    "poetry": _POETRY,
    "pipenv": _PIPENV,
    "pdm": _PDM,
}
_SCRIPT_VERSIONS = {"poetry": "POETRY_VERSION", "pdm": "PDM_VERSION"}


def with_environment(command: InstallCommand, get: GetVariable) -> InstallCommand:
    """The command together with what the environment adds to it.

    A variable whose value is unknown is added to `unknown`, by its name.
    """
    tool = _TOOLS.get(command.tool)
    if tool is None:
        return command
    reader = _Reader(tool, get)
    command = command._replace(
        flags=command.flags | reader.flags(),
        indexes=command.indexes + tuple(IndexUrl(text, -1) for text in reader.words(tool.indexes)),
        constraint_files=command.constraint_files
        + tuple(Operand(text, -1) for text in reader.words(tool.constraints)),
        target=command.target or reader.path(tool.targets),
    )
    return _special(command, reader)


class _Reader:
    __slots__ = ("get", "tool", "unknown")

    def __init__(self, tool: _Tool, get: GetVariable) -> None:
        self.tool = tool
        self.get = get
        self.unknown: list[str] = []

    def value(self, name: str) -> str | None:
        fact = self.get(name)
        if isinstance(fact, Unknown):
            self.unknown.append(name)
            return None
        return fact.value

    def flags(self) -> frozenset[Flag]:
        found: set[Flag] = set()
        for name, flag in self.tool.flags.items():
            value = self.value(name)
            if value is None:
                continue
            always = name in self.tool.always and value.lower() in _TRUE | _FALSE
            if always or self.tool.truth(value):
                found.add(flag)
        return frozenset(found)

    def words(self, names: tuple[str, ...]) -> list[str]:
        return [word for name in names for word in (self.value(name) or "").split()]

    def path(self, names: tuple[str, ...]) -> Operand | None:
        for name in names:
            value = self.value(name)
            if value:
                return Operand(value, -1)
        return None


def _special(command: InstallCommand, reader: _Reader) -> InstallCommand:
    if command.tool == "poetry" and reader.value("POETRY_VIRTUALENVS_CREATE") is not None:
        creates = _poetry_is_true(reader.value("POETRY_VIRTUALENVS_CREATE") or "")
        if not creates:
            command = command._replace(flags=command.flags | {Flag.NO_VENV})
    if command.flags & {Flag.NO_PROJECT, Flag.NO_SYNC} and command.verb != "build":
        command = command._replace(project=False)
    if command.tool == "uv":
        command = _uv(command, reader)
    if command.tool == "installer script":
        command = _script(command, reader)
    if reader.unknown:
        names = dict.fromkeys(reader.unknown)
        command = command._replace(unknown=(*command.unknown, *names))
    return command


def _uv(command: InstallCommand, reader: _Reader) -> InstallCommand:
    groups = command.groups
    if _word_is_true(reader.value("UV_NO_DEFAULT_GROUPS") or ""):
        groups = groups._replace(no_defaults=True)
    path = reader.path(reader.tool.environments)
    python = command.python or reader.path(("UV_PYTHON",))
    if path is not None and command.verb != "venv" and not command.environments:
        command = command._replace(environments=(path,))
    return command._replace(groups=groups, python=python)


def _script(command: InstallCommand, reader: _Reader) -> InstallCommand:
    """install.python-poetry.org and install-pdm.py take the version from the environment."""
    packages = []
    for package in command.packages:
        variable = _SCRIPT_VERSIONS.get(package.name)
        version = reader.value(variable) if variable and not package.specifier else None
        if version:
            package = package._replace(specifier=version, version=version)
        packages.append(package)
    return command._replace(packages=tuple(packages))
