"""Into which folder an installation puts distributions: a virtual environment or the interpreter's.

The folder is the one that holds `bin` and `lib`, or the target of `--target` and `wheel`.
"""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.installers import Flag, InstallCommand, Operand
from dockerlint_py.model.image.paths import joined

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage
    from dockerlint_py.model.packages.installation import Installation

VENV = ".venv"
CONDA_ROOT = "/opt/conda"
_HOMES = {"root": "/root", "0": "/root", "": "/root"}
_STANDARD = ("/usr", "/usr/local", "/", "/root/.local")


def prefix_of(installation: "Installation") -> Fact[str]:
    """The folder that a command installs into."""
    command = installation.command
    if command.target is not None:
        return _operand(installation, command.target)
    if installation.makes_wheels:
        return _operand(installation, command.output or Operand(".", -1))
    if command.tool == "conda":
        return _conda(command)
    if Flag.USER in command.flags:
        home = _HOMES.get(installation.install.run.step.before.user.known or "?")
        return Known(f"{home}/.local") if home else Unknown("whose home it is is not known")
    if command.tool == "uv":
        return _of_uv_project(installation)
    if command.tool in ("poetry", "pipenv", "pdm"):
        return _of_manager(installation)
    return _of_pip(installation)


def _operand(installation: "Installation", operand: Operand) -> Fact[str]:
    if operand.dynamic:
        return Unknown(f"{operand.text} is not known")
    return installation.view.path_of(operand.text)


def _conda(command: InstallCommand) -> Fact[str]:
    if not command.environments:
        return Known(CONDA_ROOT)
    environment = command.environments[0]
    if environment.dynamic:
        return Unknown(f"{environment.text} is not known")
    text = environment.text
    return Known(text if text.startswith("/") else f"{CONDA_ROOT}/envs/{text}")


def _of_uv_project(installation: "Installation") -> Fact[str]:
    if installation.install.invocation.has("--active", "--script"):
        return _of_pip(installation)
    if "UV_PROJECT_ENVIRONMENT" in installation.command.unknown:
        return Unknown("UV_PROJECT_ENVIRONMENT is not known")
    folder = installation.lock_folder
    if installation.command.environments:
        operand = installation.command.environments[0]
        return _inside(folder, operand.text)
    return _inside(folder, VENV)


def _inside(folder: Fact[str], path: str) -> Fact[str]:
    if path.startswith("/"):
        return Known(joined("/", path))
    return Unknown(folder.why) if isinstance(folder, Unknown) else Known(joined(folder.value, path))


def _of_manager(installation: "Installation") -> Fact[str]:
    """Poetry, pipenv and pdm: an active environment, else `.venv`, else one of their own."""
    flags = installation.command.flags
    active = _active(installation)
    if isinstance(active, Unknown) or active.value is not None:
        return active if isinstance(active, Unknown) else Known(active.value or "/")
    in_project = Flag.VENV_IN_PROJECT in flags or installation.command.tool == "pdm"
    in_project = in_project or _is_set(installation, "virtualenvs.in-project", "true")
    if Flag.SYSTEM in flags or Flag.NO_VENV in flags:
        return _of_interpreter(installation.stage)
    if _is_set(installation, "virtualenvs.create", "false"):
        return _of_interpreter(installation.stage)
    if in_project:
        return _inside(installation.folder, VENV)
    return Unknown(f"{installation.command.tool} keeps its environments in a folder of its own")


def _is_set(installation: "Installation", key: str, value: str) -> bool:
    """Whether `poetry config KEY VALUE` stands before a command."""
    for stage in installation.stage.chain:
        for install in stage.installs:
            command = install.command
            if stage is installation.stage and install.run.step.number > (
                installation.install.run.step.number
            ):
                break
            if isinstance(command, InstallCommand) and (key, value) in command.settings:
                return True
    return False


def _of_pip(installation: "Installation") -> Fact[str]:
    program = installation.command.program
    folder, slash, _name = program.rpartition("/")
    python = installation.command.python
    if python is not None and python.text.startswith("/"):
        folder, slash = python.text.rpartition("/")[0], "/"
    if slash and "$" not in program and folder.endswith("bin"):
        return installation.view.path_of(folder.removesuffix("bin") or "/")
    active = _active(installation)
    if isinstance(active, Unknown):
        return active
    if active.value is not None:
        return Known(active.value)
    return _of_interpreter(installation.stage)


def _active(installation: "Installation") -> Fact[str | None]:
    """The virtual environment that is active for a command; None for none."""
    invocation = installation.install.invocation
    command = installation.command
    if invocation.venv is not None:
        return installation.view.path_of(invocation.venv)
    if command.tool == "uv pip" and Flag.SYSTEM in command.flags:
        return Known(None)
    variable = invocation.env.get("VIRTUAL_ENV")
    if isinstance(variable, Unknown):
        return Unknown(variable.why)
    path = invocation.env.get("PATH")
    text = path.maybe if isinstance(path, Unknown) else path.value
    for entry in (text or "").split(":"):
        environment = entry.removesuffix("/bin")
        if entry.endswith("/bin") and environment in _STANDARD:
            break
        if entry.endswith("/bin") and environment in installation.environments:
            return Known(environment)
    if command.tool == "pip" or variable.value is None:
        return Known(None)
    return Known(joined("/", variable.value))


def _of_interpreter(stage: "Stage") -> Fact[str]:
    interpreter = stage.base.facts.interpreter
    if interpreter is None:
        return Unknown(f"where the Python of {stage.base.name} is is not known")
    return Known(interpreter.rpartition("/")[0].removesuffix("/bin") or "/")
