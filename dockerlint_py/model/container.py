"""One container as it will run: the image's configuration, and what else decides."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, Known, Layers
from dockerlint_py.model.command import CommandLine
from dockerlint_py.model.finding import Role
from dockerlint_py.model.invocation import Invocation
from dockerlint_py.model.process import Process, effective_process, is_python
from dockerlint_py.model.stage import Stage
from dockerlint_py.model.start import start_environment
from dockerlint_py.model.unit import Unit
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.dockerfile import Dockerfile


SWITCHES = {
    "gunicorn": ("-u", "--user"),
    "celery": ("--uid",),
    "uwsgi": ("--uid", "--ini", "--yaml", "--xml", "--json"),
    "httpd": (),
    "apache2": (),
    "nginx": (),
    "supervisord": (),
}
"""Options, or files, that make a server give up being root; without any, it does so by itself."""


class Container(Unit):
    """One thing that will run. Every value is made of layers; the Dockerfile gives the first.

    `evidence` says why it has its role.
    """

    def __init__(self, build: "Build", role: Role, evidence: str) -> None:
        self.build = build
        self.role = role
        self.evidence = evidence

    def __repr__(self) -> str:
        return f"Container({self.id!r})"

    @property
    def stage(self) -> Stage:
        """The stage that its image is built to."""
        return self.build.stage

    @property
    def dockerfile(self) -> "Dockerfile":
        """The Dockerfile of its image."""
        return self.build.stage.dockerfile

    @property
    def path(self) -> str:
        """The file that describes the container."""
        return self.dockerfile.path

    @property
    def place(self) -> Place:
        """Where an absence is reported: the FROM of the image's final stage."""
        return self.stage.place

    @property
    def id(self) -> str:
        """`backend/Dockerfile`, or `Dockerfile#worker` for another target than the last one."""
        return self.path if self.build.is_default else self.stage.id

    @property
    def image(self) -> str:
        """The stage of its image."""
        return self.stage.id

    @property
    def containers(self) -> "tuple[Container, ...]":
        """Itself."""
        return (self,)

    @property
    def env(self) -> Environment:
        """Its environment."""
        return self.stage.after.env

    @property
    def start_env(self) -> Environment:
        """The environment of the program that runs in the end: entry scripts may add to it."""
        return start_environment(self.env, self.process)

    @property
    def user(self) -> Layers[str]:
        """The user that its first process runs as."""
        return self.stage.after.user

    @property
    def workdir(self) -> Layers[str]:
        """The folder that its first process starts in."""
        return self.stage.after.workdir

    @property
    def entrypoint(self) -> Layers[CommandLine | None]:
        """What its command is handed to."""
        return self.stage.after.entrypoint

    @property
    def command(self) -> Layers[CommandLine | None]:
        """Its command, or the arguments of its entrypoint."""
        return self.stage.after.command

    @property
    def health_check(self) -> Layers[CommandLine | None]:
        """Its health check."""
        return self.stage.after.health_check

    @cached_property
    def process(self) -> Process:
        """What is started: entrypoint and command put together."""
        return effective_process(self)

    @property
    def is_python(self) -> bool | None:
        """Whether a Python program runs in it; None when that is not known."""
        if any(is_python(invocation) for invocation in self.process.invocations):
            return True
        return None if self.process.unknown else False

    @property
    def may_drop_privileges(self) -> bool:
        """Whether something in its start switches to another user, or could do so."""
        if self.process.unknown:
            return True
        return any(i.user or _changes_user(i) for i in self.process.invocations)

    @property
    def role_fact(self) -> Known[Role]:
        """Its role with the evidence, to be cited."""
        return Known(self.role, says=f"{self.id} is {self.role} ({self.evidence})")


def _changes_user(invocation: Invocation) -> bool:
    options = SWITCHES.get(invocation.name)
    if options is None:
        return False
    if invocation.name == "uwsgi" and any("." in value for value in invocation.values[:1]):
        return True
    return not options or invocation.has(*options)
