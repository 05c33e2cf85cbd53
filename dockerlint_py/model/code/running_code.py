"""The code of an application as a container runs it, under the environment of the container."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, Known
from dockerlint_py.model.programs.startups import Startup
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.model.container import Container
    from dockerlint_py.python.evaluate import Evaluator


class RunningCode(NamedTuple):
    """An application in a container.

    `startup` is the program that runs it in the end; without one that is known, the `evaluator`
    knows no variable. `settings` are Django's, None when there are none or it is not known which.
    """

    application: "Application"
    container: "Container"
    startup: Startup | None
    evaluator: "Evaluator"
    settings: "Settings | None"

    @property
    def env(self) -> Environment:
        """The environment that its code sees."""
        return self.evaluator.environment


def running_code_of(container: "Container") -> Iterator[RunningCode]:
    """The applications of a container."""
    for application in container.repository.applications:
        started = [each for each in container.code.startups if each.application is application]
        if not started and container not in application.containers:
            continue
        startup = started[-1] if started else None
        settings = startup.settings if startup is not None else None
        if settings is None:
            named = application.settings_of(container)
            settings = named.value if isinstance(named, Known) else None
        evaluator = startup.evaluator if startup else application.python_files.evaluator()
        yield RunningCode(application, container, startup, evaluator, settings)
