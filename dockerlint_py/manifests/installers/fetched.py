"""Installers that are downloaded and run: `curl ... | python3 -`, `sh /uv-installer.sh`."""

import re
from collections.abc import Sequence

from dockerlint_py.manifests.installers.build import CommandParts
from dockerlint_py.manifests.installers.command import (
    Arg,
    Flag,
    InstallCommand,
    NamedPackage,
    Operand,
)
from dockerlint_py.manifests.installers.options import grammar, parse
from dockerlint_py.manifests.installers.pip import read_pip_install
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex


class InstallerScript(NamedTuple):
    """A known install script: what it installs, and the version that its URL names."""

    package: str
    version: str | None = None


_VERSION = r"v?([0-9][A-Za-z0-9.]*)"
# Each URL stands in the installation page of its tool.
_URLS = (
    (r"https?://install\.python-poetry\.org/?$", "poetry"),
    (
        r"https?://raw\.githubusercontent\.com/python-poetry/[^ ]+/(?:get|install)-poetry\.py$",
        "poetry",
    ),
    (rf"https?://astral\.sh/uv/(?:{_VERSION}/)?install\.sh$", "uv"),
    (
        rf"https?://github\.com/astral-sh/uv/releases/(?:latest/download|download/{_VERSION})"
        r"/uv-installer\.sh$",
        "uv",
    ),
    (r"https?://bootstrap\.pypa\.io/(?:pip/)?(?:[0-9.]+/)?get-pip\.py$", "pip"),
    (r"https?://(?:www\.)?pdm-project\.org/install-pdm\.py$", "pdm"),
    (r"https?://pdm\.fming\.dev/install-pdm\.py$", "pdm"),
    (r"https?://raw\.githubusercontent\.com/pdm-project/pdm/[^ ]+/install-pdm\.py$", "pdm"),
    (r"https?://raw\.githubusercontent\.com/pypa/pipenv/[^ ]+/get-pipenv\.py$", "pipenv"),
    (
        r"https?://repo\.(?:anaconda\.com|continuum\.io)/miniconda/Miniconda[^ /]+\.sh$",
        "conda",
    ),
    (r"https?://github\.com/conda-forge/miniforge/releases/[^ ]+\.sh$", "conda"),
)
_SCRIPTS = {
    "install-poetry.py": "poetry",
    "get-poetry.py": "poetry",
    "uv-installer.sh": "uv",
    "get-pip.py": "pip",
    "install-pdm.py": "pdm",
    "get-pipenv.py": "pipenv",
}
_INTERPRETER = regex(r"(?:python|pypy)[0-9.]*$|(?:ba|da|a|z)?sh$")
# install.python-poetry.org and install-pdm.py, `--help`.
_SCRIPT = grammar(
    "--version -v --path --git -p",
    "-h --help --preview --prerelease -y --yes -f --force --uninstall --remove --accept-all",
)
_SHELL = grammar("-o -O -W -X", "-e -u -x -s -l -i -c -I -E -B -S -q -b -p -d", "", stops=True)


def installer_script(url: str) -> InstallerScript | None:
    """What the script at a URL installs, if it is a known one."""
    for pattern, package in _URLS:
        found = re.match(pattern, url)
        if found is not None:
            return InstallerScript(package, found.group(1) if found.re.groups else None)
    return None


def read_fetched(fetch: Sequence[Arg], run: Sequence[Arg]) -> InstallCommand | None:
    """The pipe `curl URL | python3 - --version 1.8`: `fetch` and `run` are its two sides."""
    if not run or not _INTERPRETER.search(run[0].value.rpartition("/")[2]):
        return None
    for word in fetch[1:]:
        script = installer_script(word.value)
        if script is not None:
            head = parse(run, 1, _SHELL)
            start = head.operands[0].at if head.operands else len(run)
            start += start < len(run) and run[start].value == "-"
            return _command(run, start, run[0].value, script)
    return None


def read_installer_script(argv: Sequence[Arg], start: int, program: str) -> InstallCommand | None:
    """`python get-pip.py ...`: a script that is known by its usual name, at `start`."""
    if start >= len(argv):
        return None
    package = _SCRIPTS.get(argv[start].value.rpartition("/")[2])
    if package is None:
        return None
    return _command(argv, start + 1, program, InstallerScript(package))


def _command(
    argv: Sequence[Arg], start: int, program: str, script: InstallerScript
) -> InstallCommand | None:
    if script.package == "pip":
        return _get_pip(argv, start, program)
    parts = CommandParts(parse(argv, start, _SCRIPT))
    chosen = parts.parsed.last("--version", "-v")
    return InstallCommand(
        program,
        "installer script",
        "install",
        "python",
        packages=(_package(script, chosen),),
        flags=frozenset(
            {Flag.PRERELEASES} if parts.parsed.has("--preview", "--prerelease") else ()
        ),
        target=parts.parsed.last("--path", "-p"),
        unknown=tuple(parts.unknown),
    )


def _package(script: InstallerScript, chosen: Operand | None) -> NamedPackage:
    package = NamedPackage(script.package, -1, version=script.version)
    if chosen is None:
        return package
    version = None if chosen.dynamic else chosen.text.lstrip("v")
    return package._replace(
        at=chosen.at, specifier=chosen.text, version=version, version_dynamic=chosen.dynamic
    )


def _get_pip(argv: Sequence[Arg], start: int, program: str) -> InstallCommand:
    """get-pip.py hands its arguments to `pip install`, and adds pip itself if none names it."""
    command = read_pip_install(argv, start, program)
    packages = command.packages
    if not any(package.name == "pip" for package in packages):
        packages = (NamedPackage("pip", -1), *packages)
    return command._replace(tool="installer script", packages=packages)
