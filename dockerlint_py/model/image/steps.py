"""The instructions of a stage, each with what holds before it."""

from dockerlint_py.dockerfile import Instruction
from dockerlint_py.model.image.situation import Situation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place


class Step(NamedTuple):
    """One instruction of a stage; `number` counts the stage's instructions from 0.

    For an ONBUILD trigger that fires in a later stage, the instruction is the trigger. A step that
    is `hidden` stands for an instruction that could have been anything.
    """

    instruction: Instruction
    before: Situation
    number: int
    hidden: bool = False

    @property
    def keyword(self) -> str:
        """The instruction's keyword in upper case."""
        return self.instruction.keyword

    @property
    def place(self) -> Place:
        """The whole instruction."""
        return self.instruction.place
