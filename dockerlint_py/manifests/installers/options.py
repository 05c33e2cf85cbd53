"""Options and operands of a command line, by the rules of the option parser that the tool uses.

Whether an option takes a value decides if the next word is a package, so every grammar lists all
options of its tool; an option that it does not list is reported as unknown.
"""

from collections.abc import Iterable, Sequence

from dockerlint_py.manifests.installers.command import Arg, Operand
from dockerlint_py.record import NamedTuple


class Grammar(NamedTuple):
    """The options of one command.

    `optional` take a value only when it is attached (`--x=v`). `abbreviates`: unique prefixes of
    long options are accepted (optparse, argparse). `stops`: reading ends with the first operand,
    because what follows belongs to another command.
    """

    values: frozenset[str]
    flags: frozenset[str]
    optional: frozenset[str] = frozenset()
    abbreviates: bool = False
    stops: bool = False

    def extended(self, values: str = "", flags: str = "", *, stops: bool = False) -> "Grammar":
        """This grammar with more options; a new meaning replaces the old one."""
        more_values, more_flags = frozenset(values.split()), frozenset(flags.split())
        return self._replace(
            values=(self.values - more_flags) | more_values,
            flags=(self.flags - more_values) | more_flags,
            stops=stops or self.stops,
        )

    def resolve(self, name: str) -> str | None:
        """The option that a long name or its abbreviation means."""
        if name in self.values or name in self.flags or name in self.optional:
            return name
        if not self.abbreviates or len(name) < 3:
            return None
        found = [
            option
            for options in (self.values, self.flags, self.optional)
            for option in options
            if option.startswith(name)
        ]
        return found[0] if len(found) == 1 else None


def grammar(
    values: str, flags: str, optional: str = "", *, abbreviates: bool = False, stops: bool = False
) -> Grammar:
    """A grammar from options separated by spaces."""
    return Grammar(
        frozenset(values.split()),
        frozenset(flags.split()),
        frozenset(optional.split()),
        abbreviates,
        stops,
    )


_LONGEST_CLUSTER = 32


class Option(NamedTuple):
    """An option as it was found; `value` is None for a flag."""

    name: str
    value: Operand | None


class Parsed:
    """Options and operands in their order."""

    __slots__ = ("operands", "options", "unknown")

    def __init__(self) -> None:
        self.options: list[Option] = []
        self.operands: list[Operand] = []
        self.unknown: list[str] = []

    def has(self, *names: str) -> bool:
        """Whether one of these options is there."""
        return any(option.name in names for option in self.options)

    def all(self, *names: str) -> list[Operand]:
        """The values of these options, in their order."""
        return [o.value for o in self.options if o.name in names and o.value is not None]

    def last(self, *names: str) -> Operand | None:
        """The value of the last of these options."""
        found = self.all(*names)
        return found[-1] if found else None

    def before(self, other: "Parsed") -> "Parsed":
        """These options followed by the options and operands of another part of the line."""
        joined = Parsed()
        joined.options = self.options + other.options
        joined.operands = other.operands
        joined.unknown = self.unknown + other.unknown
        return joined


def operand(arg: Arg, at: int, text: str | None = None) -> Operand:
    """A word, or the `text` that is left of it, as an operand.

    A mere pattern does not make it dynamic: `uvicorn[standard]` is one for the shell, and stands
    for itself as long as no file has such a name; `/wheels/*` is understood as it is.
    """
    value = arg.value
    expands = any(char in value for char in "$`(") or value.startswith("~")
    braces = "{" in value and ("," in value or ".." in value)
    text = value if text is None else text
    return Operand(text, at, arg.dynamic and (expands or braces))


def could_be_anything(text: str) -> bool:
    """Whether a dynamic word starts with an expansion, so that it may be an option or nothing."""
    return text[:1] in ("$", "`")


def split_list(values: Iterable[Operand], separators: str = ",") -> tuple[str, ...]:
    """The items of option values that hold several, separated by commas (or blanks too)."""
    items: list[str] = []
    for value in values:
        text = value.text
        for separator in separators:
            text = text.replace(separator, "\n")
        items.extend(item.strip() for item in text.split("\n") if item.strip())
    return tuple(items)


def parse(argv: Sequence[Arg], start: int, rules: Grammar) -> Parsed:
    """Read the words from `start` on."""
    return _Reader(argv, start, rules).read()


class _Reader:
    __slots__ = ("argv", "at", "parsed", "rules")

    def __init__(self, argv: Sequence[Arg], start: int, rules: Grammar) -> None:
        self.argv = argv
        self.at = start
        self.rules = rules
        self.parsed = Parsed()

    def read(self) -> Parsed:
        only_operands = False
        while self.at < len(self.argv):
            text = self.argv[self.at].value
            if not only_operands and text == "--":
                only_operands = True
            elif not only_operands and text.startswith("--"):
                self._long(text)
            elif not only_operands and text.startswith("-") and len(text) > 1:
                self._short(text)
            else:
                self._operand()
                if self.rules.stops:
                    break
            self.at += 1
        return self.parsed

    def _operand(self) -> None:
        arg = self.argv[self.at]
        if arg.dynamic and arg.value.startswith("`#") and arg.value.endswith("`"):
            # The idiom for a comment inside a command: the substitution runs nothing.
            return
        if arg.dynamic and could_be_anything(arg.value):
            self.parsed.unknown.append(arg.value)
        self.parsed.operands.append(operand(arg, self.at))

    def _long(self, text: str) -> None:
        written, equals, value = text.partition("=")
        name = self.rules.resolve(written)
        if name is None:
            self.parsed.unknown.append(text)
        elif equals:
            found = operand(self.argv[self.at], self.at, value)
            self.parsed.options.append(Option(name, found))
        elif name in self.rules.values:
            self._value_from_next(name)
        else:
            self.parsed.options.append(Option(name, None))

    def _short(self, text: str) -> None:
        if self._whole_short(text):
            return
        for position in range(1, min(len(text), _LONGEST_CLUSTER)):
            name = "-" + text[position]
            if name in self.rules.values:
                self._attached_or_next(name, text[position + 1 :])
                return
            if name in self.rules.optional and text.startswith("=", position + 1):
                self._attached(name, text[position + 1 :])
                return
            if name not in self.rules.flags and name not in self.rules.optional:
                self.parsed.unknown.append(text)
                return
            self.parsed.options.append(Option(name, None))
        if len(text) > _LONGEST_CLUSTER:
            self.parsed.unknown.append(text)

    def _attached_or_next(self, name: str, rest: str) -> None:
        if rest:
            self._attached(name, rest)
        else:
            self._value_from_next(name)

    def _whole_short(self, text: str) -> bool:
        """Several letters that are one option: `-vvv` of Poetry."""
        if len(text) > 2 and text in self.rules.flags:
            self.parsed.options.append(Option(text, None))
            return True
        return False

    def _attached(self, name: str, rest: str) -> None:
        value = rest[1:] if rest.startswith("=") else rest
        found = operand(self.argv[self.at], self.at, value) if value else None
        self.parsed.options.append(Option(name, found))

    def _value_from_next(self, name: str) -> None:
        self.at += 1
        if self.at >= len(self.argv):
            self.parsed.unknown.append(name)
            return
        arg = self.argv[self.at]
        self.parsed.options.append(Option(name, operand(arg, self.at)))
