"""Plain records with `__slots__`: nested by the thousand, compared and printed in tests.

They are not NamedTuples, because a type checker takes those apart structurally, and recursive ones
for minutes.
"""


class Record:
    """A record whose fields are its `__slots__`."""

    __slots__ = ()

    @classmethod
    def fields(cls) -> list[str]:
        """The names of the fields, those of the base class last."""
        return [name for base in cls.__mro__ for name in getattr(base, "__slots__", ())]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(
            getattr(self, name) == getattr(other, name) for name in self.fields()
        )

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.fields())))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.fields())
        return f"{type(self).__name__}({inside})"


class Node(Record):
    """A record that stands at a half-open code-point range of a file."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
