"""What the readers of all tools share: from parsed options to the parts of a command."""

import posixpath
from collections.abc import Mapping

from dockerlint_py.manifests.installers.command import (
    Ecosystem,
    Flag,
    IndexUrl,
    InstallCommand,
    LocalPath,
    NamedPackage,
    Operand,
)
from dockerlint_py.manifests.installers.names import python_operand, split_packages
from dockerlint_py.manifests.installers.options import Parsed, could_be_anything, split_list


class CommandParts:
    """Parsed options, and the list of unknown words to which readers add what they cannot read."""

    __slots__ = ("parsed", "unknown")

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.unknown = list(parsed.unknown)

    def flags(self, table: Mapping[str, Flag]) -> frozenset[Flag]:
        """What the options switch on, by a table of the tool."""
        return frozenset(
            table[option.name] for option in self.parsed.options if option.name in table
        )

    def operands_are_places(self) -> tuple[Operand, ...]:
        """The operands of a command that takes only paths or names: none of them is an option."""
        texts = {operand.text for operand in self.parsed.operands}
        self.unknown = [text for text in self.unknown if text not in texts]
        return tuple(self.parsed.operands)

    def items(self, *names: str, separators: str = ",") -> tuple[str, ...]:
        """The items of list options; those that are known only at run time count as unknown."""
        values = self.parsed.all(*names)
        self.unknown.extend(value.text for value in values if value.dynamic)
        return split_list((value for value in values if not value.dynamic), separators)


def python_packages(
    parts: CommandParts,
    *,
    editables: tuple[str, ...] = (),
    extra: tuple[str, ...] = (),
    at_sign: bool = False,
) -> tuple[tuple[NamedPackage, ...], tuple[LocalPath, ...]]:
    """Packages and paths among the operands, editable options and further package options."""
    parsed = parts.parsed
    words = [
        (operand, python_operand(operand, at_sign=at_sign))
        for operand in (*parsed.operands, *parsed.all(*extra))
        if not _is_unknown(operand)
    ]
    words += [
        (operand, python_operand(operand, editable=True)) for operand in parsed.all(*editables)
    ]
    packages, paths, unread = split_packages(words)
    parts.unknown.extend(text for text in unread if text not in parts.unknown)
    return packages, paths


def _is_unknown(operand: Operand) -> bool:
    """Already reported as unknown by the option parser, unless it is a path (`$HOME/app`)."""
    return operand.dynamic and could_be_anything(operand.text) and "/" not in operand.text


def unreadable(
    program: str, tool: str, verb: Operand, ecosystem: Ecosystem = "python"
) -> InstallCommand:
    """A command whose verb is known only when it runs."""
    project = None if ecosystem == "python" else False
    return InstallCommand(program, tool, "", ecosystem, project=project, unknown=(verb.text,))


def index_urls(parsed: Parsed, *names: str) -> tuple[IndexUrl, ...]:
    """The values of options that name an index."""
    return tuple(IndexUrl(value.text, value.at, value.dynamic) for value in parsed.all(*names))


def asks_for_project(paths: tuple[LocalPath, ...], unknown: list[str]) -> bool | None:
    """Whether one of the installed paths is the project: `.`; another folder may be it too."""
    answer: bool | None = None if unknown else False
    for path in paths:
        if path.dynamic:
            answer = None
        elif posixpath.normpath(path.path) == ".":
            return True
        elif not path.path.endswith((".whl", ".gz", ".zip", ".bz2", ".tgz", ".xz", ".tar")):
            answer = None
    return answer
