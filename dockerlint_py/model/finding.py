"""What a rule yields: what is wrong, where, and the facts that prove it."""

from enum import IntEnum, StrEnum
from typing import Any

from dockerlint_py.facts import Confidence, Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place


class Severity(IntEnum):
    """How bad a finding is, the worst last."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """The lower-case word used in reports and configuration."""
        return self.name.lower()

    @property
    def lowered(self) -> "Severity":
        """One level lower; info stays info."""
        return Severity(max(self - 1, 0))


class Role(StrEnum):
    """What a container is for."""

    PROD = "prod"
    DEV = "dev"
    TEST = "test"
    UNKNOWN = "unknown"


class Finding(NamedTuple):
    """One thing that is wrong. The engine adds which rule says so, how bad it is, and for whom.

    `key` tells findings of one rule at one place apart, and is part of their lasting identity: a
    port, a variable, a package; never a number of a line and never prose.
    """

    message: str
    at: Place
    because: tuple[Known[Any], ...] = ()
    severity: Severity | None = None
    key: str = ""

    @property
    def confidence(self) -> Confidence:
        """As sure as the weakest fact that it rests on."""
        return min((fact.confidence for fact in self.because), default=Confidence.CERTAIN)

    @property
    def chain(self) -> tuple[str, ...]:
        """The facts as clauses, each said once."""
        return tuple(dict.fromkeys(fact.says for fact in self.because if fact.says))

    @property
    def related(self) -> tuple[Place, ...]:
        """The places of the facts, other than the finding's own, in the order of the chain."""
        places: dict[Place, None] = {}
        for fact in self.because:
            for place in fact.places:
                if place[:2] != self.at[:2]:
                    places[place if place.note else place.says(fact.says)] = None
        return tuple(places)
