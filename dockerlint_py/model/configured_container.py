"""A container as it is set up: its image, and what the Dockerfile and Compose set, as layers."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Blur, Environment, Known, Layers, Unknown
from dockerlint_py.model.finding import Role
from dockerlint_py.model.image.base import Base, base_of
from dockerlint_py.model.image.package_sources import PackageSources, unchanged
from dockerlint_py.model.image.situation import Situation
from dockerlint_py.model.image.stage import Stage
from dockerlint_py.model.image.walk import initial_situation
from dockerlint_py.model.programs.command import CommandLine
from dockerlint_py.model.role import RoleGuess
from dockerlint_py.model.unit import Unit
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.compose import Service
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.dockerfile import Dockerfile
    from dockerlint_py.model.file_set import FileSet
    from dockerlint_py.model.repository import Repository


class ConfiguredContainer(Unit):
    """An image, and perhaps a Compose service that runs it.

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
        from dockerlint_py.model.services.service_layers import over_image

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
    def is_service(self) -> bool:
        """Whether a Compose file defines it."""
        return self.service is not None

    @property
    def may_run_code(self) -> bool:
        """Whether there is an application in the repository, which could run in it."""
        return bool(self.repository.applications)

    @property
    def blur(self) -> Blur:
        """What the property test hides."""
        return self.repository.blur

    @property
    def env(self) -> Environment:
        """Its environment."""
        return self.configuration.env

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

    @property
    def role_fact(self) -> Known[Role]:
        """Its role with the evidence, to be cited."""
        return Known(self.role, says=f"{self.id} is {self.role} ({self.evidence})")
