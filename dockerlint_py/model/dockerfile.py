"""A Dockerfile and its stages."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.context import BuildCommand, ContextListing
from dockerlint_py.dockerfile import Dockerfile as LexedDockerfile
from dockerlint_py.dockerfile import Instruction, from_clause
from dockerlint_py.facts import Blur, Environment, Fact, Known, Layers, Unknown
from dockerlint_py.model.image.base import base_of
from dockerlint_py.model.image.context import context_of
from dockerlint_py.model.image.copies import Copy
from dockerlint_py.model.image.situation import Situation
from dockerlint_py.model.image.stage import Stage
from dockerlint_py.model.image.walk import BuildArguments, StageWalk, initial_situation
from dockerlint_py.model.unit import Unit
from dockerlint_py.text import Place, Source

if TYPE_CHECKING:
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.command import CommandLine
    from dockerlint_py.model.repository import Repository

MAX_STAGES = 200
"""Further stages of a file are not modelled; no real file comes near."""


class Dockerfile(Unit):
    """A Dockerfile: its text as it was read, its stages in order."""

    def __init__(
        self,
        repository: "Repository",
        file: LexedDockerfile,
        build_commands: tuple[BuildCommand, ...],
        blur: Blur,
    ) -> None:
        self.repository = repository
        self.file = file
        self.build_commands = build_commands
        given = _given_arguments(build_commands)
        first = next(
            (n for n, i in enumerate(file.instructions) if i.keyword == "FROM"),
            len(file.instructions),
        )
        self.arguments = _global_arguments(file, file.instructions[:first], given, blur)
        self.stages: tuple[Stage, ...] = ()
        self._build_stages(file.instructions[first:], given, blur)

    def __repr__(self) -> str:
        return f"Dockerfile({self.path!r})"

    @property
    def source(self) -> Source:
        """The text."""
        return self.file.source

    @property
    def place(self) -> Place:
        """The first line of the file."""
        return Place(self.source, self.source.line_span(1))

    @property
    def path(self) -> str:
        """The path, relative to the repository root."""
        return self.file.source.path

    @property
    def containers(self) -> "tuple[Container, ...]":
        """The containers that are built from this file."""
        return tuple(c for c in self.repository.containers if c.dockerfile is self)

    @property
    def builds(self) -> "tuple[Build, ...]":
        """What is built from it, the default target first."""
        return tuple(build for build in self.repository.builds if build.dockerfile is self)

    def stage(self, name: str, before: int | None = None) -> Stage | None:
        """The last stage of that name (in any case) or number, among those before a number."""
        stages = self.stages[:before]
        for stage in reversed(stages):
            if stage.name is not None and stage.name.lower() == name.lower():
                return stage
        if name.isascii() and name.isdigit() and len(name) < 6 and int(name) < len(stages):
            return stages[int(name)]
        return None

    @cached_property
    def context(self) -> Fact[str]:
        """The folder that is sent to the builder, relative to the root, for the default build."""
        return context_of(self)

    @cached_property
    def listing(self) -> ContextListing | None:
        """What is sent from the context; None when it is not known which folder that is."""
        if not isinstance(self.context, Known):
            return None
        return self.repository.listing(self.context.value, self.path)

    def context_has(self, path: str, copy: Copy) -> Fact[bool]:
        """Whether a path of the context is there and sent; `copy` is cited for it.

        What git ignores and Docker does not may be there when somebody builds.
        """
        if self.listing is None:
            return Unknown("the build context is not known")
        sends = self.listing.sends(path)
        if not sends and self.listing.may_send(path):
            return Unknown(f"git ignores {path}, a build may have it", places=(copy.place,))
        return Known(sends, (copy.place,))

    def _build_stages(
        self,
        instructions: Sequence[Instruction],
        given: Mapping[str, Fact[str | None]],
        blur: Blur,
    ) -> None:
        for body in _bodies(instructions)[:MAX_STAGES]:
            self.stages = (*self.stages, self._build_stage(body, given, blur))

    def _build_stage(
        self, body: Sequence[Instruction], given: Mapping[str, Fact[str | None]], blur: Blur
    ) -> Stage:
        clause = from_clause(body[0])
        image_word = clause.image or body[0].args[0]
        number = len(self.stages)
        name = clause.name.value if clause.name else None
        owner = f"{self.path}#{name or number}"
        image = _global_situation(self.arguments).expanded(
            image_word.value, image_word.place, self.file.escape
        )
        image = blur.fact(owner, "image", 0, image)
        parent = self.stage(image.value) if isinstance(image, Known) else None
        base = parent.base if parent else base_of(image_word.place, image)
        start = parent.after if parent else initial_situation(base, owner, blur)
        arguments = BuildArguments(self.file.escape, given, self.arguments)
        walk = StageWalk(owner, start, arguments, blur)
        if parent:
            walk.apply_all(parent.triggers)
        walk.apply_all(body[1:])
        return Stage(
            self, number, name, body[0], image_word, base, parent, tuple(walk.steps), walk.now
        )


def _bodies(instructions: Sequence[Instruction]) -> list[list[Instruction]]:
    """The instructions of each stage, the FROM first; a FROM without an image starts none."""
    bodies: list[list[Instruction]] = []
    for instruction in instructions:
        if instruction.keyword == "FROM" and instruction.args:
            bodies.append([instruction])
        elif bodies:
            bodies[-1].append(instruction)
    return bodies


def _global_situation(arguments: Mapping[str, Fact[str | None]]) -> Situation:
    """Only global arguments exist before and in FROM."""
    nothing: Layers[CommandLine | None] = Layers(())
    return Situation(
        Environment(),
        arguments,
        Layers(()),
        Layers(()),
        Layers(()),
        nothing,
        nothing,
        nothing,
    )


def _global_arguments(
    file: LexedDockerfile,
    instructions: Sequence[Instruction],
    given: Mapping[str, Fact[str | None]],
    blur: Blur,
) -> dict[str, Fact[str | None]]:
    arguments: dict[str, Fact[str | None]] = {}
    reader = BuildArguments(file.escape, given)
    for number, instruction in enumerate(instructions):
        for pair in instruction.pairs if instruction.keyword == "ARG" else ():
            fact = reader.value(pair, _global_situation(arguments))
            owner = f"{file.source.path}#arguments"
            arguments[pair.key.value] = blur.fact(owner, pair.key.value, number, fact)
    return arguments


def _given_arguments(commands: tuple[BuildCommand, ...]) -> dict[str, Fact[str | None]]:
    """The build arguments that every build gives: the value, if it is the same one everywhere."""
    if not commands:
        return {}
    names = set.intersection(*(set(command.build_args) for command in commands))
    return {name: _common([command.build_args[name] for command in commands]) for name in names}


def _common(facts: list[Fact[str | None]]) -> Fact[str | None]:
    first = facts[0]
    if isinstance(first, Known) and all(
        isinstance(fact, Known) and fact.value == first.value for fact in facts
    ):
        return first
    return Unknown("builds give different values", places=first.places)
