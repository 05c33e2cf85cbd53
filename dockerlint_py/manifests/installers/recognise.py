"""From an argv to the reader of its tool."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TypeAlias, cast

from dockerlint_py.manifests.installers.command import Arg, Command
from dockerlint_py.manifests.installers.options import grammar, parse
from dockerlint_py.text.regex import regex

_Read: TypeAlias = Callable[[Sequence[Arg], int, str], Command | None]

# The module of this package and the function in it that reads a program's arguments; a module is
# imported when its tool occurs.
_PROGRAMS: Mapping[str, tuple[str, str]] = {
    "pip": ("pip", "read_pip"),
    "pip-sync": ("pip", "read_pip_sync"),
    "uv": ("uv", "read_uv"),
    "poetry": ("poetry", "read_poetry"),
    "pipenv": ("projects", "read_pipenv"),
    "pdm": ("projects", "read_pdm"),
    "pipx": ("projects", "read_pipx"),
    "virtualenv": ("environments", "read_virtualenv"),
    "conda": ("environments", "read_conda"),
    "mamba": ("environments", "read_conda"),
    "micromamba": ("environments", "read_conda"),
    "pyproject-build": ("builds", "read_build"),
    "hatch": ("builds", "read_hatch"),
    "flit": ("builds", "read_flit"),
    "apt": ("system", "read_apt"),
    "apt-get": ("system", "read_apt"),
    "aptitude": ("system", "read_apt"),
    "apk": ("system", "read_apk"),
    "dnf": ("system", "read_dnf"),
    "yum": ("system", "read_dnf"),
    "microdnf": ("system", "read_dnf"),
    "tdnf": ("system", "read_dnf"),
    "rm": ("cleanup", "read_rm"),
}
_MODULES: Mapping[str, tuple[str, str]] = {
    "build": ("builds", "read_build"),
    "venv": ("environments", "read_venv"),
    **{
        name: _PROGRAMS[name]
        for name in ("pip", "virtualenv", "uv", "poetry", "pipenv", "pdm", "pipx", "hatch", "flit")
    },
}
_SHELLS = frozenset({"sh", "bash", "dash", "ash"})
_NUMBERED = regex(r"(pip|dnf)-?[0-9]+(?:\.[0-9]+)?$")
_PYTHON = regex(r"(?:python|pypy)[0-9.]*t?$")
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
    known = _PROGRAMS.get(numbered.group(1) if numbered else name)
    if known is not None:
        return _reader(known)(argv, 1, program)
    if _PYTHON.match(name):
        return _python(argv, program)
    return _script(argv, 1, program) if name in _SHELLS else None


def _reader(known: tuple[str, str]) -> _Read:
    module, function = known
    found = getattr(import_module(f"dockerlint_py.manifests.installers.{module}"), function)
    return cast("_Read", found)


def _script(argv: Sequence[Arg], at: int, program: str) -> Command | None:
    from dockerlint_py.manifests.installers.fetched import read_installer_script

    return read_installer_script(argv, at, program)


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
        from dockerlint_py.manifests.installers.builds import read_setup_py

        return read_setup_py(argv, at, program)
    return _script(argv, at, program)


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
    if module == "piptools" and after < len(argv) and argv[after].value == "sync":
        return _reader(_PROGRAMS["pip-sync"])(argv, after + 1, program)
    known = _MODULES.get(module)
    return _reader(known)(argv, after, program) if known else None
