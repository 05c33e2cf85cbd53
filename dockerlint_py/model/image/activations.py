"""Virtual environments that a RUN activates, and what later steps would need that for."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.console_scripts import dist_of
from dockerlint_py.manifests.installers import InstallCommand
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.model.image.scripts import Activation
from dockerlint_py.model.programs.django_command import command_of
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.stage import Stage

_TOOLS = frozenset("pip setuptools wheel uv virtualenv poetry pipenv pdm".split())
"""Packages that say nothing of where the application's own go."""


class LostActivation(NamedTuple):
    """An activation, and the first later program that runs without it."""

    activation: Activation
    user: Invocation

    def fact(self) -> Known[str]:
        """The later program, to be cited."""
        return self.user.fact()


def lost_in_runs(stage: "Stage") -> Iterator[LostActivation]:
    """RUNs that activate an environment for nothing, followed by an install outside of it."""
    for run in stage.runs:
        activation = next(reversed(run.activations), None)
        if activation is None or any(i.venv == activation.path for i in run.invocations):
            continue
        for install in stage.installs:
            later = install.run.step.number > run.step.number
            if later and _goes_to_system(install, activation.path):
                yield LostActivation(activation, install.invocation)
                break


def lost_by_programs(container: "Container") -> LostActivation | None:
    """An activation that filled the only environment, which later programs do not see."""
    stages = container.chain
    if not all(stage.is_understood for stage in stages):
        return None
    runs = [run for stage in reversed(stages) for run in stage.runs]
    installs = [i for stage in stages for i in stage.installs if _brings_packages(i)]
    for number, run in enumerate(runs):
        for activation in run.activations:
            inside = [i for i in installs if i.invocation.venv == activation.path]
            if not inside or len(inside) < len(installs):
                continue
            later = (i for run in runs[number + 1 :] for i in run.invocations)
            program = _outsider_in(later, activation.path) or _outsider(container, activation.path)
            if program is not None:
                return LostActivation(activation, program)
    return None


def _goes_to_system(install: Install, path: str) -> bool:
    command = install.command
    return (
        isinstance(command, InstallCommand)
        and command.tool == "pip"
        and command.verb == "install"
        and command.target is None
        and install.invocation.venv is None
        and _is_outside(install.invocation, path)
    )


def _is_outside(invocation: Invocation, path: str) -> bool:
    """Whether a program is started by its bare name, and the PATH leads to no environment."""
    search_path = invocation.env.get("PATH")
    if "/" in invocation.argv[0].value or not isinstance(search_path, Known):
        return False
    return not any(is_under(folder, path) for folder in (search_path.value or "").split(":"))


def _brings_packages(install: Install) -> bool:
    command = install.command
    if not isinstance(command, InstallCommand) or command.ecosystem != "python":
        return False
    tools_only = command.packages and {p.name for p in command.packages} <= _TOOLS
    return command.installs and not tools_only


def _outsider_in(programs: Iterable[Invocation], path: str) -> Invocation | None:
    """A program of RUNs that needs the packages of an environment and does not see them."""
    needy = (i for i in programs if command_of(i) is not None or dist_of(i.name) is not None)
    return next((i for i in needy if i.venv is None and _is_outside(i, path)), None)


def _outsider(container: "Container", path: str) -> Invocation | None:
    """The container's Python program, when none of what it starts comes from an environment."""
    if container.process.unknown is not None:
        return None
    started = container.process.invocations
    if any(i.venv is not None or is_under(i.argv[0].value, path) for i in started):
        return None
    programs = (f.invocation for f in container.process.finals)
    return next(
        (i for i in programs if i in container.process.python and _is_outside(i, path)), None
    )
