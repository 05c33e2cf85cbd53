"""Which command a script ends with, and whether it takes the place of the shell.

Measured with dash 0.5.12, bash 5.2.15 and busybox 1.35; `tests/shell/test_flow.py` repeats it.
"""

from collections.abc import Sequence
from typing import TypeAlias

from dockerlint_py.record import NamedTuple
from dockerlint_py.shell.command import Block, BlockKind, Command, Script
from dockerlint_py.shell.family import ShellFamily
from dockerlint_py.text.regex import regex

_MAX_CALLS = 20

# fmt: off
_BUILTINS = frozenset({
    ":", ".", "[", "[[", "break", "cd", "continue", "echo", "eval", "exit", "export", "false",
    "kill", "local", "printf", "pwd", "read", "readonly", "return", "set", "shift", "source",
    "test", "trap", "true", "ulimit", "umask", "unset", "wait",
})
# fmt: on

_BRANCHES = frozenset({BlockKind.IF, BlockKind.THEN, BlockKind.ELSE, BlockKind.CASE})
_ALTERNATIVES = frozenset(BlockKind) - {BlockKind.IF, BlockKind.WHILE}
_ASH_EXECS_IN = _BRANCHES | {BlockKind.GROUP, BlockKind.SUBSHELL}
# What may stand behind the last command: with more, the shell does not know that it is the last.
_LAST_TEXT = {
    ShellFamily.BASH: regex(r"(?:[ \t;]|\\\n)*+(?:\#[^\n]*+)?\n?\Z"),
    ShellFamily.ASH: regex(r"(?:[ \t;]|\\\n)*+(?:\#[^\n]*+)?\Z"),
}
_CONDITIONAL = frozenset({"|", "&", "&&", "||"})
_OWN_PROCESS = (BlockKind.SUBSHELL, BlockKind.SUBSTITUTION)

_Functions: TypeAlias = dict[str, list[Command]]


class Ending(NamedTuple):
    """A command that may be the last one to run.

    `replaces` tells whether a program run by it takes the place of the shell, and so is PID 1 if
    the shell was; None when the shell is not known well enough. A built-in command never does.
    """

    command: Command
    replaces: bool | None


def endings(script: Script, shell: ShellFamily, *, of_file: bool = False) -> tuple[Ending, ...]:
    """Every command that the script may end with, in the order of the text.

    An explicit `exec` ends it wherever it stands. `of_file` says that the shell reads the text
    from a file: then nothing but an explicit `exec` replaces it, in any shell.
    """
    functions = _functions(script.commands)
    called = {command.name for command in script.commands}
    found: dict[int, Ending] = {}
    for number, command in enumerate(script.commands):
        if _is_exec(command) and _runs_in_shell(command, called):
            found[number] = Ending(command, replaces=True)
    numbers = {id(command): number for number, command in enumerate(script.commands)}
    for command in _final(list(script.commands), 0, functions, _MAX_CALLS):
        number = numbers[id(command)]
        if number not in found:
            found[number] = Ending(command, _implied(command, script, shell, of_file=of_file))
    return tuple([found[number] for number in sorted(found)])


def _is_exec(command: Command) -> bool:
    return command.name == "exec" and len(command.words) > 1


def _runs_in_shell(command: Command, called: set[str]) -> bool:
    """Whether the shell itself runs the command, not a child of it."""
    if "|" in (command.before, command.after) or command.background:
        return False
    for block in command.context:
        if block.kind in _OWN_PROCESS or "|" in (block.compound.before, block.compound.after):
            return False
        if block.kind is BlockKind.FUNCTION and block.label not in called:
            return False
    return True


def _functions(commands: Sequence[Command]) -> _Functions:
    bodies: _Functions = {}
    for command in commands:
        for block in command.context:
            if block.kind is BlockKind.FUNCTION:
                bodies.setdefault(block.label, []).append(command)
    return bodies


def _final(commands: list[Command], depth: int, functions: _Functions, calls: int) -> list[Command]:
    """The last commands of a list whose members have `depth` blocks around them."""
    run = _executed(commands, depth)
    if not run:
        return []
    last = run[-1]
    if len(last.context) > depth:
        return _final_of_compound(run, depth, functions, calls)
    body = functions.get(last.name)
    if body is None or not calls:
        return [last]
    inside = next(
        number
        for number, block in enumerate(body[0].context)
        if block.kind is BlockKind.FUNCTION and block.label == last.name
    )
    return _final(body, inside + 1, functions, calls - 1) or [last]


def _executed(commands: list[Command], depth: int) -> list[Command]:
    """The commands without those of substitutions and function bodies, up to an `exec`."""
    run: list[Command] = []
    for command in commands:
        block = command.context[depth] if len(command.context) > depth else None
        if block is not None and block.kind in (BlockKind.SUBSTITUTION, BlockKind.FUNCTION):
            continue
        if _belongs_to_compound(command) and run and len(run[-1].context) > depth:
            continue
        run.append(command)
        if block is None and _is_exec(command) and not _is_conditional(command):
            break
    return run


def _is_conditional(command: Command) -> bool:
    return bool(_CONDITIONAL & {command.before, command.after})


def _belongs_to_compound(command: Command) -> bool:
    """Whether the command holds nothing but redirections, of the compound command before it."""
    return not command.words and not command.assignments


def _final_of_compound(
    run: list[Command], depth: int, functions: _Functions, calls: int
) -> list[Command]:
    compound = run[-1].context[depth].compound
    branches: dict[tuple[BlockKind, str], list[Command]] = {}
    for command in reversed(run):
        if len(command.context) <= depth or command.context[depth].compound is not compound:
            break
        block = command.context[depth]
        if block.kind in _ALTERNATIVES:
            branches.setdefault((block.kind, block.label), []).append(command)
    last: list[Command] = []
    for members in reversed(branches.values()):
        last.extend(_final(members[::-1], depth + 1, functions, calls))
    return last


def _implied(command: Command, script: Script, shell: ShellFamily, *, of_file: bool) -> bool | None:
    """Whether a shell that was given the script with `-c` execs its last command unasked."""
    if of_file or shell is ShellFamily.DASH:
        return False
    if shell not in _LAST_TEXT:
        return None
    if command.prefix or not command.words or command.name in _BUILTINS:
        return False
    if command.background or "|" in (command.before, command.after) or _traps(script):
        return False
    end = command.context[0].compound.end if command.context else command.end
    if _LAST_TEXT[shell].match(command.text.text, end) is None:
        return False
    if shell is ShellFamily.ASH:
        return all(_ash_execs_in(block) for block in command.context)
    return not (command.context or command.redirections) and _bash_execs(script.commands)


def _ash_execs_in(block: Block) -> bool:
    compound = block.compound
    piped = "|" in (compound.before, compound.after)
    return block.kind in _ASH_EXECS_IN and not (piped or compound.prefix or compound.redirected)


def _bash_execs(commands: Sequence[Command]) -> bool:
    """Whether the last command is the right side of the outermost operator of its line."""
    if commands[-1].before in ("&", ";"):
        return commands[-1].before == ";"
    for command in reversed(commands):
        before = command.context[0].compound.before if command.context else command.before
        if before not in ("&&", "||", "|"):
            return before in ("", "\n")
    return True


def _traps(script: Script) -> bool:
    """Whether a signal handler is set: the shell has to stay to run it."""
    return any(
        command.name == "trap"
        and len(command.words) > 2
        and command.words[1].value not in ("", "-")
        for command in script.commands
    )
