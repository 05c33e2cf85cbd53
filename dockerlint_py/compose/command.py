"""A command or entrypoint as Compose will run it, and as it is written."""

from dockerlint_py.compose import shellwords
from dockerlint_py.compose.command_lines import CommandWord, line_feed_word, second_command
from dockerlint_py.compose.parts import doubt_of
from dockerlint_py.compose.tree import Scalar, Sequence, Value, Variable, is_doubtful, text_of
from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Place


class Command(NamedTuple):
    """A command. `argv` is None when the image decides, and empty when Compose clears the image's.

    A command written as a string is split without a shell: `cut` is the place of the operator
    (`&&`, `|`, `>`...) after which Compose drops everything. `text` is the string as interpolated;
    list form has none.
    """

    argv: Fact[tuple[str, ...] | None]
    words: tuple[CommandWord, ...]
    text: LogicalText | None
    cut: Place | None
    variables: tuple[Variable, ...]
    value: Value | None

    @property
    def is_string(self) -> bool:
        """Whether it is written as one string."""
        return text_of(self.value) is not None

    @property
    def second_command(self) -> CommandWord | None:
        """The word that was meant to begin another command, on a line of its own."""
        return second_command(self.words) if self.is_string else None

    @property
    def line_feed_word(self) -> CommandWord | None:
        """The word that a backslash at the end of a line begins; it holds a line feed."""
        return line_feed_word(self.words) if self.is_string else None


NO_COMMAND = Command(Known(None), (), None, None, (), None)


def command_of(value: Value | None) -> Command:
    """The command in a value; `NO_COMMAND` when the key is absent or null."""
    if isinstance(value, Sequence):
        return _listed(value)
    if not isinstance(value, Scalar) or not isinstance(value.value, str):
        return NO_COMMAND
    split = shellwords.split(value.value)
    words = tuple(
        CommandWord(word.text, value.part_place(word.start, word.end)) for word in split.words
    )
    cut = value.part_place(split.cut, split.cut + 1) if split.cut is not None else None
    argv = tuple(word.text for word in split.words)
    fact: Fact[tuple[str, ...] | None]
    if split.error is not None:
        fact = Unknown(f"Compose refuses the command: {split.error}", None, value.origins)
    else:
        fact = _fact(value, argv)
    return Command(fact, words, value.logical, cut, value.variables, value)


def _listed(value: Sequence) -> Command:
    items = [each for each in value.items if isinstance(each, Scalar)]
    words = tuple(CommandWord(str(each.value), each.place) for each in items)
    variables = tuple(one for each in items for one in each.variables)
    argv = tuple(word.text for word in words)
    return Command(_fact(value, argv), words, None, None, variables, value)


def _fact(value: Value, argv: tuple[str, ...]) -> Fact[tuple[str, ...] | None]:
    if is_doubtful(value):
        return Unknown(doubt_of(value), argv, value.origins)
    return Known(argv, value.origins)
