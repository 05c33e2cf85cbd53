"""What BuildKit refuses in an instruction that its grammar accepts."""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from dockerlint_py.dockerfile.syntax import Flag, Instruction, Problem
from dockerlint_py.text import Span
from dockerlint_py.text.regex import regex

_Check: TypeAlias = Callable[[Instruction], Iterator[Problem]]

_FLAGS: Final[dict[str, frozenset[str]]] = {
    "ADD": frozenset(
        {"checksum", "chmod", "chown", "exclude", "keep-git-dir", "link", "unpack"},
    ),
    "COPY": frozenset({"chmod", "chown", "exclude", "from", "link", "parents"}),
    "FROM": frozenset({"platform"}),
    "HEALTHCHECK": frozenset({"interval", "retries", "start-interval", "start-period", "timeout"}),
    "RUN": frozenset({"device", "mount", "network", "security"}),
}
_SWITCHES: Final = frozenset({"keep-git-dir", "link", "parents", "unpack"})
_REPEATABLE: Final = frozenset({"device", "exclude", "mount"})
_STAGE_NAME = regex(r"[a-z][a-z0-9_.-]*+")


def validate(instruction: Instruction, problems: list[Problem]) -> None:
    """Add the problems of an instruction and of what ONBUILD holds to the list."""
    while True:
        if instruction.keyword in _CHECKS:
            problems += _check_flags(instruction) if instruction.flags else ()
            check = _CHECKS[instruction.keyword]
            problems += check(instruction) if check else ()
        else:
            problems.append(_unknown_instruction(instruction))
        if instruction.trigger is None:
            return
        instruction = instruction.trigger


def _unknown_instruction(instruction: Instruction) -> Problem:
    message = f"unknown instruction: {instruction.keyword}"
    return Problem("unknown-instruction", message, instruction.keyword_span)


def _check_flags(instruction: Instruction) -> Iterator[Problem]:
    known = _FLAGS.get(instruction.keyword, frozenset())
    seen: set[str] = set()
    for flag in instruction.flags:
        if flag.name not in known:
            yield Problem("unknown-flag", f"unknown flag: --{flag.name}", flag.span)
        elif flag.name in seen and flag.name not in _REPEATABLE:
            message = f"duplicate flag specified: --{flag.name}"
            yield Problem("duplicate-flag", message, flag.span)
        else:
            yield from _check_flag_value(flag)
        seen.add(flag.name)


def _check_flag_value(flag: Flag) -> Iterator[Problem]:
    if flag.name not in _SWITCHES:
        if flag.value is None:
            yield Problem("flag-value", f"missing a value on flag: --{flag.name}", flag.span)
    elif flag.value is not None and flag.value.lower() not in {"true", "false"}:
        message = f"expecting boolean value for flag --{flag.name}, not {flag.value!r}"
        yield Problem("flag-value", message, flag.span)


def _arguments(instruction: Instruction, message: str) -> Problem:
    """A problem with the number of arguments, shown at them or at the keyword."""
    args = instruction.args
    span = Span(args[0].span.start, args[-1].span.end) if args else instruction.keyword_span
    return Problem("arguments", f"{instruction.keyword} {message}", span)


def _at_least_one(instruction: Instruction) -> Iterator[Problem]:
    if not instruction.args:
        yield _arguments(instruction, "requires at least one argument")


def _exactly_one(instruction: Instruction) -> Iterator[Problem]:
    if not instruction.args:
        yield _arguments(instruction, "requires exactly one argument")


def _from(instruction: Instruction) -> Iterator[Problem]:
    args = instruction.args
    if len(args) != 1 and not (len(args) == 3 and args[1].value.lower() == "as"):
        yield _arguments(instruction, "requires either one or three arguments")
    elif len(args) == 3 and not _STAGE_NAME.fullmatch(args[2].value.lower()):
        message = f"invalid name for build stage: {args[2].value!r}"
        yield Problem("stage-name", message, args[2].span)


def _paths(instruction: Instruction) -> Iterator[Problem]:
    if len(instruction.args) < 2:
        yield _arguments(instruction, "requires at least two arguments, a source and a destination")


def _names(instruction: Instruction) -> Iterator[Problem]:
    yield from _at_least_one(instruction)
    for pair in instruction.pairs:
        if pair.key.start == pair.key.end:
            message = f"{instruction.keyword} names can not be blank"
            yield Problem("blank-name", message, instruction.keyword_span)


def _shell(instruction: Instruction) -> Iterator[Problem]:
    if not instruction.json:
        yield _arguments(instruction, "requires the arguments to be in JSON form")
    yield from _at_least_one(instruction)


def _volume(instruction: Instruction) -> Iterator[Problem]:
    yield from _at_least_one(instruction)
    for word in instruction.args:
        if not word.value:
            yield Problem("arguments", "VOLUME can not be an empty string", word.span)


def _health_check(instruction: Instruction) -> Iterator[Problem]:
    args = instruction.args
    if not args:
        yield _arguments(instruction, "requires at least one argument")
        return
    kind = args[0].value.upper()
    if kind == "NONE":
        if len(args) > 1:
            yield _arguments(instruction, "NONE takes no arguments")
    elif kind != "CMD":
        yield Problem("arguments", f"unknown type {kind!r} in HEALTHCHECK (try CMD)", args[0].span)
    elif len(args) == 1:
        yield _arguments(instruction, "CMD requires a command")


def _on_build(instruction: Instruction) -> Iterator[Problem]:
    trigger = instruction.trigger
    if trigger is None:
        yield _arguments(instruction, "requires at least one argument")
    elif trigger.keyword in {"FROM", "MAINTAINER", "ONBUILD"}:
        message = f"{trigger.keyword} isn't allowed as an ONBUILD trigger"
        yield Problem("trigger", message, trigger.keyword_span)


_CHECKS: Final[dict[str, _Check | None]] = {
    "ADD": _paths,
    "ARG": _names,
    "CMD": None,
    "COPY": _paths,
    "ENTRYPOINT": None,
    "ENV": _names,
    "EXPOSE": _at_least_one,
    "FROM": _from,
    "HEALTHCHECK": _health_check,
    "LABEL": _names,
    "MAINTAINER": _exactly_one,
    "ONBUILD": _on_build,
    "RUN": None,
    "SHELL": _shell,
    "STOPSIGNAL": _exactly_one,
    "USER": _exactly_one,
    "VOLUME": _volume,
    "WORKDIR": _exactly_one,
}
"""The check of every instruction; None where any arguments will do, or none at all."""
