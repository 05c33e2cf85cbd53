"""Walks the instructions of a stage, from what its base gives to what it ends with."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from dockerlint_py.dockerfile import Instruction, Pair, Word, health_check
from dockerlint_py.facts import (
    Blur,
    Confidence,
    Environment,
    EnvLayer,
    Fact,
    Known,
    Layer,
    Layers,
    Unknown,
)
from dockerlint_py.model.image.base import Base, as_text, environment_layer
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.situation import Situation
from dockerlint_py.model.image.steps import Step
from dockerlint_py.model.programs.command import CommandLine
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText

T = TypeVar("T")

LAYER = "Dockerfile"
DEFAULT_SHELL = ("/bin/sh", "-c")
NO_DEFAULT = "has no default"


def initial_situation(base: Base, owner: str, blur: Blur) -> Situation:
    """What holds in a fresh stage on an image."""
    facts, place = base.facts, base.place
    layer = environment_layer(base)
    if blur.hides(owner, "env", -1):
        layer = EnvLayer(layer.kind, {}, Unknown("the environment of the base image is hidden"))

    def of_base(attribute: str, value: T | None, says: str) -> Layers[T]:
        fact: Fact[T]
        if value is None:
            fact = Unknown(f"the {attribute} of {base.name} is not known", places=(place,))
        else:
            fact = Known(value, (place,), says=says)
        return Layers((Layer("base image", blur.fact(owner, attribute, -1, fact)),))

    def command(attribute: str, argv: tuple[str, ...] | None) -> Layers[CommandLine | None]:
        fact: Fact[CommandLine | None]
        if argv is None:
            fact = Unknown(f"the {attribute} of {base.name} is not known", places=(place,))
        elif not argv:
            fact = Known(None, (place,), says=f"{base.name} has no {attribute}")
        else:
            line = CommandLine(place, tuple(as_text(word, place) for word in argv))
            fact = Known(line, (place,), says=f"the {attribute} of {base.name} is `{line.text}`")
        return Layers((Layer("base image", blur.fact(owner, attribute, -1, fact)),))

    health: Fact[CommandLine | None] = Unknown("not known of the base image")
    if facts.has_healthcheck is False:
        health = Known(None, (place,), says=f"{base.name} has no health check")
    return Situation(
        env=Environment((layer,)),
        arguments={},
        user=of_base("user", facts.user, f"{base.name} runs as {facts.user}"),
        workdir=of_base("workdir", None if facts.kind is None else "/", "images start in /"),
        shell=of_base("shell", DEFAULT_SHELL, ""),
        entrypoint=command("entrypoint", facts.entrypoint),
        command=command("command", facts.command),
        health_check=Layers((Layer("base image", blur.fact(owner, "health_check", -1, health)),)),
    )


class BuildArguments(NamedTuple):
    """What ARG instructions get: from the build commands, from the global ARGs, by default."""

    escape: str
    given: Mapping[str, Fact[str | None]] = {}
    inherited: Mapping[str, Fact[str | None]] = {}

    def value(self, pair: Pair, situation: Situation) -> Fact[str | None]:
        """The value of one ARG. A default is only likely: a build may give another value."""
        name = pair.key.value
        if name in self.given:
            return self.given[name]
        if pair.value is None:
            unset = Unknown[str | None](
                f"the build argument {name} {NO_DEFAULT}", places=(pair.key.place,)
            )
            return self.inherited.get(name, unset)
        place = pair.key.owner.place(pair.key.start, pair.value.end)
        fact = situation.expanded(pair.value.value, place, self.escape)
        if isinstance(fact, Unknown):
            return Unknown(fact.why, fact.maybe, fact.places)
        says = f"the build argument {name} defaults to {fact.value}"
        return Known(fact.value, fact.places, min(fact.confidence, Confidence.LIKELY), says)


def has_no_default(fact: Fact[str | None]) -> bool:
    """Whether a value is unknown because it comes from a build argument without a default."""
    return isinstance(fact, Unknown) and fact.why.endswith(NO_DEFAULT)


class StageWalk:
    """Applies instructions one after the other; `steps` and `now` are the result."""

    __slots__ = ("_arguments", "_blur", "_command_is_set", "_owner", "now", "steps")

    def __init__(
        self, owner: str, start: Situation, arguments: "BuildArguments", blur: Blur
    ) -> None:
        self._owner = owner
        self._arguments = arguments
        self._blur = blur
        self._command_is_set = False
        self.now = start._replace(arguments={})
        self.steps: list[Step] = []

    def apply_all(self, instructions: Iterable[Instruction]) -> None:
        """Applies instructions in order."""
        for instruction in instructions:
            self.apply(instruction)

    def apply(self, instruction: Instruction) -> None:
        """Notes the step, then changes what holds."""
        number = len(self.steps)
        keyword = instruction.keyword
        hidden = keyword in ("RUN", "COPY", "ADD") and self._blur.hides(
            self._owner, keyword, number
        )
        self.steps.append(Step(instruction, self.now, number, hidden))
        match keyword:
            case "ENV":
                self._env(instruction, number)
            case "ARG":
                self._arg(instruction, number)
            case "USER":
                self._user(instruction, number)
            case "WORKDIR":
                self._workdir(instruction, number)
            case "SHELL":
                self._shell(instruction, number)
            case "CMD":
                self._cmd(instruction, number)
            case "ENTRYPOINT":
                self._entrypoint(instruction, number)
            case "HEALTHCHECK":
                self._health_check(instruction, number)

    def _env(self, instruction: Instruction, number: int) -> None:
        values = {pair.key.value: self._assigned(pair, instruction) for pair in instruction.pairs}
        if self._blur.hides(self._owner, "env", number):
            values = {name: Unknown(f"{name} is hidden") for name in values}
        self.now = self.now._replace(env=self.now.env.over(EnvLayer(LAYER, values)))

    def _assigned(self, pair: Pair, instruction: Instruction) -> Fact[str]:
        if pair.value is None:
            return Unknown("no value is given")
        name = pair.key.value
        place = pair.key.owner.place(pair.key.start, pair.value.end)
        fact = self.now.expanded(pair.value.value, place, self._arguments.escape)
        if isinstance(fact, Unknown):
            return fact
        return fact.saying(f"{instruction.source.path} sets {name}={fact.value}")

    def _arg(self, instruction: Instruction, number: int) -> None:
        arguments = dict(self.now.arguments)
        for pair in instruction.pairs:
            fact = self._arguments.value(pair, self.now)
            arguments[pair.key.value] = self._blur.fact(self._owner, "arguments", number, fact)
        self.now = self.now._replace(arguments=arguments)

    def _user(self, instruction: Instruction, number: int) -> None:
        fact = self._word(instruction.args[:1])
        if isinstance(fact, Known):
            says = f"{instruction.source.path} sets USER {fact.value}"
            fact = Known(fact.value.partition(":")[0], fact.places, fact.confidence, says)
        self.now = self.now._replace(user=self._over(self.now.user, "user", number, fact))

    def _workdir(self, instruction: Instruction, number: int) -> None:
        fact = self._word(instruction.args[:1])
        before = self.now.workdir.effective
        if isinstance(fact, Known):
            if isinstance(before, Known):
                fact = fact._replace(value=joined(before.value, fact.value))
            elif fact.value.startswith("/"):
                fact = fact._replace(value=joined("/", fact.value))
            else:
                fact = before
        self.now = self.now._replace(workdir=self._over(self.now.workdir, "workdir", number, fact))

    def _shell(self, instruction: Instruction, number: int) -> None:
        argv = tuple(word.value for word in instruction.args)
        fact: Fact[tuple[str, ...]] = Known(argv, (instruction.place,))
        if not instruction.json:
            fact = Unknown("SHELL is not a JSON array", places=(instruction.place,))
        self.now = self.now._replace(shell=self._over(self.now.shell, "shell", number, fact))

    def _cmd(self, instruction: Instruction, number: int) -> None:
        line = self._command_line(instruction, instruction.args, instruction.original)
        fact = _command_fact(line, instruction)
        self._command_is_set = True
        layers = self._over(self.now.command, "command", number, fact)
        self.now = self.now._replace(command=layers)

    def _entrypoint(self, instruction: Instruction, number: int) -> None:
        line = self._command_line(instruction, instruction.args, instruction.original)
        fact = _command_fact(line, instruction)
        layers = self._over(self.now.entrypoint, "entrypoint", number, fact)
        self.now = self.now._replace(entrypoint=layers)
        if not self._command_is_set:
            none: Fact[CommandLine | None] = Known(
                None, (instruction.place,), says="ENTRYPOINT clears the CMD of the base image"
            )
            self.now = self.now._replace(command=self.now.command.over(LAYER, none))

    def _health_check(self, instruction: Instruction, number: int) -> None:
        check = health_check(instruction)
        fact: Fact[CommandLine | None]
        if check.none:
            fact = Known(None, (instruction.place,), says="HEALTHCHECK NONE")
        else:
            line = self._command_line(instruction, check.args, check.command)
            fact = _command_fact(line, instruction)
        layers = self._over(self.now.health_check, "health_check", number, fact)
        self.now = self.now._replace(health_check=layers)

    def _command_line(
        self, instruction: Instruction, words: tuple[Word, ...], script: LogicalText | None
    ) -> CommandLine | None:
        if instruction.json:
            argv = tuple(word.text for word in words)
            return CommandLine(instruction.place, argv) if argv else None
        if script is None or not script.text:
            return None
        return CommandLine(instruction.place, None, script, self.now.shell.known)

    def _word(self, words: tuple[Word, ...]) -> Fact[str]:
        if not words:
            return Unknown("an argument is missing")
        return self.now.expanded(words[0].value, words[0].place, self._arguments.escape)

    def _over(self, layers: Layers[T], attribute: str, number: int, fact: Fact[T]) -> Layers[T]:
        return layers.over(LAYER, self._blur.fact(self._owner, attribute, number, fact))


def _command_fact(line: CommandLine | None, instruction: Instruction) -> Fact[CommandLine | None]:
    shown = line.text if line else "[]"
    return Known(line, (instruction.place,), says=f"{instruction.keyword} is `{shown}`")
