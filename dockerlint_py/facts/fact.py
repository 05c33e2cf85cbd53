"""The two kinds of answer that the model gives: a value with its places, or a reason why not."""

from enum import IntEnum
from typing import Generic, TypeAlias, TypeVar

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

T_co = TypeVar("T_co", covariant=True)


class Confidence(IntEnum):
    """How sure a fact is; a finding is as sure as the weakest fact it cites."""

    HEURISTIC = 0
    LIKELY = 1
    CERTAIN = 2

    @property
    def word(self) -> str:
        """The lower-case word used in reports."""
        return self.name.lower()


class Known(NamedTuple, Generic[T_co]):
    """A value, where it was read, how sure it is, and the fact as a short clause for people.

    `says` completes "because ...": "service web runs `gunicorn src.main:app`".
    """

    value: T_co
    places: tuple[Place, ...] = ()
    confidence: Confidence = Confidence.CERTAIN
    says: str = ""

    def saying(self, says: str) -> "Known[T_co]":
        """The same fact in other words."""
        return self._replace(says=says)


class Unknown(NamedTuple, Generic[T_co]):
    """No value: why, a value it may well have (a default that can be overridden), and where."""

    why: str
    maybe: T_co | None = None
    places: tuple[Place, ...] = ()


Fact: TypeAlias = Known[T_co] | Unknown[T_co]
