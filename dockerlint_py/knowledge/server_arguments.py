"""Takes the command line of a known server apart, as the server itself would."""

from collections.abc import Sequence

from dockerlint_py.knowledge.server_options import OPTIONS, Options
from dockerlint_py.record import NamedTuple

_NO_ABBREVIATIONS = ("uvicorn", "granian", "fastapi", "flask", "celery", "rq")
"""Programs built on click, which wants long options in full."""


class Argument(NamedTuple):
    """An option that was given: its name in full, and its value where it has one.

    `word` is the index of the word that the option stands in, `value_word` of the one that its
    value stands in (the same for `--option=value` and `-ovalue`), `offset` where in that word the
    value begins.
    """

    option: str
    value: str | None
    word: int
    value_word: int | None = None
    offset: int = 0


class Arguments(NamedTuple):
    """All options and positional words (as indices), and the words that no table explains.

    With `unclear` words the positional ones are not to be trusted: one may be a value.
    """

    options: tuple[Argument, ...]
    positionals: tuple[int, ...]
    unclear: tuple[int, ...]

    def last(self, *names: str) -> Argument | None:
        """The last option of any of those names, the one that counts."""
        return next((found for found in reversed(self.options) if found.option in names), None)

    def every(self, *names: str) -> tuple[Argument, ...]:
        """All options of any of those names, in order."""
        return tuple(found for found in self.options if found.option in names)


def parse_arguments(program: str, arguments: Sequence[str]) -> Arguments | None:
    """The words after the program's name, taken apart; None for a program without a table.

    `program` is a key of `server_options.OPTIONS`: `gunicorn`, `celery worker`...
    """
    table = OPTIONS.get(program)
    if table is None:
        return None
    abbreviates = not program.startswith(_NO_ABBREVIATIONS)
    return _Parser(table, arguments, abbreviates).parse()


class _Parser:
    __slots__ = ("_abbreviates", "_options", "_positionals", "_table", "_unclear", "_words")

    def __init__(self, table: Options, arguments: Sequence[str], abbreviates: bool) -> None:
        self._table = table
        self._words = arguments
        self._abbreviates = abbreviates
        self._options: list[Argument] = []
        self._positionals: list[int] = []
        self._unclear: list[int] = []

    def parse(self) -> Arguments:
        index = 0
        while index < len(self._words):
            word = self._words[index]
            if word == "--":
                self._positionals.extend(range(index + 1, len(self._words)))
                break
            if word.startswith("--"):
                index = self._long(index, word)
            elif word.startswith("-") and word != "-":
                index = self._short(index, word)
            else:
                self._positionals.append(index)
                index += 1
        return Arguments(tuple(self._options), tuple(self._positionals), tuple(self._unclear))

    def _long(self, index: int, word: str) -> int:
        name, equals, value = word.partition("=")
        option = self._full_name(name)
        if option is None:
            self._unclear.append(index)
            return index + 1
        if equals:
            self._options.append(Argument(option, value, index, index, len(name) + 1))
            return index + 1
        return self._with_next(index, option)

    def _full_name(self, name: str) -> str | None:
        table = self._table
        known = table.values | table.optional | table.switches
        if name in known or not self._abbreviates:
            return name if name in known else None
        candidates = [option for option in known if option.startswith(name)]
        return candidates[0] if len(candidates) == 1 else None

    def _with_next(self, index: int, option: str) -> int:
        """Adds an option whose value, if it takes one, is the next word."""
        follows = index + 1 < len(self._words)
        takes = option in self._table.values or (
            option in self._table.optional
            and follows
            and not self._words[index + 1].startswith("-")
        )
        if takes and not follows:
            self._unclear.append(index)
        elif takes:
            self._options.append(Argument(option, self._words[index + 1], index, index + 1))
            return index + 2
        else:
            self._options.append(Argument(option, None, index))
        return index + 1

    def _short(self, index: int, word: str) -> int:
        """`-w 4`, `-w4`, switches in one word (`-DR`), and short options of several letters."""
        table = self._table
        if word in table.values or word in table.optional or word in table.switches:
            return self._with_next(index, word)
        for position in range(1, len(word)):
            option = f"-{word[position]}"
            rest = word[position + 1 :]
            if option in table.switches:
                self._options.append(Argument(option, None, index))
            elif rest and (option in table.values or option in table.optional):
                self._options.append(Argument(option, rest, index, index, position + 1))
                return index + 1
            elif option in table.values:
                return self._with_next(index, option)
            else:
                self._unclear.append(index)
                return index + 1
        return index + 1
