"""EXPOSE: the ports that an image says it listens on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.dockerfile import PortRange, parse_ports
from dockerlint_py.facts import Fact, Known
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

HIGHEST_PORT = 65_535


class Exposed(NamedTuple):
    """One port or range of an EXPOSE, variables expanded.

    `text` is a fact about the word that it stands in; `ports` is None when it is neither a port nor
    a range, and when it holds an address or a host port (`127.0.0.1:8000`), which is not read.
    """

    text: Known[str]
    ports: PortRange | None

    @property
    def problem(self) -> str | None:
        """What is wrong with the number in a few words; None when nothing is."""
        if self.ports is not None:
            return "a container cannot listen on port 0" if self.ports.first == 0 else None
        numbers = self.text.value.partition("/")[0].split("-")
        if ":" in self.text.value or not all(_is_number(number) for number in numbers):
            return None
        if any(_is_out_of_range(number) for number in numbers):
            return f"ports end at {HIGHEST_PORT}"
        if len(numbers) == 2 and int(numbers[0]) > int(numbers[1]):
            return "the range ends before it begins"
        return None


def exposed_by(stage: "Stage") -> Iterator[Exposed]:
    """The ports of a stage's own EXPOSE instructions; a word with unknown variables is left out."""
    escape = stage.dockerfile.file.escape
    for step in stage.steps_of("EXPOSE"):
        for word in step.instruction.args:
            fact: Fact[str] = step.before.expanded(word.value, word.place, escape)
            if isinstance(fact, Known):
                for text in fact.value.split():
                    yield Exposed(fact._replace(value=text), parse_ports(text))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_out_of_range(number: str) -> bool:
    return len(number.lstrip("0")) > len(str(HIGHEST_PORT)) or int(number) > HIGHEST_PORT
