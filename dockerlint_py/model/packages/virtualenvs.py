"""Virtual environments: where they are made, with which Python, and where COPY brings them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Fact, Known
from dockerlint_py.manifests.installers import Flag, InstallCommand
from dockerlint_py.model.image.copies import Copy
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.interpreters import Interpreter, python_behind
from dockerlint_py.model.image.paths import joined
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

_UV_VERBS = ("sync", "add", "remove", "run")
_FOLDER = ".venv"
_POETRY_VERBS = ("install", "sync", "update", "add")


MAX_ENVIRONMENTS = 20
"""Further ones of a stage are not followed: copies of copies double them."""


class VirtualEnv(NamedTuple):
    """A virtual environment at `path`, which was made at `home` by a command of a stage."""

    path: str
    home: str
    install: Install
    python: Fact[Interpreter]
    relocatable: bool
    confidence: Confidence

    def fact(self) -> Known[str]:
        """The environment as a fact to be cited."""
        says = f"`{self.install.name}` makes the virtual environment {self.home}"
        return Known(self.home, (self.install.place,), self.confidence, says)


class Delivery(NamedTuple):
    """A virtual environment that a COPY takes from another stage to `path`."""

    copy: Copy
    place: Place
    env: VirtualEnv
    path: str


def virtualenvs_of(stage: "Stage") -> tuple[VirtualEnv, ...]:
    """The environments that stand in a stage at its end, by path."""
    for earlier in stage.dockerfile.stages[: stage.number]:
        _ = earlier.virtualenvs  # in order, so that a long chain of stages needs no deep recursion
    found: dict[str, VirtualEnv] = {}
    if stage.parent is not None:
        found.update({env.path: env for env in stage.parent.virtualenvs})
    for delivery in stage.deliveries:
        found[delivery.path] = delivery.env._replace(path=delivery.path)
    for install in stage.installs:
        found.update({env.path: env for env in _made_by(stage, install)})
    return tuple(found.values())[:MAX_ENVIRONMENTS]


def deliveries_of(stage: "Stage") -> tuple[Delivery, ...]:
    """The environments that the COPYs of a stage take from other stages."""
    return tuple(
        Delivery(copy, place, env, path)
        for copy in stage.copies
        if copy.stage is not None
        for env in copy.stage.virtualenvs
        for place, path in copy.brings(env.path)
    )


def _made_by(stage: "Stage", install: Install) -> Iterator[VirtualEnv]:
    command = install.command
    if not isinstance(command, InstallCommand) or install.invocation.is_conditional:
        return
    for path, confidence in _paths(stage, install, command):
        python = python_behind(stage, install)
        relocatable = Flag.RELOCATABLE in command.flags
        yield VirtualEnv(path, path, install, python, relocatable, confidence)


def _paths(
    stage: "Stage", install: Install, command: InstallCommand
) -> Iterator[tuple[str, Confidence]]:
    cwd = install.invocation.cwd
    folder = cwd.value if isinstance(cwd, Known) else None
    if command.directory is not None:
        given = command.directory
        known = folder is not None and not given.dynamic
        folder = joined(folder, given.text) if known and folder is not None else None
    if command.verb in ("create", "venv"):
        for operand in command.environments:
            if operand.text.startswith("/") and not operand.dynamic:
                yield joined("/", operand.text), Confidence.CERTAIN
            elif folder is not None and not (operand.dynamic or command.unknown):
                yield joined(folder, operand.text), Confidence.CERTAIN
    elif command.tool == "uv" and command.verb in _UV_VERBS:
        yield from _of_uv_project(install, command, folder)
    elif folder is not None and _is_in_project(stage, install, command):
        yield joined(folder, _FOLDER), Confidence.LIKELY


def _of_uv_project(
    install: Install, command: InstallCommand, folder: str | None
) -> Iterator[tuple[str, Confidence]]:
    variable = install.invocation.env.get("UV_PROJECT_ENVIRONMENT")
    if not isinstance(variable, Known) or install.invocation.has("--active", "--script"):
        return
    if variable.value and variable.value.startswith("/"):
        yield joined("/", variable.value), Confidence.CERTAIN
    elif folder is not None and command.project_directory is None:
        yield joined(folder, variable.value or _FOLDER), Confidence.LIKELY


def _is_in_project(stage: "Stage", install: Install, command: InstallCommand) -> bool:
    """Whether poetry, pipenv or pdm make `.venv` beside the project file.

    An environment that is active already is used instead of a new one.
    """
    active = install.invocation.env.get("VIRTUAL_ENV")
    if install.invocation.venv or not (isinstance(active, Known) and not active.value):
        return False
    if command.tool == "poetry":
        setting = _poetry_setting(stage, install)
        asked = Flag.VENV_IN_PROJECT in command.flags or setting
        return command.verb in _POETRY_VERBS and asked and Flag.NO_VENV not in command.flags
    if command.tool == "pipenv":
        asked = Flag.VENV_IN_PROJECT in command.flags
        return command.verb in ("install", "sync") and asked and Flag.SYSTEM not in command.flags
    return command.tool == "pdm" and command.verb in ("install", "sync", "add")


def _poetry_setting(stage: "Stage", install: Install) -> bool:
    """Whether `poetry config virtualenvs.in-project true` stands before a command."""
    wanted = ("virtualenvs.in-project", "true")
    for part in reversed(stage.chain):
        for earlier in part.installs:
            if earlier is install or earlier.place == install.place:
                return False
            command = earlier.command
            if isinstance(command, InstallCommand) and wanted in command.settings:
                return True
    return False
