"""Django's management commands: where builds and starts of containers run them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Fact, Known
from dockerlint_py.model.code.settings import SETTINGS_VARIABLE, Settings, settings_named
from dockerlint_py.model.image.runs import Run
from dockerlint_py.model.programs.django_command import command_of
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.stage import Stage


class ManagementRun(NamedTuple):
    """A management command that is run: by a RUN of a stage, or when a container starts.

    `stage` and `run` are None for the start of a container. `script` is the file of the repository
    that is run, None for `django-admin` or where it is not known.
    """

    command: str
    invocation: Invocation
    stage: "Stage | None" = None
    run: Run | None = None
    script: str | None = None

    @property
    def place(self) -> Place:
        """The program and its arguments."""
        return self.invocation.place

    @property
    def fact(self) -> Known[str]:
        """The command, to be cited; in a branch of a script it is only likely to be run."""
        if self.invocation.is_conditional:
            fact = self.invocation.fact(f"`{self.invocation.text}` may be run")
            return fact._replace(confidence=Confidence.LIKELY)
        return self.invocation.fact()

    @property
    def is_at_build(self) -> bool:
        """Whether a RUN runs it."""
        return self.run is not None

    def has(self, *options: str) -> bool:
        """Whether one of these options is given."""
        return self.invocation.has(*options)

    def settings_among(self, candidates: tuple[Settings, ...]) -> Fact[Settings]:
        """The settings that it runs with."""
        variable = self.invocation.env.get(SETTINGS_VARIABLE)
        values = self.invocation.values
        for number, value in enumerate(values):
            if value.startswith("--settings="):
                variable = Known(value.partition("=")[2])
            elif value == "--settings" and number + 1 < len(values):
                variable = Known(values[number + 1])
        return settings_named(candidates, variable, self.script)


def runs_of_container(container: "Container") -> Iterator[ManagementRun]:
    """What the build of its image and its start run, in this order."""
    for stage in sorted(container.needed_stages, key=lambda each: each.number):
        for run in stage.runs:
            for invocation in run.invocations:
                command = command_of(invocation)
                if command is not None:
                    script = _file(invocation)
                    source = stage.source_of(script, invocation.cwd) if script else None
                    path = source.path if source else None
                    yield ManagementRun(command, invocation, stage, run, path)
    for invocation in container.process.invocations:
        command = command_of(invocation)
        if command is not None:
            script = _file(invocation)
            source = container.source_of(script, invocation.cwd) if script else None
            yield ManagementRun(command, invocation, script=source.path if source else None)


def management_runs_of(application: "Application") -> tuple[ManagementRun, ...]:
    """The commands of an application that its containers run, each place once."""
    found: dict[Place, ManagementRun] = {}
    for container in application.containers:
        alone = _is_alone(application, container)
        for each in runs_of_container(container):
            ours = each.script in application.files if each.script else alone
            if ours:
                found.setdefault(each.place, each)
    return tuple(found.values())


def _is_alone(application: "Application", container: "Container") -> bool:
    """Whether no other Django application is in a container."""
    return not any(
        other is not application and container in other.containers and other.settings
        for other in application.repository.applications
    )


def _file(invocation: Invocation) -> str | None:
    """The `manage.py` that is run, as it is written."""
    program = invocation.program
    return program.word.value if program.name == "manage.py" and not program.module else None
