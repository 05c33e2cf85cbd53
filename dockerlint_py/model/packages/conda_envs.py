"""conda environments that are made, and not the ones that programs run in."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.manifests.installers import InstallCommand
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.packages.arrivals import Arrival
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.stage import Stage

BASE_ENV = "base"
_HOOKS = ("conda.sh", "hook", "bashrc", "profile", "conda init", "activate_current_env")
_LOGIN = ("-l", "--login", "-i", "-lc", "-ic", "-lic", "-cl", "run")
_RUNNERS = ("conda", "mamba", "micromamba")


class Unactivated(NamedTuple):
    """A program that does not run in the environment that was made for it."""

    name: str
    place: Place
    facts: tuple[Known[Any], ...]


def futile_activations(stages: "Iterable[Stage]") -> Iterator[Unactivated]:
    """`conda activate` in a shell that conda was not set up for: the command fails."""
    for stage in stages:
        for install in stage.installs:
            command = install.command
            if not isinstance(command, InstallCommand) or command.verb != "activate":
                continue
            if command.tool == "conda" and _is_plain_shell(install):
                name = command.environments[0].text if command.environments else BASE_ENV
                yield Unactivated(name, install.place, (install.fact(),))


def _is_plain_shell(install: Install) -> bool:
    """Whether the shell of the RUN reads no file that sets conda up."""
    shell = install.run.step.before.shell.effective
    if isinstance(shell, Unknown) or any(word in _LOGIN for word in shell.value):
        return False
    text = install.run.step.instruction.original.text
    if "BASH_ENV" in install.invocation.env.names():
        return False
    return not any(hook in text for hook in _HOOKS) and not install.invocation.wrappers


def unused_environments(container: "Container") -> Iterator[Unactivated]:
    """The environments of an image whose programs are looked for elsewhere when it starts."""
    process, stage = container.process, container.stage
    if stage is None or process.unknown or not stage.is_understood:
        return
    if container.base.facts.entrypoint or not process.python:
        return
    for name, arrival in _named(stage.arrivals):
        for program in process.python:
            word = program.argv[0].value
            path = container.env.get("PATH")
            text = path.maybe if isinstance(path, Unknown) else path.value
            known = isinstance(path, Known) or text is not None
            elsewhere = known and f"/envs/{name}" not in f"{text}" and "/envs/" not in word
            runs_in = any(w.name in _RUNNERS for w in program.wrappers) or program.venv
            if elsewhere and not runs_in and not word.startswith("/"):
                facts = (arrival.installation.fact(), *process.lines)
                yield Unactivated(name, program.place, facts)


def _named(arrivals: Iterable[Arrival]) -> Iterator[tuple[str, Arrival]]:
    found: dict[str, Arrival] = {}
    for arrival in arrivals:
        name = _environment(arrival.installation)
        if name is not None and name != BASE_ENV:
            found.setdefault(name, arrival)
    # With several environments nobody can say which one is meant.
    yield from found.items() if len(found) == 1 else ()


def _environment(installation: Installation) -> str | None:
    command = installation.command
    if command.tool != "conda" or command.verb not in ("env create", "create"):
        return None
    if command.environments:
        operand = command.environments[0]
        return None if operand.dynamic or operand.text.startswith("/") else operand.text
    manifests = [given.whole for given in installation.requirement_files]
    return manifests[0].name if manifests and manifests[0] else None
