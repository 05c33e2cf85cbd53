"""What a container's start has in common: its environment, and the texts of its commands."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, EnvLayer, Fact, Known, Unknown
from dockerlint_py.model.image.shellstate import LAYER
from dockerlint_py.model.programs.process import Process

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


def start_environment(env: Environment, process: Process) -> Environment:
    """What `env` has become when a final program starts; unknown where they do not agree."""
    if process.unknown is not None:
        return env.over(EnvLayer(LAYER, {}, Unknown(process.unknown)))
    environments = [final.invocation.env for final in process.finals]
    if not environments:
        return env
    if len(environments) == 1:
        return environments[0]
    names = dict.fromkeys(name for one in environments for name in one.names())
    rest = next((layer.rest for one in environments for layer in one.layers if layer.rest), None)
    return env.over(EnvLayer(LAYER, {n: _agreed(n, environments) for n in names}, rest))


def _agreed(name: str, environments: list[Environment]) -> Fact[str | None]:
    facts = [environment.get(name) for environment in environments]
    first = facts[0]
    if all(isinstance(fact, Known) and fact.value == _value(first) for fact in facts):
        return first
    return Unknown(f"{name} depends on how the container is started")


def _value(fact: Fact[str | None]) -> str | None:
    return fact.value if isinstance(fact, Known) else fact.maybe


def names_at_start(container: "Container", word: str) -> bool:
    """Whether a command of its start, or an entry script that it goes through, holds a word."""
    own = {container.path, container.dockerfile.path if container.dockerfile else ""}
    return any(
        word in (each.text if each.place.path in own else each.place.source.text)
        for each in container.process.invocations
    )
