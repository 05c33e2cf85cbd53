"""Effective values as ordered layers: base image, stage, env_file, environment, script, prefix.

Whatever a rule judges is the result of layers laid over one another. `map` prints them, a rule
cites the one that decided, and `Blur` makes any of them unknown: rules may then only say less.
"""

from typing import Generic, TypeVar

from dockerlint_py.facts.fact import Fact, Known, Unknown
from dockerlint_py.record import NamedTuple

T = TypeVar("T")


class LayerId(NamedTuple):
    """Names one layer: whose it is (`Dockerfile#build`), of what (`env`), and which one."""

    owner: str
    attribute: str
    number: int


class Blur:
    """Makes chosen layers unknown while a model is built, and lists the layers that there are.

    Audits use `Blur()`, which hides nothing. The property test runs an audit once to learn `seen`,
    then once more for every layer in it.
    """

    __slots__ = ("hidden", "seen")

    def __init__(self, hidden: frozenset[LayerId] = frozenset()) -> None:
        self.hidden = hidden
        self.seen: dict[LayerId, None] = {}

    def hides(self, owner: str, attribute: str, number: int) -> bool:
        """Whether this layer is to be treated as unknown; notes that the layer exists."""
        layer = LayerId(owner, attribute, number)
        self.seen[layer] = None
        return layer in self.hidden

    def fact(self, owner: str, attribute: str, number: int, fact: Fact[T]) -> Fact[T]:
        """The fact itself, or an unknown in its stead."""
        if self.hides(owner, attribute, number):
            return Unknown(f"the {attribute} of {owner} is hidden", places=fact.places)
        return fact


class Layer(NamedTuple, Generic[T]):
    """One layer: what kind of source it is, and what that source says."""

    kind: str
    fact: Fact[T]


class Layers(Generic[T]):
    """Layers of one value, the lowest first; the topmost decides."""

    __slots__ = ("layers",)

    def __init__(self, layers: tuple[Layer[T], ...]) -> None:
        self.layers = layers

    def over(self, kind: str, fact: Fact[T]) -> "Layers[T]":
        """These layers with another one on top."""
        return Layers((*self.layers, Layer(kind, fact)))

    @property
    def effective(self) -> Fact[T]:
        """What holds in the end."""
        if not self.layers:
            return Unknown("nothing says so")
        return self.layers[-1].fact

    @property
    def known(self) -> T | None:
        """The effective value, or None when it is unknown."""
        fact = self.effective
        return fact.value if isinstance(fact, Known) else None
