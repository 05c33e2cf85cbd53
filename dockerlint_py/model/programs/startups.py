"""Programs that run code of an application: what they import, under which environment."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from dockerlint_py.facts import Environment, EnvLayer, Fact, Known, Unknown
from dockerlint_py.model.code.settings import SETTINGS_VARIABLE, Settings
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.programs.code_targets import CodeTarget, code_target_of, settings_option
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.services.env_file_presence import container_may_hold, stage_may_hold
from dockerlint_py.text import Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.runs import Run
    from dockerlint_py.model.image.stage import Stage
    from dockerlint_py.model.repository import Repository
    from dockerlint_py.python.evaluate import Evaluator
    from dockerlint_py.python.evaluate.disk import Disk
    from dockerlint_py.python.evaluate.env_files import EnvFile
    from dockerlint_py.python.evaluate.evaluator import Failure

_NAMED = regex(
    r"""(setdefault\(|environ\[)\s{0,40}["']DJANGO_SETTINGS_MODULE["'][^"']{0,40}["']([\w.]{1,200})["']"""
)
_LOADERS = (SETTINGS_VARIABLE, "get_asgi_application(", "get_wsgi_application(")
_NO_SETTINGS = "it is not known which settings module is used"
_DEPLOYMENT = EnvLayer("deployment", {}, Unknown("whoever starts the container may set it"))


class Holder(Protocol):
    """A container, or a stage of an image: where files are looked for."""

    @property
    def repository(self) -> "Repository": ...

    def source_of(self, path: str, cwd: Fact[str]) -> Source | None:
        """The repository file that stands at a path there."""
        ...


class Startup:
    """The start of a program that imports `file`, a module of an application.

    `env` is all that is known of its environment. `may_hold` tells whether a file of variables of
    some name may be there.
    """

    def __init__(
        self,
        application: "Application",
        file: str,
        invocation: Invocation,
        env: Environment,
        holder: "Container | Stage",
        *,
        loads_settings: bool = False,
    ) -> None:
        self.application = application
        self.file = file
        self.invocation = invocation
        self.env = env
        self._loads_settings = loads_settings
        self._holder = holder

    @cached_property
    def evaluator(self) -> "Evaluator":
        """What is known after its import, and that of Django's settings where it loads them."""
        from dockerlint_py.python.evaluate import Evaluator

        argv = (self.invocation.argv[0].value, *self.invocation.values)
        graph = self.application.python_files.graph
        evaluator = Evaluator(
            graph, self.env, argv, self.may_exist, disk=self._disk, runs_imports=True
        )
        settings = [self.settings_file.value] if isinstance(self.settings_file, Known) else []
        for file in (self.file, *settings):
            for module in (*graph.find(graph.name_of(file), file), file):  # its packages first
                evaluator.module(module)
        return evaluator

    @property
    def failures(self) -> "tuple[Failure, ...]":
        """What raises at its start for sure."""
        return tuple(self.evaluator.failures) if self.evaluator.is_understood else ()

    @cached_property
    def settings(self) -> "Settings | None":
        """Django's settings under its environment; None when it is not known which, or none."""
        if isinstance(self.settings_file, Unknown):
            return None
        return Settings(self.application, self.settings_file.value, self.evaluator)

    @cached_property
    def settings_file(self) -> Fact[str]:
        """The settings module of Django that it loads, as a file of the repository."""
        named = self.settings_name
        if isinstance(named, Unknown):
            return named
        path = self.application.python_files.graph.module(named.value, self.file)
        if path is None or path not in self.application.files:
            return Unknown(f"{named.value} is not found", places=named.places)
        return Known(path, named.places, says=f"the settings are {named.value}")

    @property
    def is_told_settings(self) -> bool:
        """Whether a variable or an option names its settings, not code alone."""
        variable = self.invocation.env.get(SETTINGS_VARIABLE)
        given = isinstance(variable, Known) and bool(variable.value)
        return given or settings_option(self.invocation) is not None

    @cached_property
    def settings_name(self) -> Fact[str]:
        """The dotted name of those settings."""
        if not self._loads_settings and not self._is_django:
            return Unknown("it loads no settings of Django")
        option = settings_option(self.invocation)
        if option is not None:
            return Known(option, (self.invocation.place,))
        if not self.application.settings:
            return Unknown("there are no settings of Django")
        variable = self.invocation.env.get(SETTINGS_VARIABLE)
        if isinstance(variable, Unknown):
            return Unknown(variable.why, None, variable.places)
        return self._named_in_code(Known(variable.value, variable.places))

    def _named_in_code(self, variable: Known[str | None]) -> Fact[str]:
        """The entry may set the variable, or give a default for it."""
        source = self.application.python_files.source(self.file)
        found = {match[2]: match for match in _NAMED.finditer(source.text)}
        forced = any(match[1].startswith("environ") for match in found.values())
        if variable.value and not forced:
            return Known(variable.value, variable.places, variable.confidence)
        if len(found) == 1:
            (name, match), *_ = found.items()
            return Known(name, (source.place(*match.span(2)),))
        defaults = {each.path: each for each in self.application.settings if each.is_default}
        if found or len(defaults) != 1:
            return Unknown(_NO_SETTINGS)
        (settings,) = defaults.values()
        return Known(min(settings.names, key=len))

    @property
    def _is_django(self) -> bool:
        text = self.application.python_files.text(self.file)
        return any(word in text for word in _LOADERS)

    @property
    def _disk(self) -> "Disk | None":
        """The files that it finds; nothing is known of them while an image is built."""
        from dockerlint_py.model.image.stage import Stage
        from dockerlint_py.model.programs.program_disk import ProgramDisk

        if isinstance(self._holder, Stage):
            return None
        return ProgramDisk(self._holder, self.application, self.invocation.cwd)

    def may_exist(self, file: "EnvFile") -> bool:
        """Whether a file of variables may be there when it starts."""
        from dockerlint_py.model.image.stage import Stage

        if isinstance(self._holder, Stage):
            return stage_may_hold(self._holder, self.application, file)
        return container_may_hold(self._holder, self.application, file)


def startups_of_container(container: "Container") -> Iterator[Startup]:
    """The programs of a container's start that are run for sure.

    Without Compose, the deployment may set any variable that the image does not.
    """
    process = container.process
    if process.unknown is not None:
        return
    servers = [server for server in container.servers if server.is_certain]
    for server in servers:
        module, env = server.served.module, _deployed(container, server.invocation.env)
        path = module.value.path if isinstance(module, Known) else None
        yield from _startups(container, server.invocation, env, path)
    for invocation in process.invocations:
        if invocation.serving is None and not invocation.is_conditional:
            yield from _startups(container, invocation, _deployed(container, invocation.env))


def _deployed(container: "Container", env: Environment) -> Environment:
    if container.service is not None:
        return env
    return Environment((_DEPLOYMENT, *env.layers))


def startups_of_run(stage: "Stage", run: "Run") -> Iterator[Startup]:
    """The programs of one RUN; a secret that is mounted as a variable is set to something."""
    secret = {
        option.value.value: Unknown[str | None]("a secret is mounted")
        for mount in run.mounts
        for option in mount.options
        if mount.kind == "secret" and option.key == "env" and option.value is not None
    }
    for invocation in run.invocations:
        if not invocation.is_conditional:
            env = invocation.env.over(EnvLayer("secret", secret)) if secret else invocation.env
            yield from _startups(stage, invocation, env)


def _startups(
    holder: "Container | Stage", invocation: Invocation, env: Environment, file: str | None = None
) -> Iterator[Startup]:
    """The start of one program; `file` is the module that it imports, where that is known."""
    loads_settings = False
    if file is None:
        target = code_target_of(invocation)
        file = _file_of(holder, invocation, target) if target is not None else None
        loads_settings = target is not None and target.loads_settings
    for application in holder.repository.applications if file is not None else ():
        if file is not None and file in application.files:
            yield Startup(application, file, invocation, env, holder, loads_settings=loads_settings)


def _file_of(holder: Holder, invocation: Invocation, target: CodeTarget) -> str | None:
    """The repository file that a target means where it is looked for."""
    names = [name for name in target.files if name]
    for module in target.modules:
        path = module.replace(".", "/")
        names += [f"{path}.py", f"{path}/__init__.py"]
    for folder in import_path(invocation):
        for name in names:
            source = holder.source_of(name, Known(folder))
            if source is not None:
                return source.path
    return None


def import_path(invocation: Invocation) -> Iterator[str]:
    """The folders in which Python looks for the project's modules, as far as they are known."""
    if isinstance(invocation.cwd, Unknown):
        return
    yield invocation.cwd.value
    variable = invocation.env.get("PYTHONPATH")
    if isinstance(variable, Known) and variable.value:
        for folder in variable.value.split(":"):
            if folder:
                yield joined(invocation.cwd.value, folder)
