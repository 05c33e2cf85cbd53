"""One build: a target of a Dockerfile, with the folder that is sent to the builder."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.context import DockerIgnore
from dockerlint_py.facts import Fact
from dockerlint_py.model.copies import Copy, Origin
from dockerlint_py.model.stage import Stage
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
    def ignore(self) -> DockerIgnore:
        """The `.dockerignore` that holds for it."""
        return self.dockerfile.ignore

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """The COPYs from the context, in the stages that the image cannot be built without."""
        return tuple(
            copy
            for stage in sorted(self.needed_stages, key=lambda stage: stage.number)
            for copy in stage.copies
            if copy.origin is Origin.CONTEXT
        )

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
                todo += [stage.parent] if stage.parent else []
        return tuple(found)


def builds_of(dockerfile: "Dockerfile") -> tuple[Build, ...]:
    """The builds of a Dockerfile: its default target, which is the last stage."""
    if not dockerfile.stages:
        return ()
    stage = dockerfile.stages[-1]
    return (Build(stage, dockerfile.context, is_default=True),)
