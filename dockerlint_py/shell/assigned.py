"""Which variables a script sets itself: their values are not those of the environment."""

from collections.abc import Iterable

from dockerlint_py.record import NamedTuple
from dockerlint_py.shell.command import BlockKind, Command, Script
from dockerlint_py.shell.word import Part
from dockerlint_py.text.regex import regex

_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*+")

_DECLARE = frozenset({"export", "readonly", "declare", "typeset", "local", "unset", "let"})
_READ = frozenset({"read", "mapfile", "readarray", "getopts"})
_ANYTHING = frozenset({".", "source", "eval"})


class Assigned(NamedTuple):
    """The names that a script sets somewhere; `anything` if it runs text that is not seen."""

    names: frozenset[str]
    anything: bool

    def may_set(self, name: str) -> bool:
        """Whether the value of this variable is not known from the environment alone."""
        return self.anything or name in self.names


def assigned(script: Script) -> Assigned:
    """The variables that the script assigns, reads, declares, unsets or loops over.

    Assignments in `(( ))` are not seen.
    """
    names: set[str] = set()
    for command in script.commands:
        names.update(_of_command(command))
        names.update(b.label for b in command.context if b.kind is BlockKind.FOR)
    anything = any(command.name in _ANYTHING for command in script.commands)
    return Assigned(frozenset(names), anything)


def _of_command(command: Command) -> Iterable[str]:
    if not command.words:
        yield from (assignment.name for assignment in command.assignments)
    for word in command.words:
        yield from _defaults(word.parts)
    if command.name in _DECLARE:
        # `export X` alone keeps the value that X has.
        keeps = command.name in ("export", "readonly")
        yield from _names(word.value for word in command.words[1:] if "=" in word.raw or not keeps)
    elif command.name in _READ:
        yield from _names(word.value for word in command.words[1:])
    elif command.name == "printf" and len(command.words) > 2 and command.words[1].value == "-v":
        yield command.words[2].value


def _names(values: Iterable[str]) -> Iterable[str]:
    for value in values:
        match = _NAME.match(value)
        if match is not None:
            yield match[0]


def _defaults(parts: Iterable[Part]) -> Iterable[str]:
    """The names in `${NAME:=value}`."""
    for part in parts:
        if part.operator in ("=", ":="):
            yield part.name
        yield from _defaults(part.operand)
