"""What holds at a point of a stage: the image's configuration so far, and the build arguments."""

from collections.abc import Mapping

from dockerlint_py.dockerfile import expand
from dockerlint_py.facts import Confidence, Environment, EnvLayer, Fact, Known, Layers, Unknown
from dockerlint_py.model.programs.command import CommandLine
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place


class Situation(NamedTuple):
    """The configuration before an instruction runs, or at the end of a stage.

    `entrypoint`, `command` and `health_check` are None where the image has none.
    """

    env: Environment
    arguments: Mapping[str, Fact[str | None]]
    user: Layers[str]
    workdir: Layers[str]
    shell: Layers[tuple[str, ...]]
    entrypoint: Layers[CommandLine | None]
    command: Layers[CommandLine | None]
    health_check: Layers[CommandLine | None]

    @property
    def run_env(self) -> Environment:
        """The environment of a RUN: the build arguments, and over them the image's variables."""
        arguments = EnvLayer("build arguments", self.arguments)
        return Environment((arguments, *self.env.layers))

    @property
    def home(self) -> Fact[str]:
        """The home folder of the user; Docker sets HOME from the image's /etc/passwd."""
        fact = self.env.get("HOME")
        if isinstance(fact, Unknown):
            return Unknown(fact.why)
        if fact.value:
            return Known(fact.value, fact.places, fact.confidence)
        if self.user.known in ("root", "0"):
            return Known("/root")
        return Unknown("the home folder of the user is not known")

    def lookup(self, name: str) -> Fact[str | None]:
        """A variable as instructions and RUN see it: the environment wins over arguments."""
        fact = self.env.get(name)
        if isinstance(fact, Known) and fact.value is not None:
            return fact
        argument = self.arguments.get(name)
        if argument is None:
            return fact
        if isinstance(fact, Known) or isinstance(argument, Unknown):
            return argument
        # An unknown base image could set the variable too, which is rare.
        return argument._replace(confidence=min(argument.confidence, Confidence.LIKELY))

    def expanded(self, text: str, place: Place, escape: str) -> Fact[str]:
        """A word of an instruction with its variables replaced; unknown when one of them is."""
        if "$" not in text and '"' not in text and "'" not in text and escape not in text:
            return Known(text, (place,))
        unknown: list[Unknown[str | None]] = []
        cited: list[Known[str | None]] = []

        def lookup(name: str) -> str | None:
            fact = self.lookup(name)
            if isinstance(fact, Known):
                cited.append(fact)
                value: str | None = fact.value
                return value
            unknown.append(fact)
            return fact.maybe

        result = expand(text, lookup, escape)
        if result.error is not None:
            return Unknown(result.error, places=(place,))
        if unknown:
            return Unknown(unknown[0].why, result.text, (place, *unknown[0].places))
        places = (place, *(place for fact in cited for place in fact.places))
        confidence = min((fact.confidence for fact in cited), default=Confidence.CERTAIN)
        return Known(result.text, places, confidence)
