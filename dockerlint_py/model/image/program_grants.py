"""What programs that root runs in a build may open to others."""

from collections.abc import Iterator, Sequence

from dockerlint_py.facts import Known
from dockerlint_py.manifests.installers import installer
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.program_effects import HARMLESS
from dockerlint_py.model.programs.django_command import command_of
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.text.regex import regex

ACCOUNT_TOOLS = frozenset(
    "addgroup adduser deluser gpasswd groupadd groupmod passwd useradd usermod".split()
)
_CLOSED = (
    HARMLESS | frozenset("curl git ln rm sed tee touch wget".split())
) - frozenset("chgrp chmod chown command exec umask useradd usermod adduser".split())  # fmt: skip
"""Programs whose files belong to root, who runs them, and are open to nobody else."""

_DJANGOS = ("check", "collectstatic", "compilemessages")
_GLOB = regex(r"[*?\[{]")
_CLOSED_MODE = regex(r"[0-7]?[0-7][0145][0145]|[ugoa]*[+=-][rxX]+|u[+=-][rwxX]+")
"""Modes that let neither the group nor others write."""


def opened_by(invocation: Invocation) -> Iterator[str]:
    """The paths that a program may open to others than root, with what lies below them."""
    name, values = invocation.name, invocation.values
    operands = [value for value in values if not value.startswith("-")]
    if name in ("chown", "chgrp"):
        if not _is_roots(operands[:1]) or invocation.has("--reference", "--from"):
            yield from _paths(invocation, operands[1:])
    elif name == "chmod":
        yield from _paths(invocation, _opened_by_mode(values))
    elif name in ("useradd", "adduser", "usermod"):
        homes = [value[value.index("/") :] for value in values if "/" in value]
        yield from _paths(invocation, homes)
    elif name in ("mkdir", "cp", "install"):
        if name == "install" or _sets_owner_or_mode(name, values):
            yield from _paths(invocation, operands)
    elif not _is_closed(invocation):
        yield "/"


def _is_closed(invocation: Invocation) -> bool:
    """Whether all that a program makes is for its user alone to write."""
    if invocation.name == "find":
        values = invocation.values
        starts = (n for n, value in enumerate(values) if value in ("-exec", "-execdir", "-ok"))
        return all(values[n + 1 : n + 2] == ("rm",) for n in starts)
    known = invocation.name in _CLOSED or command_of(invocation) in _DJANGOS
    return known or installer(invocation.argv) is not None


def _sets_owner_or_mode(name: str, values: Sequence[str]) -> bool:
    options = [value for value in values if value.startswith("-")]
    letters = "m" if name == "mkdir" else "ap"
    return any(letter in option for option in options for letter in letters)


def _opened_by_mode(values: Sequence[str]) -> list[str]:
    """The operands of a `chmod` that lets others write; a mode may begin with a hyphen."""
    words = [value for value in values if value not in ("-R", "-v", "-c", "-f", "--recursive")]
    modes = words[0].split(",") if words else []
    return [] if all(_CLOSED_MODE.fullmatch(mode) for mode in modes) else list(words)


def _is_roots(owner: Sequence[str]) -> bool:
    return bool(owner) and all(part in ("root", "0") for part in owner[0].split(":"))


def _paths(invocation: Invocation, words: Sequence[str]) -> Iterator[str]:
    """The absolute paths that words mean: everything for one that is not known."""
    if any(word.dynamic for word in invocation.program.arguments):
        yield "/"
        return
    for word in words:
        glob = _GLOB.search(word)
        path = word if glob is None else f"./{word[: glob.start()]}".rpartition("/")[0][2:]
        if word.startswith("/"):
            yield joined("/", path)
        elif isinstance(invocation.cwd, Known):
            yield joined(invocation.cwd.value, path or ".")
        else:
            yield "/"
