"""One container as it will run: the image's configuration, and what else decides."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Blur, Environment, Fact, Known, Layers, Unknown
from dockerlint_py.model.activations import LostActivation, lost_at_start, lost_in_runs
from dockerlint_py.model.base import Base, base_of
from dockerlint_py.model.command import CommandLine
from dockerlint_py.model.datastores import (
    Datastore,
    LostData,
    MisplacedVolume,
    datastore_of,
    lost_data_of,
    misplaced_volume_of,
)
from dockerlint_py.model.finding import Role
from dockerlint_py.model.hidden_files import HiddenFile, hidden_files_of
from dockerlint_py.model.interpreters import Interpreter
from dockerlint_py.model.jobs import job_of
from dockerlint_py.model.launch import Launch
from dockerlint_py.model.missing_builds import MissingPart, missing_part
from dockerlint_py.model.mounts import Mounts, mounts_of
from dockerlint_py.model.needs import Need, needs_of
from dockerlint_py.model.origins import source_in
from dockerlint_py.model.overlays import Survivor, survivors_of
from dockerlint_py.model.package_sources import PackageSources, unchanged
from dockerlint_py.model.privileges import may_drop_privileges
from dockerlint_py.model.process import Process, effective_process, is_python
from dockerlint_py.model.races import Race, race_of
from dockerlint_py.model.role import RoleGuess
from dockerlint_py.model.situation import Situation
from dockerlint_py.model.source_mounts import SourceMount, source_mounts_of
from dockerlint_py.model.stage import Stage
from dockerlint_py.model.start import start_environment
from dockerlint_py.model.targets import WrongTarget, wrong_target_of
from dockerlint_py.model.unit import Unit
from dockerlint_py.model.walk import initial_situation
from dockerlint_py.text import Place, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from dockerlint_py.compose import Command, Service
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.credentials import WeakLogin
    from dockerlint_py.model.dependencies import Dependencies
    from dockerlint_py.model.dockerfile import Dockerfile
    from dockerlint_py.model.exposures import Exposure
    from dockerlint_py.model.file_set import FileSet
    from dockerlint_py.model.internal_service import InternalService
    from dockerlint_py.model.publishing import Clash
    from dockerlint_py.model.repository import Repository


class Container(Unit):
    """One thing that will run: an image, and perhaps a Compose service that runs it.

    Every value is made of layers: the base image, the Dockerfile, then Compose. `build` is None for
    an image that is not built here (or it is not known how), `service` for a container that only a
    Dockerfile describes. `evidence` says why it has its role.
    """

    def __init__(
        self,
        identity: str,
        guess: RoleGuess,
        build: "Build | None",
        service: "Service | None" = None,
        file_set: "FileSet | None" = None,
    ) -> None:
        self.id = identity
        self.role, self.evidence = guess
        self.build = build
        self.service = service
        self.file_set = file_set

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

    def __repr__(self) -> str:
        return f"Container({self.id!r})"

    @property
    def stage(self) -> Stage | None:
        """The stage that its image is built to."""
        return self.build.stage if self.build else None

    @property
    def chain(self) -> tuple[Stage, ...]:
        """The stages whose layers are in its image, the last one first."""
        return self.build.stage.chain if self.build else ()

    @property
    def dockerfile(self) -> "Dockerfile | None":
        """The Dockerfile of its image."""
        return self.build.stage.dockerfile if self.build else None

    @property
    def path(self) -> str:
        """The file that describes the container."""
        return self.place.path

    @property
    def place(self) -> Place:
        """The service, or the FROM of the image's final stage."""
        if self.service is not None:
            return self.service.place
        assert self.build is not None
        return self.build.stage.place

    def lacking_place(self, lacks: "Callable[[Container], object]") -> Place:
        """Where an absence is reported: at the image if all that runs it lacks the thing.

        `lacks` answers for one container; anything true means that it does.
        """
        if self.service is None or self.build is None:
            return self.place
        siblings = self.build.containers
        return self.build.stage.place if all(map(lacks, siblings)) else self.service.place

    @property
    def needed_stages(self) -> tuple[Stage, ...]:
        """The stages that its image cannot be built without; none when it is not built here."""
        return self.build.needed_stages if self.build else ()

    @property
    def image(self) -> str | None:
        """The stage of its image, or the image that the service names; None when not known."""
        if self.build is not None:
            return self.build.stage.id
        name = self.service.image if self.service else None
        return name.value if isinstance(name, Known) else None

    @property
    def containers(self) -> "tuple[Container, ...]":
        """Itself."""
        return (self,)

    @cached_property
    def base(self) -> Base:
        """The image at the bottom: what the Dockerfile starts from, or the service's image."""
        if self.build is not None:
            return self.build.stage.base
        assert self.service is not None
        name = self.service.image if self.service.build is None else Known(None)
        name = self.blur.fact(self.id, "image", 0, name)
        if isinstance(name, Known) and name.value is not None:
            return base_of((name.places or (self.place,))[0], Known(name.value, name.places))
        why = name.why if isinstance(name, Unknown) else "it is not known what is built"
        return base_of(self.place, Unknown(why, None, name.places))

    @cached_property
    def configuration(self) -> Situation:
        """Everything that its image and Compose set, as layers."""
        blur = self.blur
        image = (
            self.build.stage.after
            if self.build is not None
            else initial_situation(self.base, self.id, blur)
        )
        image = image._replace(arguments={})
        if self.service is None:
            return image
        from dockerlint_py.model.service_layers import over_image

        return over_image(image, self.service, self.id, blur)

    @property
    def bases(self) -> tuple[Base, ...]:
        """The images of others that its own cannot be had without, each FROM for itself."""
        if self.build is None:
            return (self.base,)
        return tuple(stage.base for stage in self.needed_stages if stage.names_image)

    @property
    def package_sources(self) -> tuple[PackageSources, ...]:
        """The same images, each with where packages for it come from."""
        if self.build is None:
            return (unchanged(self.base),)
        return tuple(stage.package_sources for stage in self.needed_stages if stage.names_image)

    @property
    def repository(self) -> "Repository":
        """The repository."""
        unit = self.file_set or self.build
        assert unit is not None
        return unit.repository

    @property
    def blur(self) -> Blur:
        """What the property test hides."""
        return self.repository.blur

    @property
    def env(self) -> Environment:
        """Its environment."""
        return self.configuration.env

    @property
    def start_env(self) -> Environment:
        """The environment of the program that runs in the end: entry scripts may add to it."""
        return start_environment(self.env, self.process)

    @property
    def user(self) -> Layers[str]:
        """The user that its first process runs as."""
        return self.configuration.user

    @property
    def workdir(self) -> Layers[str]:
        """The folder that its first process starts in."""
        return self.configuration.workdir

    @property
    def entrypoint(self) -> Layers[CommandLine | None]:
        """What its command is handed to."""
        return self.configuration.entrypoint

    @property
    def command(self) -> Layers[CommandLine | None]:
        """Its command, or the arguments of its entrypoint."""
        return self.configuration.command

    @property
    def health_check(self) -> Layers[CommandLine | None]:
        """Its health check."""
        return self.configuration.health_check

    @cached_property
    def mounts(self) -> Mounts:
        """What is laid over the files of its image."""
        return mounts_of(self)

    @cached_property
    def needs(self) -> Fact[tuple[Need, ...]]:
        """The containers that it waits for."""
        return needs_of(self)

    @cached_property
    def datastore(self) -> Datastore | None:
        """The database, broker or store that it runs; None when it runs none for sure."""
        return datastore_of(self)

    @property
    def lost_data(self) -> LostData | None:
        """The data of its datastore that no volume holds."""
        return lost_data_of(self)

    @property
    def misplaced_volume(self) -> MisplacedVolume | None:
        """The mount that its PostgreSQL does not use."""
        return misplaced_volume_of(self)

    @property
    def race(self) -> Race | None:
        """What it does not wait for at its start."""
        return race_of(self)

    @property
    def missing_build_part(self) -> MissingPart | None:
        """What its image is to be built from and is not there."""
        return missing_part(self)

    @cached_property
    def source_mounts(self) -> tuple[SourceMount, ...]:
        """The binds that put the project's source over that of its image."""
        return source_mounts_of(self)

    @cached_property
    def survivors(self) -> tuple[Survivor, ...]:
        """What earlier Compose files leave beside the entries of later ones."""
        return survivors_of(self)

    @property
    def hidden_files(self) -> tuple[HiddenFile, ...]:
        """What it needs of its image and a mount hides."""
        return tuple(hidden_files_of(self))

    def source_of(self, path: str, cwd: Fact[str]) -> Source | None:
        """The repository file that stands at a path of the container; None when not known."""
        return source_in(self, path, cwd)

    @cached_property
    def process(self) -> Process:
        """What is started: entrypoint and command put together."""
        return effective_process(self)

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
        from dockerlint_py.model.service_mounts import folders_taken_for_volumes

        return tuple(folders_taken_for_volumes(self))

    @property
    def exposed_secrets(self) -> "tuple[Exposure, ...]":
        """The secrets that its image keeps, or that its service writes out."""
        kept = [each for stage in self.chain for each in stage.exposures]
        if self.service is None:
            return tuple(kept)
        from dockerlint_py.model.exposures import exposures_of_service

        return (*kept, *exposures_of_service(self.service))

    @property
    def internal_service(self) -> "InternalService | None":
        """The database, broker or tool that it is, when it is one that is not for the public."""
        from dockerlint_py.model.internal_service import internal_service_of

        return internal_service_of(self)

    @property
    def weak_logins(self) -> "tuple[WeakLogin, ...]":
        """What makes the login of its database worthless."""
        from dockerlint_py.model.credentials import weak_logins

        return tuple(weak_logins(self))

    @property
    def port_clashes(self) -> "tuple[Clash, ...]":
        """Its host ports that another service of the file set publishes."""
        if self.service is None or self.file_set is None:
            return ()
        name = self.service.name
        return tuple(clash for clash in self.file_set.port_clashes if clash.service == name)

    @cached_property
    def job(self) -> Known[str] | None:
        """What it runs, if that is known to end by itself: migrations, `collectstatic`..."""
        return job_of(self.process)

    @property
    def is_python(self) -> bool | None:
        """Whether a Python program runs in it; None when that is not known."""
        if any(is_python(invocation) for invocation in self.process.invocations):
            return True
        return None if self.process.unknown else False

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
        at_start = lost_at_start(self)
        return (*lost, at_start) if at_start is not None else tuple(lost)

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
        from dockerlint_py.model.dependencies import Dependencies

        return Dependencies(self)

    @property
    def role_fact(self) -> Known[Role]:
        """Its role with the evidence, to be cited."""
        return Known(self.role, says=f"{self.id} is {self.role} ({self.evidence})")
