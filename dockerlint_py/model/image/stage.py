"""One stage of a Dockerfile: true of the image, whoever runs it."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.dockerfile import Instruction, Word
from dockerlint_py.facts import Fact
from dockerlint_py.model.image.base import Base
from dockerlint_py.model.image.bytecode import Bytecode, bytecode_of
from dockerlint_py.model.image.caches import LeftCache, caches_left
from dockerlint_py.model.image.copies import Copy, Origin, copies_of
from dockerlint_py.model.image.effects import stage_fs
from dockerlint_py.model.image.exposures import Exposure, exposures_of
from dockerlint_py.model.image.filesystem import StageFs
from dockerlint_py.model.image.grants import Grant, grants_of
from dockerlint_py.model.image.installs import Install, installs_of
from dockerlint_py.model.image.interpreters import Interpreter, python_of
from dockerlint_py.model.image.layer_waste import Waste, waste_of
from dockerlint_py.model.image.package_sources import PackageSources, package_sources_of
from dockerlint_py.model.image.ports import Exposed, exposed_by
from dockerlint_py.model.image.runs import Run, runs_of
from dockerlint_py.model.image.situation import Situation
from dockerlint_py.model.image.steps import Step
from dockerlint_py.model.origins import source_at
from dockerlint_py.model.packages.arrivals import Arrival, arrivals_of
from dockerlint_py.model.packages.crossings import Crossing, crossings_of
from dockerlint_py.model.packages.early_sources import EarlySource, early_source
from dockerlint_py.model.packages.installation import Installation, installations_of
from dockerlint_py.model.packages.installers import UnpinnedInstaller, unpinned_installers
from dockerlint_py.model.packages.package_copies import PackageCopy, package_copies_of
from dockerlint_py.model.packages.system_python import RefusedCommand, refused_commands
from dockerlint_py.model.packages.virtualenvs import (
    Delivery,
    VirtualEnv,
    deliveries_of,
    virtualenvs_of,
)
from dockerlint_py.model.unit import Unit
from dockerlint_py.text import Place, Source

if TYPE_CHECKING:
    from dockerlint_py.model.code.missing_variables import MissingVariables
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.dockerfile import Dockerfile
    from dockerlint_py.model.repository import Repository


class Stage(Unit):
    """A stage: its steps, what it starts from, and the configuration that it ends with.

    `parent` is the stage that its FROM names, `base` the image at the bottom of that chain.
    """

    def __init__(
        self,
        dockerfile: "Dockerfile",
        number: int,
        name: str | None,
        instruction: Instruction,
        image_word: Word,
        base: Base,
        parent: "Stage | None",
        steps: tuple[Step, ...],
        after: Situation,
    ) -> None:
        self.dockerfile = dockerfile
        self.number = number
        self.name = name
        self.instruction = instruction
        self.image_word = image_word
        self.base = base
        self.parent = parent
        self.steps = steps
        self.after = after

    def __repr__(self) -> str:
        return f"Stage({self.id!r})"

    @property
    def id(self) -> str:
        """The file and the stage's name or number: `Dockerfile#builder`."""
        return f"{self.path}#{self.name or self.number}"

    @property
    def path(self) -> str:
        """The path of the Dockerfile."""
        return self.dockerfile.path

    @property
    def repository(self) -> "Repository":
        """The repository."""
        return self.dockerfile.repository

    @property
    def place(self) -> Place:
        """The FROM instruction."""
        return self.instruction.place

    @property
    def names_image(self) -> bool:
        """Whether its FROM names an image, not a stage of the same file."""
        return self.parent is None

    @property
    def image_place(self) -> Place:
        """The image or stage that the FROM names."""
        return self.image_word.place

    @cached_property
    def chain(self) -> "tuple[Stage, ...]":
        """This stage and those it is made from, this one first."""
        return (self, *self.parent.chain) if self.parent else (self,)

    @cached_property
    def all_steps(self) -> tuple[Step, ...]:
        """The steps of the whole chain, in the order in which they make the image."""
        return (*self.parent.all_steps, *self.steps) if self.parent else self.steps

    @cached_property
    def triggers(self) -> tuple[Instruction, ...]:
        """The instructions that ONBUILD keeps for the stages made from this one."""
        return tuple(
            step.instruction.trigger for step in self.steps if step.instruction.trigger is not None
        )

    @property
    def containers(self) -> "tuple[Container, ...]":
        """The containers whose image contains this stage's layers."""
        return tuple(c for c in self.dockerfile.containers if c.stage and self in c.stage.chain)

    @property
    def ships(self) -> bool:
        """Whether some container's image contains this stage's layers."""
        return bool(self.containers)

    @cached_property
    def feeds(self) -> "tuple[Container, ...]":
        """The containers that cannot be built without this stage: shipped, or copied from."""
        return tuple(
            c for c in self.dockerfile.containers if c.build and self in c.build.needed_stages
        )

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """The stage's own COPY and ADD instructions."""
        return copies_of(self)

    @property
    def context_copies(self) -> tuple[Copy, ...]:
        """Those of them that take files from the build context."""
        return tuple(copy for copy in self.copies if copy.origin is Origin.CONTEXT)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The stage's own RUN instructions."""
        return runs_of(self)

    @cached_property
    def installs(self) -> tuple[Install, ...]:
        """What the stage's own RUNs install and clean up, in order."""
        return installs_of(self)

    @cached_property
    def installations(self) -> tuple[Installation, ...]:
        """Those of its own installers that have to do with Python distributions, in order."""
        return installations_of(self)

    @cached_property
    def arrivals(self) -> tuple[Arrival, ...]:
        """The installations whose distributions are in the image at the end of the stage."""
        return arrivals_of(self)

    @cached_property
    def bytecode(self) -> Bytecode:
        """Which of the stage's own RUNs compile Python modules on purpose."""
        return bytecode_of(self)

    @property
    def caches_left(self) -> tuple[LeftCache, ...]:
        """The download caches of package installers that its own RUNs leave in their layers."""
        return tuple(caches_left(self))

    @property
    def refused_commands(self) -> tuple[RefusedCommand, ...]:
        """The commands of its own RUNs that the Python of its image refuses."""
        return tuple(refused_commands(self))

    @property
    def early_source(self) -> EarlySource | None:
        """The COPY of source that makes its install of dependencies repeat for every change."""
        return early_source(self)

    @property
    def unpinned_installers(self) -> tuple[UnpinnedInstaller, ...]:
        """The installers of Python packages that its own steps bring in whatever version is new."""
        return tuple(unpinned_installers(self))

    @cached_property
    def exposed(self) -> tuple[Exposed, ...]:
        """The ports of the stage's own EXPOSEs."""
        return tuple(exposed_by(self))

    @cached_property
    def is_understood(self) -> bool:
        """Whether no step of the chain is hidden, or in a language that is not read."""
        hidden = any(step.hidden for step in self.all_steps)
        return not hidden and all(r.opaque is None for part in self.chain for r in part.runs)

    @cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """What its own COPYs bring from stages with another Python or C library."""
        return tuple(crossings_of(self))

    @cached_property
    def package_copies(self) -> tuple[PackageCopy, ...]:
        """The COPYs of Python's package folders from other stages."""
        return tuple(package_copies_of(self))

    @cached_property
    def python(self) -> Fact[Interpreter | None]:
        """The Python that a bare `python3` means at the end of the stage; None without any."""
        return python_of(self)

    @cached_property
    def virtualenvs(self) -> tuple[VirtualEnv, ...]:
        """The virtual environments that stand in the image at the end of the stage."""
        return virtualenvs_of(self)

    @cached_property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The virtual environments that its own COPYs bring from other stages."""
        return deliveries_of(self)

    @property
    def waste(self) -> tuple[Waste, ...]:
        """What its own layers keep although nothing needs it."""
        return tuple(waste_of(self))

    @cached_property
    def exposures(self) -> tuple[Exposure, ...]:
        """The secrets that its own steps leave in the image."""
        return tuple(exposures_of(self))

    @property
    def missing_variables(self) -> "tuple[MissingVariables, ...]":
        """The variables that programs of its own RUNs must have, and that nothing sets."""
        if not self.repository.applications:
            return ()
        from dockerlint_py.model.code.missing_variables import missing_in_runs

        return tuple(missing_in_runs(self))

    @property
    def odd_as(self) -> Place | None:
        """The AS of its FROM, when the two keywords are not written in the same case."""
        args = self.instruction.args
        keyword = self.instruction.source.place(*self.instruction.keyword_span).text
        odd = len(args) == 3 and args[1].value.isupper() != keyword.isupper()
        return args[1].place if odd else None

    @cached_property
    def package_sources(self) -> PackageSources:
        """Where the stages on this one get packages of the operating system from."""
        return package_sources_of(self)

    @cached_property
    def fs(self) -> StageFs:
        """The files at the end of the stage."""
        return stage_fs(self)

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """The paths of its image that others than root may be able to write to."""
        return tuple(grants_of(self))

    def source_of(self, path: str, cwd: Fact[str]) -> Source | None:
        """The repository file that stands at a path of the image; None when it is not known."""
        return source_at(self, path, cwd)

    @property
    def declared_volumes(self) -> tuple[Fact[str], ...]:
        """The folders that VOLUME instructions of the chain declare."""
        escape = self.dockerfile.file.escape
        return tuple(
            step.before.expanded(word.value, word.place, escape)
            for step in self.all_steps
            if step.keyword == "VOLUME"
            for word in step.instruction.args
        )

    def situation_after(self, step: Step) -> Situation:
        """What holds after one of the stage's own steps."""
        following = self.steps[step.number + 1 : step.number + 2]
        return following[0].before if following else self.after

    def steps_of(self, *keywords: str) -> Iterator[Step]:
        """The stage's own steps with one of these keywords."""
        return (step for step in self.steps if step.keyword in keywords)
