"""A call in evaluated code: where it stands, and its evaluated arguments."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate.values import NOWHERE, Origin, Rest, Value
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator
    from dockerlint_py.python.evaluate.frame import Frame


class Invocation(NamedTuple):
    """A call with its arguments; an incomplete one has unknown others too."""

    run: "Evaluator"
    frame: "Frame"
    positional: tuple[Value, ...]
    keywords: dict[str, Value]
    complete: bool
    place: Place

    def get(self, position: int, name: str = "") -> Value | None:
        """An argument by position or name, None when it is not given."""
        if position < len(self.positional):
            return self.positional[position]
        return self.keywords.get(name)

    def of(self, *positional: Value) -> "Invocation":
        """A call at the same place with other arguments."""
        return self._replace(positional=positional, keywords={}, complete=True)

    @property
    def origin(self) -> Origin:
        """Where all arguments come from."""
        origin = NOWHERE
        for value in (*self.positional, *self.keywords.values()):
            origin = origin.plus(value.origin)
        return origin


def known_items(items: Sequence[Value | Rest]) -> tuple[tuple[Value, ...], bool]:
    """The items up to the first unknown one, and whether that is all."""
    values: list[Value] = []
    for item in items:
        if isinstance(item, Rest):
            return tuple(values), False
        values.append(item)
    return tuple(values), True
