"""The environment of a process as layers of assignments."""

from collections.abc import Mapping

from dockerlint_py.facts.fact import Fact, Known, Unknown
from dockerlint_py.record import NamedTuple


class EnvLayer(NamedTuple):
    """Variables that one source sets, or unsets (None).

    `rest` is there when it may set others too, which cannot be seen.
    """

    kind: str
    values: Mapping[str, Fact[str | None]]
    rest: Unknown[str] | None = None


class Environment:
    """Layers of variables, the lowest first."""

    __slots__ = ("layers",)

    def __init__(self, layers: tuple[EnvLayer, ...] = ()) -> None:
        self.layers = layers

    def over(self, layer: EnvLayer) -> "Environment":
        """This environment with another layer on top."""
        return Environment((*self.layers, layer))

    def over_all(self, layers: "tuple[EnvLayer, ...]") -> "Environment":
        """This environment with further layers on top, the topmost last."""
        return Environment((*self.layers, *layers)) if layers else self

    def get(self, name: str) -> Fact[str | None]:
        """The value of a variable; `Known(None)` when no layer sets it, or could set it."""
        for layer in reversed(self.layers):
            fact = layer.values.get(name)
            if fact is not None:
                return fact
            if layer.rest is not None:
                return layer.rest
        return Known(None, says=f"nothing sets {name}")

    def names(self) -> list[str]:
        """The names that some layer sets, in the order of their first appearance."""
        return list(dict.fromkeys(name for layer in self.layers for name in layer.values))
