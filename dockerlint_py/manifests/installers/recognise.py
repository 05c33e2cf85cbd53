"""From an argv to the reader of its tool."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from dockerlint_py.manifests.installers.builds import (
    read_build,
    read_flit,
    read_hatch,
    read_setup_py,
)
from dockerlint_py.manifests.installers.cleanup import read_rm
from dockerlint_py.manifests.installers.command import Arg, Command
from dockerlint_py.manifests.installers.environments import (
    read_conda,
    read_venv,
    read_virtualenv,
)
from dockerlint_py.manifests.installers.fetched import read_installer_script
from dockerlint_py.manifests.installers.options import grammar, parse
from dockerlint_py.manifests.installers.pip import read_pip, read_pip_sync
from dockerlint_py.manifests.installers.poetry import read_poetry
from dockerlint_py.manifests.installers.projects import read_pdm, read_pipenv, read_pipx
from dockerlint_py.manifests.installers.system import read_apk, read_apt, read_dnf
from dockerlint_py.manifests.installers.uv import read_uv

_Read: TypeAlias = Callable[[Sequence[Arg], int, str], Command | None]

_PROGRAMS: Mapping[str, _Read] = {
    "pip": read_pip,
    "pip-sync": read_pip_sync,
    "uv": read_uv,
    "poetry": read_poetry,
    "pipenv": read_pipenv,
    "pdm": read_pdm,
    "pipx": read_pipx,
    "virtualenv": read_virtualenv,
    "conda": read_conda,
    "mamba": read_conda,
    "micromamba": read_conda,
    "apt": read_apt,
    "apt-get": read_apt,
    "aptitude": read_apt,
    "apk": read_apk,
    "dnf": read_dnf,
    "yum": read_dnf,
    "microdnf": read_dnf,
    "tdnf": read_dnf,
    "pyproject-build": read_build,
    "hatch": read_hatch,
    "flit": read_flit,
    "rm": read_rm,
}
_MODULES: Mapping[str, _Read] = {
    "pip": read_pip,
    "venv": read_venv,
    "virtualenv": read_virtualenv,
    "uv": read_uv,
    "poetry": read_poetry,
    "pipenv": read_pipenv,
    "pdm": read_pdm,
    "pipx": read_pipx,
    "build": read_build,
    "hatch": read_hatch,
    "flit": read_flit,
    "piptools": read_pip_sync,
}
_NUMBERED = re.compile(r"(pip|dnf)-?[0-9]+(?:\.[0-9]+)?$")
_PYTHON = re.compile(r"(?:python|pypy)[0-9.]*t?$")
# CPython 3.14, `python --help`.
_INTERPRETER = grammar(
    "-W -X --check-hash-based-pycs -m -c",
    "-b -B -d -E -i -I -O -P -q -R -s -S -u -v -V -x -h -? --help --version",
    stops=True,
)


def installer(argv: Sequence[Arg]) -> Command | None:
    """What a command installs or removes; None when it is no installer, or does neither.

    Wrappers (`sudo`, `env`, `exec`...) are to be peeled off before; `python -m pip` is not.
    """
    if not argv:
        return None
    program = argv[0].value
    name = program.rpartition("/")[2]
    numbered = _NUMBERED.match(name)
    read = _PROGRAMS.get(numbered.group(1) if numbered else name)
    if read is not None:
        return read(argv, 1, program)
    if _PYTHON.match(name):
        return _python(argv, program)
    if name in ("sh", "bash", "dash", "ash"):
        return read_installer_script(argv, 1, program)
    return None


def _python(argv: Sequence[Arg], program: str) -> Command | None:
    at = 1
    while at < len(argv) and argv[at].value.startswith("-"):
        text = argv[at].value
        module, after = _module(argv, at)
        if module is not None:
            return _run_module(argv, module, after, program)
        if text.startswith("-c") or not text.strip("-"):
            return None
        at = after
    if at < len(argv) and argv[at].value.rpartition("/")[2] == "setup.py":
        return read_setup_py(argv, at, program)
    return read_installer_script(argv, at, program)


def _module(argv: Sequence[Arg], at: int) -> tuple[str | None, int]:
    """The module that `-m` names when the option at `at` holds one, and where the next word is."""
    parsed = parse(argv[: at + 2], at, _INTERPRETER)
    if not parsed.options:
        return None, at + 1
    last = parsed.options[0]
    for option in parsed.options:
        if option.name == "-m":
            last = option
    attached = last.value is None or last.value.at == at
    after = at + (1 if attached else 2)
    return (last.value.text if last.name == "-m" and last.value else None), after


def _run_module(argv: Sequence[Arg], module: str, after: int, program: str) -> Command | None:
    if module == "piptools":
        if after < len(argv) and argv[after].value == "sync":
            return read_pip_sync(argv, after + 1, program)
        return None
    read = _MODULES.get(module)
    return read(argv, after, program) if read else None
