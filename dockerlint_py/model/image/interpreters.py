"""Which Python stands where in a stage."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.knowledge.distributions import Distribution
from dockerlint_py.manifests.installers import InstallCommand
from dockerlint_py.model.image.context import in_folder
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.paths import joined
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.image.base import Base
    from dockerlint_py.model.image.stage import Stage

SYSTEM_FOLDER = "/usr/bin"
PIN_FILE = ".python-version"
UV_FOLDER = ".local/share/uv/python"
_HOMES = {"root": "/root", "0": "/root"}
_NEVER = ("never", "manual", "0", "false", "off", "no")


class Interpreter(NamedTuple):
    """A Python: the folder it is in, and its minor version, None when that is not known.

    One that is `managed` was downloaded by uv: the folder then holds all of uv's Pythons.
    """

    folder: str
    version: tuple[int, int] | None
    managed: bool = False

    @property
    def title(self) -> str:
        """The interpreter for people."""
        version = f" {self.version[0]}.{self.version[1]}" if self.version else ""
        return f"Python{version} in {self.folder}"


def python_of(stage: "Stage") -> Fact[Interpreter | None]:
    """The Python that a bare `python3` means at the end of a stage; None when there is none."""
    base = stage.base
    found = _in_base(base)
    if not (isinstance(found, Known) and found.value is None):
        return found
    if not stage.is_understood:
        return Unknown("a command that is not understood may install Python")
    for part in reversed(stage.chain):
        for install in part.installs:
            packaged = _packaged(install, base)
            if packaged is not None:
                return packaged
    return found


def _in_base(base: "Base") -> Fact[Interpreter | None]:
    """The Python of an image; many unknown images have one."""
    if isinstance(base.image, Unknown) or not base.is_known:
        return Unknown(f"what is in {base.name} is not known", places=(base.place,))
    facts = base.facts
    if facts.interpreter is not None:
        version = facts.python or _packaged_version(base)
        value = Interpreter(facts.interpreter.rpartition("/")[0], version)
        says = f"{base.name} has {value.title}"
        return Known(value, base.image.places, base.image.confidence, says)
    if facts.has("python3") is False:
        says = f"{base.name} has no Python"
        return Known(None, base.image.places, base.image.confidence, says)
    return Unknown(f"whether {base.name} has a Python is not known", places=(base.place,))


def _packaged_version(base: "Base") -> tuple[int, int] | None:
    return Distribution(base.facts.distro or "", base.facts.release).system_python


def _packaged(install: Install, base: "Base") -> Fact[Interpreter | None] | None:
    """The Python that a system package brings; None when the command brings none."""
    command = install.command
    if not isinstance(command, InstallCommand) or command.ecosystem != "system":
        return None
    names = [package.name for package in command.packages if package.name.startswith("python")]
    if not names:
        return Unknown("it may install Python") if command.unknown else None
    plain = any(name in ("python3", "python3-pip", "python3-venv", "python3-dev") for name in names)
    value = Interpreter(SYSTEM_FOLDER, _packaged_version(base) if plain else None)
    says = f"`{install.name}` installs {value.title}"
    return Known(value, (install.place,), Confidence.LIKELY, says)


def python_behind(stage: "Stage", install: Install) -> Fact[Interpreter]:
    """The Python that a virtual environment is made with by a command of a stage."""
    system = python_of(stage)
    command = install.command
    if not isinstance(command, InstallCommand):
        return Unknown("it makes no environment")
    if command.tool == "uv":
        return _uv_python(stage, install, command, system)
    given = command.python.text if command.python else command.program
    folder, slash, name = given.rpartition("/")
    wanted = _version_in(name)
    if isinstance(system, Unknown):
        return Unknown(system.why, places=system.places)
    if slash and (system.value is None or folder != system.value.folder):
        return _at(folder, wanted, stage, install)
    if system.value is None or (wanted and wanted != system.value.version):
        return Unknown(f"which Python {given} is is not known", places=(install.place,))
    return Known(system.value, system.places, system.confidence, system.says)


def _at(
    folder: str, version: tuple[int, int] | None, stage: "Stage", install: Install
) -> Fact[Interpreter]:
    if folder == SYSTEM_FOLDER and version is None:
        version = _packaged_version(stage.base)
    value = Interpreter(folder, version)
    return Known(value, (install.place,), says=f"the environment is made with {value.title}")


def _version_in(name: str) -> tuple[int, int] | None:
    """`python3.12`, `3.12` and `3.12.4` give (3, 12)."""
    major, _, minor = name.removeprefix("cpython").removeprefix("python").strip("-").partition(".")
    minor = minor.partition(".")[0]
    if major.isdecimal() and minor.isdecimal() and len(major) < 3 and len(minor) < 4:
        return int(major), int(minor)
    return None


def _uv_python(
    stage: "Stage", install: Install, command: InstallCommand, system: Fact[Interpreter | None]
) -> Fact[Interpreter]:
    """uv takes its own Python when there is one, else one of the system that fits, else loads one.

    https://docs.astral.sh/uv/concepts/python-versions/#discovery-of-python-versions
    """
    if command.unknown or command.project_directory or not stage.is_understood:
        return Unknown("which Python uv takes is not known", places=(install.place,))
    given = command.python.text if command.python else ""
    if given.startswith("/"):
        folder, _, name = given.rpartition("/")
        return _at(folder, _version_in(name), stage, install)
    preference = _value(install, "UV_PYTHON_PREFERENCE", "managed")
    downloads = _value(install, "UV_PYTHON_DOWNLOADS", "automatic")
    if preference is None or downloads is None or isinstance(system, Unknown):
        return Unknown("which Python uv takes is not known", places=(install.place,))
    wanted = _version_in(given or _pinned(stage, install))
    fits = system.value is not None and wanted in (None, system.value.version)
    only_managed = preference == "only-managed" or install.invocation.has("--managed-python")
    loads = _uv_install(stage) is not None and preference != "only-system"
    if fits and system.value is not None and not (only_managed or loads):
        return Known(system.value, system.places, Confidence.LIKELY, system.says)
    if not loads and (downloads.lower() in _NEVER or preference == "only-system"):
        return Unknown("uv may load no Python here", places=(install.place,))
    return _managed(stage, install, wanted)


def _pinned(stage: "Stage", install: Install) -> str:
    """What `.python-version` says, if it was copied before the command from the context."""
    dockerfile, cwd = stage.dockerfile, install.invocation.cwd
    if not (isinstance(cwd, Known) and isinstance(dockerfile.context, Known)):
        return ""
    for copy in stage.context_copies:
        if copy.step.number > install.run.step.number:
            break
        for path in copy.comes_from(joined(cwd.value, PIN_FILE)):
            sent = dockerfile.context_has(path, copy)
            if isinstance(sent, Known) and sent.value:
                source = stage.repository.snapshot.text(in_folder(dockerfile.context.value, path))
                return source.text.partition("\n")[0].strip(" \t\r") if source else ""
    return ""


def _value(install: Install, variable: str, default: str) -> str | None:
    """A variable as the command sees it; None when it is not known."""
    fact = install.invocation.env.get(variable)
    return (fact.value or default) if isinstance(fact, Known) else None


def _uv_install(stage: "Stage") -> Install | None:
    """`uv python install` in the chain of a stage."""
    for part in stage.chain:
        for install in part.installs:
            if install.command.tool == "uv" and install.command.verb == "python install":
                return install
    return None


def _managed(
    stage: "Stage", install: Install, version: tuple[int, int] | None
) -> Fact[Interpreter]:
    folder = _uv_folder(stage, install)
    if folder is None:
        return Unknown("where uv keeps its Pythons is not known", places=(install.place,))
    value = Interpreter(folder, version, managed=True)
    says = f"the environment is made with a Python that uv loads to {folder}"
    return Known(value, (install.place,), says=says)


def _uv_folder(stage: "Stage", install: Install) -> str | None:
    loading = _uv_install(stage)
    if loading is not None and isinstance(loading.command, InstallCommand):
        target = loading.command.target
        if target is not None:
            return None if target.dynamic else target.text.rstrip("/")
        install = loading
    folder = _value(install, "UV_PYTHON_INSTALL_DIR", "")
    data = _value(install, "XDG_DATA_HOME", "")
    if folder or data:
        return folder or f"{data}/uv/python"
    user = install.run.step.before.user.known
    home = _value(install, "HOME", "") or _HOMES.get(user or "")
    return f"{home}/{UV_FOLDER}" if home and folder is not None and data is not None else None
