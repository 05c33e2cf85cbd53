"""One build: a target of a Dockerfile, with the folder that is sent to the builder."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.context import ContextListing, DockerIgnore, paths
from dockerlint_py.facts import Fact, Known
from dockerlint_py.model.image.ignored_needs import IgnoredNeed, ignored_needs
from dockerlint_py.model.image.ignoring import RootOnlyPattern, root_only_patterns
from dockerlint_py.model.image.purpose import (
    is_for_builders,
    is_given_commands,
    prompt_of_base,
)
from dockerlint_py.model.image.stage import Stage
from dockerlint_py.model.image.takings import Taking, takings_of
from dockerlint_py.model.programs.command import CommandLine
from dockerlint_py.model.unit import Unit
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.dockerfile import Dockerfile
    from dockerlint_py.model.repository import Repository


class Build(Unit):
    """A target stage and its build context.

    `context` is a folder relative to the repository root, `""` for the root itself.
    """

    def __init__(self, stage: Stage, context: Fact[str], *, is_default: bool) -> None:
        self.stage = stage
        self.context = context
        self.is_default = is_default

    def __repr__(self) -> str:
        return f"Build({self.stage.id!r}, {self.context!r})"

    @property
    def dockerfile(self) -> "Dockerfile":
        """The Dockerfile that is built."""
        return self.stage.dockerfile

    @property
    def repository(self) -> "Repository":
        """The repository."""
        return self.stage.dockerfile.repository

    @property
    def path(self) -> str:
        """The path of the Dockerfile."""
        return self.stage.path

    @property
    def place(self) -> Place:
        """The FROM of the target stage."""
        return self.stage.place

    @property
    def containers(self) -> "tuple[Container, ...]":
        """The containers made from it."""
        return tuple(c for c in self.repository.containers if c.build is self)

    @property
    def listing(self) -> ContextListing | None:
        """What is sent from the context; None when it is not known which folder that is."""
        return self.dockerfile.listing

    @property
    def ignore(self) -> DockerIgnore:
        """The `.dockerignore` that holds for it; an empty one when there is none."""
        return self.listing.ignore if self.listing else DockerIgnore.absent()

    @property
    def has_dockerignore(self) -> bool | None:
        """Whether an ignore file holds for it; None when its context is not known."""
        return None if self.listing is None else self.ignore.source is not None

    @property
    def copies_are_known(self) -> bool:
        """Whether it is known what every COPY takes that the build needs."""
        steps = (step for stage in self.needed_stages for step in stage.steps)
        return not any(step.hidden for step in steps if step.keyword in ("COPY", "ADD"))

    @property
    def context_fact(self) -> Known[str]:
        """The build context, to be cited; only of use when it is known."""
        return self.context if isinstance(self.context, Known) else Known("")

    @property
    def root_only_patterns(self) -> tuple[RootOnlyPattern, ...]:
        """The patterns of the ignore file that were meant for every folder."""
        return root_only_patterns(self)

    @property
    def ignored_needs(self) -> tuple[IgnoredNeed, ...]:
        """What the ignore file keeps out although it is needed."""
        return ignored_needs(self)

    @property
    def prompt_of_base(self) -> Known[CommandLine] | None:
        """The prompt that its image starts for want of a command; None when it has one."""
        return prompt_of_base(self)

    @property
    def is_for_builders(self) -> bool:
        """Whether its image starts nothing of its own and is there for others to build on."""
        return is_for_builders(self)

    @property
    def is_given_commands(self) -> bool:
        """Whether whoever runs its image gives it a command, as far as the repository shows."""
        return is_given_commands(self)

    @cached_property
    def takings(self) -> tuple[Taking, ...]:
        """What the COPYs from the context take, and where it ends up in the image."""
        return takings_of(self)

    def landings(self, path: str) -> tuple[str, ...]:
        """Where a path of the repository ends up in the image, if nothing keeps it out."""
        inside = (t for t in self.takings if paths.relative(path, t.folder) is not None)
        return tuple(dict.fromkeys(landing for t in inside for landing in t.landings(path)))

    @cached_property
    def needed_stages(self) -> tuple[Stage, ...]:
        """The target, its ancestors, and every stage that files are copied from."""
        found: dict[Stage, None] = {}
        todo = [self.stage]
        while todo:
            stage = todo.pop()
            if stage not in found:
                found[stage] = None
                todo += [copy.stage for copy in stage.copies if copy.stage is not None]
                todo += [mounted for run in stage.runs for mounted in run.mounted_stages]
                todo += [stage.parent] if stage.parent else []
        return tuple(found)


def builds_of(dockerfile: "Dockerfile") -> tuple[Build, ...]:
    """The builds of a Dockerfile: its last stage, and every target that a command names."""
    if not dockerfile.stages:
        return ()
    default = dockerfile.stages[-1]
    targets = {default: None}
    for command in dockerfile.build_commands:
        if isinstance(command.target, Known) and command.target.value is not None:
            stage = dockerfile.stage(command.target.value)
            if stage is not None:
                targets[stage] = None
    return tuple(Build(stage, dockerfile.context, is_default=stage is default) for stage in targets)
