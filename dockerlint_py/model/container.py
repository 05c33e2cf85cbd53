"""One container as it will run: what follows from how it is set up."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, Fact, Known, Unknown
from dockerlint_py.model.assets.container_static import ContainerStatic
from dockerlint_py.model.code.container_code import ContainerCode
from dockerlint_py.model.configured_container import ConfiguredContainer
from dockerlint_py.model.image.activations import LostActivation, lost_by_programs, lost_in_runs
from dockerlint_py.model.image.interpreters import Interpreter
from dockerlint_py.model.image.targets import WrongTarget, wrong_target_of
from dockerlint_py.model.origins import source_in
from dockerlint_py.model.programs.launch import Launch
from dockerlint_py.model.programs.privileges import may_drop_privileges
from dockerlint_py.model.programs.process import Process, effective_process, is_python
from dockerlint_py.model.programs.start import start_environment
from dockerlint_py.model.role import RoleGuess
from dockerlint_py.model.schema.container_schema import ContainerSchema
from dockerlint_py.model.services.mounts import Mounts, mounts_of
from dockerlint_py.text import Place, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from dockerlint_py.compose import Command, Service
    from dockerlint_py.model.assets.asset_folders import MissingFolder
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.code.denied_writes import DeniedWrite
    from dockerlint_py.model.code.uncopied_modules import UncopiedModule
    from dockerlint_py.model.file_set import FileSet
    from dockerlint_py.model.image.exposures import Exposure
    from dockerlint_py.model.networking.network import Network
    from dockerlint_py.model.packages.dependencies import Dependencies
    from dockerlint_py.model.programs.beats import RepeatedBeat
    from dockerlint_py.model.programs.gettext_tools import LackingGettext
    from dockerlint_py.model.programs.unrunnable import Unrunnable
    from dockerlint_py.model.servers.company import Company
    from dockerlint_py.model.servers.missing_programs import MissingProgram
    from dockerlint_py.model.servers.server import RunningServer
    from dockerlint_py.model.servers.supervised import Supervisor
    from dockerlint_py.model.servers.unsignalled import Unsignalled
    from dockerlint_py.model.services.credentials import WeakLogin
    from dockerlint_py.model.services.datastores import Datastore, LostData, MisplacedVolume
    from dockerlint_py.model.services.hidden_files import HiddenFile
    from dockerlint_py.model.services.internal_service import InternalService
    from dockerlint_py.model.services.missing_builds import MissingPart
    from dockerlint_py.model.services.needs import Need
    from dockerlint_py.model.services.overlays import Survivor
    from dockerlint_py.model.services.publishing import Clash
    from dockerlint_py.model.services.races import Race
    from dockerlint_py.model.services.source_mounts import SourceMount
    from dockerlint_py.model.services.sqlite_files import RiskySqlite
    from dockerlint_py.nginx import Config


class Container(ConfiguredContainer):
    """One thing that will run: what it starts, needs, mounts and stores, and what is amiss there.

    The modules of those subjects work it out; this is where rules find it.
    """

    @classmethod
    def of_build(cls, build: "Build", guess: RoleGuess) -> "Container":
        """The container of an image alone: `backend/Dockerfile`, or `Dockerfile#worker`."""
        return cls(build.path if build.is_default else build.stage.id, guess, build)

    @classmethod
    def of_service(
        cls, file_set: "FileSet", service: "Service", build: "Build | None"
    ) -> "Container":
        """The container of a Compose service: `compose.prod.yml:web`."""
        identity = f"{file_set.id}:{service.name}"
        return cls(identity, file_set.role, build, service, file_set)

    def lacking_place(self, lacks: "Callable[[Container], object]") -> Place:
        """Where an absence is reported: at the image if all that runs it lacks the thing.

        `lacks` answers for one container; anything true means that it does.
        """
        if self.service is None or self.build is None:
            return self.place
        siblings = self.build.containers
        return self.build.stage.place if all(map(lacks, siblings)) else self.service.place

    @property
    def containers(self) -> "tuple[Container, ...]":
        """Itself."""
        return (self,)

    @property
    def start_env(self) -> Environment:
        """The environment of the program that runs in the end: entry scripts may add to it."""
        return start_environment(self.env, self.process)

    @cached_property
    def mounts(self) -> Mounts:
        """What is laid over the files of its image."""
        return mounts_of(self)

    @cached_property
    def needs(self) -> "Fact[tuple[Need, ...]]":
        """The containers that it waits for."""
        from dockerlint_py.model.services.needs import needs_of

        return needs_of(self)

    @cached_property
    def datastore(self) -> "Datastore | None":
        """The database, broker or store that it runs; None when it runs none for sure."""
        from dockerlint_py.model.services.datastores import datastore_of

        return datastore_of(self)

    @property
    def lost_data(self) -> "LostData | None":
        """The data of its datastore that no volume holds."""
        from dockerlint_py.model.services.datastores import lost_data_of

        return lost_data_of(self)

    @property
    def misplaced_volume(self) -> "MisplacedVolume | None":
        """The mount that its PostgreSQL does not use."""
        from dockerlint_py.model.services.datastores import misplaced_volume_of

        return misplaced_volume_of(self)

    @property
    def race(self) -> "Race | None":
        """What it does not wait for at its start."""
        from dockerlint_py.model.services.races import race_of

        return race_of(self)

    @cached_property
    def schema(self) -> ContainerSchema:
        """What its start does to the tables of a database, and to the data in them."""
        return ContainerSchema(self)

    @property
    def missing_build_part(self) -> "MissingPart | None":
        """What its image is to be built from and is not there."""
        from dockerlint_py.model.services.missing_builds import missing_part

        return missing_part(self)

    @cached_property
    def source_mounts(self) -> "tuple[SourceMount, ...]":
        """The binds that put the project's source over that of its image."""
        from dockerlint_py.model.services.source_mounts import source_mounts_of

        return source_mounts_of(self)

    @cached_property
    def survivors(self) -> "tuple[Survivor, ...]":
        """What earlier Compose files leave beside the entries of later ones."""
        from dockerlint_py.model.services.overlays import survivors_of

        return survivors_of(self)

    @property
    def hidden_files(self) -> "tuple[HiddenFile, ...]":
        """What it needs of its image and a mount hides."""
        from dockerlint_py.model.services.hidden_files import hidden_files_of

        return tuple(hidden_files_of(self))

    @cached_property
    def static(self) -> ContainerStatic:
        """Static files of the Django applications that it runs."""
        return ContainerStatic(self)

    @property
    def uncopied_modules(self) -> "tuple[UncopiedModule, ...]":
        """The modules of the repository that its code imports, and that are not there."""
        if self.stage is None or not self.may_run_code:
            return ()
        from dockerlint_py.model.code.uncopied_modules import uncopied_modules_of

        return tuple(uncopied_modules_of(self))

    @property
    def lacking_gettext(self) -> "tuple[LackingGettext, ...]":
        """The commands that need GNU gettext, which is not there."""
        from dockerlint_py.model.programs.gettext_tools import lacking_gettext_of

        return tuple(lacking_gettext_of(self))

    @property
    def missing_folders(self) -> "tuple[MissingFolder, ...]":
        """Folders of static files and templates that its servers' code names in vain."""
        if not self.may_run_code:
            return ()
        from dockerlint_py.model.assets.asset_folders import missing_folders_of

        return tuple(missing_folders_of(self))

    def source_of(self, path: str, cwd: Fact[str]) -> Source | None:
        """The repository file that stands at a path of the container; None when not known."""
        return source_in(self, path, cwd)

    @cached_property
    def process(self) -> Process:
        """What is started: entrypoint and command put together."""
        return effective_process(self)

    @cached_property
    def servers(self) -> "tuple[RunningServer, ...]":
        """The servers and workers that it may end up running; `process` tells what is unknown."""
        from dockerlint_py.model.servers.find import servers_of

        return servers_of(self)

    @property
    def missing_programs(self) -> "tuple[MissingProgram, ...]":
        """The servers and jobs that it starts and that nothing installs."""
        from dockerlint_py.model.servers.missing_programs import missing_programs

        return tuple(missing_programs(self))

    @property
    def unsignalled_servers(self) -> "tuple[Unsignalled, ...]":
        """Its servers that are not told when it is stopped."""
        from dockerlint_py.model.servers.unsignalled import unsignalled_servers

        return tuple(unsignalled_servers(self))

    @property
    def unrunnable_scripts(self) -> "tuple[Unrunnable, ...]":
        """The scripts that it executes and that cannot be executed."""
        from dockerlint_py.model.programs.unrunnable import unrunnable_scripts

        return tuple(unrunnable_scripts(self))

    @property
    def company(self) -> "Company | None":
        """The programs of different kinds that it keeps running."""
        from dockerlint_py.model.servers.company import company_of

        return company_of(self)

    @cached_property
    def supervisors(self) -> "tuple[Supervisor, ...]":
        """The programs that start several others, and keep them running."""
        from dockerlint_py.model.servers.supervised import supervisors_of

        return supervisors_of(self)

    @property
    def pulls_image(self) -> bool:
        """Whether it runs an image that Compose pulls: none that is built here under that name."""
        if self.service is None or self.service.build is not None:
            return False
        return self.base.name not in self.repository.built_images

    @property
    def given_commands(self) -> "tuple[Command, ...]":
        """The entrypoint and the command that Compose splits into words; none under a swarm."""
        if self.service is None or self.file_set is None or self.file_set.is_for_swarm:
            return ()
        return (self.service.entrypoint, self.service.command)

    @property
    def folders_taken_for_volumes(self) -> tuple[Known[str], ...]:
        """Names in its `volumes` that no volume has, but a folder beside the file."""
        from dockerlint_py.model.services.service_mounts import folders_taken_for_volumes

        return tuple(folders_taken_for_volumes(self))

    @property
    def exposed_secrets(self) -> "tuple[Exposure, ...]":
        """The secrets that its image keeps, or that its service writes out."""
        kept = [each for stage in self.chain for each in stage.exposures]
        if self.service is None:
            return tuple(kept)
        from dockerlint_py.model.image.exposures import exposures_of_service

        return (*kept, *exposures_of_service(self.service))

    @property
    def internal_service(self) -> "InternalService | None":
        """The database, broker or tool that it is, when it is one that is not for the public."""
        from dockerlint_py.model.services.internal_service import internal_service_of

        return internal_service_of(self)

    @property
    def weak_logins(self) -> "tuple[WeakLogin, ...]":
        """What makes the login of its database worthless."""
        from dockerlint_py.model.services.credentials import weak_logins

        return tuple(weak_logins(self))

    @property
    def port_clashes(self) -> "tuple[Clash, ...]":
        """Its host ports that another service of the file set publishes."""
        if self.service is None or self.file_set is None:
            return ()
        name = self.service.name
        return tuple(clash for clash in self.file_set.port_clashes if clash.service == name)

    @cached_property
    def nginx(self) -> "Fact[Config | None]":
        """The configuration of the nginx that it runs; None when it is seen to run none."""
        from dockerlint_py.model.networking.nginx import nginx_of

        return nginx_of(self)

    @cached_property
    def network(self) -> "Network":
        """Who reaches it, whom it passes requests to, and its health check."""
        from dockerlint_py.model.networking.network import Network

        return Network(self)

    @property
    def repeated_beats(self) -> "tuple[RepeatedBeat, ...]":
        """The schedulers of Celery in it that are not the only ones."""
        from dockerlint_py.model.programs.beats import repeated_beats_of

        return tuple(repeated_beats_of(self))

    @cached_property
    def code(self) -> ContainerCode:
        """The Python code of the repository that it runs, under its environment."""
        return ContainerCode(self)

    @property
    def risky_sqlite(self) -> "tuple[RiskySqlite, ...]":
        """Its SQLite databases that no volume keeps, or that its replicas share."""
        from dockerlint_py.model.services.sqlite_files import risky_sqlite_of

        return tuple(risky_sqlite_of(self))

    @property
    def denied_writes(self) -> "tuple[DeniedWrite, ...]":
        """The files that its programs write, and that its user may not."""
        if self.stage is None:
            return ()
        from dockerlint_py.model.code.denied_writes import denied_writes_of

        return tuple(denied_writes_of(self))

    @cached_property
    def job(self) -> Known[str] | None:
        """What it runs, if that is known to end by itself: migrations, `collectstatic`..."""
        from dockerlint_py.model.programs.jobs import job_of

        return job_of(self.process)

    @property
    def is_python(self) -> bool | None:
        """Whether a Python program runs in it; None when that is not known."""
        if any(is_python(invocation) for invocation in self.process.invocations):
            return True
        return None if self.process.unknown else False

    @cached_property
    def buffers(self) -> Known[str | None] | None:
        """The variable that would keep Python's output from waiting, where it surely does wait."""
        from dockerlint_py.model.servers.buffering import buffers_of

        return buffers_of(self)

    @property
    def python(self) -> Fact[Interpreter | None]:
        """The Python of the system in its image; None when there is none."""
        return self.build.stage.python if self.build else Unknown("its image is not built here")

    @cached_property
    def launch(self) -> Launch:
        """Where the scripts that it starts are looked for."""
        return Launch(self)

    @property
    def lost_activations(self) -> tuple[LostActivation, ...]:
        """Virtual environments that RUNs activate and that later programs do not see."""
        lost = [each for stage in self.chain for each in lost_in_runs(stage)]
        unseen = lost_by_programs(self)
        return (*lost, unseen) if unseen is not None else tuple(lost)

    @property
    def wrong_target(self) -> WrongTarget | None:
        """The stage for development or tests that its image is built to, if it is one."""
        return wrong_target_of(self)

    @property
    def may_drop_privileges(self) -> bool:
        """Whether something in its start switches to another user, or could do so."""
        return may_drop_privileges(self.process)

    @cached_property
    def dependencies(self) -> "Dependencies":
        """The Python distributions of its image, and how they come into it."""
        from dockerlint_py.model.packages.dependencies import Dependencies

        return Dependencies(self)
