"""The command line of GNU make."""

from collections.abc import Mapping, Sequence

from dockerlint_py.makefile.expansion import Unclear
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import Word
from dockerlint_py.text.regex import regex

_VARIABLE = regex(r"([A-Za-z_]\w{0,100})(?::{0,3}=)(.*)", 16)
_HARMLESS = frozenset("sikBwrRS")
_LONG_HARMLESS = frozenset(
    "--silent --quiet --no-silent --ignore-errors --keep-going --always-make --print-directory "
    "--no-print-directory --no-builtin-rules --no-builtin-variables --stop "
    "--warn-undefined-variables".split()
)
_LONG_VALUES = {"--directory": "C", "--file": "f", "--makefile": "f"}


class Call(NamedTuple):
    """What make is told: where to go, which file to read, what to make, with which variables."""

    folders: tuple[str, ...]
    file: str | None
    goals: tuple[str, ...]
    variables: Mapping[str, str]


def read_call(arguments: Sequence[Word]) -> Call:
    """Reads the arguments of make; raises `Unclear`."""
    folders: list[str] = []
    files: list[str] = []
    goals: list[str] = []
    variables: dict[str, str] = {}
    words = list(arguments)
    while words:
        word = words.pop(0)
        text = word.value
        if word.dynamic:
            raise Unclear(f"{word.raw} is known only when the container starts")
        assignment = _VARIABLE.fullmatch(text)
        if text.startswith("-"):
            option, value = _option(text, words)
            if option == "C":
                folders.append(value)
            elif option == "f":
                files.append(value)
        elif assignment is not None:
            if "$" in assignment[2]:
                raise Unclear(f"`{text}` is expanded by make")
            variables[assignment[1]] = assignment[2]
        elif "=" in text:
            raise Unclear(f"`{text}` is not understood")
        else:
            goals.append(text)
    if len(files) > 1 or "-" in files:
        raise Unclear("it reads several files")
    return Call(tuple(folders), files[0] if files else None, tuple(goals), variables)


def _option(text: str, rest: list[Word]) -> tuple[str, str]:
    """The last letter of an option that takes a value, with that; nothing for harmless ones."""
    if text.startswith("--"):
        name, equals, value = text.partition("=")
        if name in _LONG_VALUES:
            return _LONG_VALUES[name], value if equals else _next(rest, text)
        if text in _LONG_HARMLESS:
            return "", ""
    for number, letter in enumerate(text[1:], 1):
        if letter in "Cf":
            return letter, text[number + 1 :] or _next(rest, text)
        if letter not in _HARMLESS:
            raise Unclear(f"`{text}` changes what make does")
    return "", ""


def _next(rest: list[Word], option: str) -> str:
    if not rest or rest[0].dynamic:
        raise Unclear(f"`{option}` lacks a value")
    return rest.pop(0).value
