"""How much work evaluation may do: hostile code must not take more than seconds."""

MAX_MODULE = 60_000
"""Steps of one module; what is left of it is unknown."""
MAX_TOTAL = 400_000
"""Steps of one evaluator (about five seconds)."""


class ExhaustedError(Exception):
    """Raised inside this package only: the code needs more steps than it is given."""


class Meter:
    """Counts steps: statements, expressions, and values that are copied."""

    __slots__ = ("steps", "total")

    def __init__(self) -> None:
        self.steps = 0
        self.total = 0

    def spend(self, count: int = 1) -> None:
        """Takes steps; `ExhaustedError` when there are none left."""
        self.steps += count
        self.total += count
        if self.steps > MAX_MODULE or self.total > MAX_TOTAL:
            raise ExhaustedError
