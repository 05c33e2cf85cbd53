"""The reserved words of the shell, each with what it does to the splitter."""

from typing import TYPE_CHECKING, TypeAlias

from dockerlint_py.shell.command import BlockKind, Compound
from dockerlint_py.shell.conditional import read_conditional
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable

    from dockerlint_py.shell.splitter import Splitter

Handler: TypeAlias = "Callable[[Splitter], None]"

_TIME_OPTION = regex(r"[ \t]++-p(?=[ \t\n])")
_OTHER_OPTION = regex(r"[ \t]++-")
_COPROC_NAME = regex(r"[ \t]++[A-Za-z_][A-Za-z0-9_]*+(?=[ \t]++[{(])")
_PARAMETER_LIST = regex(r"[ \t]*+\([ \t]*+\)")


def _opens(kind: BlockKind) -> Handler:
    def handle(splitter: "Splitter") -> None:
        splitter.open(kind)

    return handle


def _turns(word: str, kinds: tuple[BlockKind, ...], to: BlockKind) -> Handler:
    def handle(splitter: "Splitter") -> None:
        if splitter.blocks.top in kinds:
            splitter.turn(to)
        else:
            _unexpected(splitter, word)

    return handle


def _closes(word: str, kinds: tuple[BlockKind, ...]) -> Handler:
    def handle(splitter: "Splitter") -> None:
        if splitter.blocks.top in kinds:
            splitter.close()
        else:
            _unexpected(splitter, word)

    return handle


def _unexpected(splitter: "Splitter", word: str) -> None:
    splitter.problem(f"unexpected {word}", splitter.token, splitter.token + len(word))


def _elif(splitter: "Splitter") -> None:
    if splitter.blocks.top is not BlockKind.THEN:
        _unexpected(splitter, "elif")
        return
    splitter.turn(BlockKind.ELSE)
    splitter.open(BlockKind.IF, compound=splitter.blocks.stack[-1].compound)


def _do(splitter: "Splitter") -> None:
    top = splitter.blocks.top
    if top is BlockKind.WHILE:
        splitter.turn(BlockKind.DO)
    elif top is not BlockKind.FOR:
        _unexpected(splitter, "do")


def _for(splitter: "Splitter") -> None:
    at = splitter.skip_newlines()
    if splitter.text.startswith("((", at):
        close = splitter.arithmetic_end(at)
        if close >= 0:
            splitter.arithmetic(at, close)
        splitter.open(BlockKind.FOR)
        return
    name = splitter.next_word()
    at = splitter.skip_newlines()
    splitter.at = at
    if _at_word(splitter, at, "in"):
        splitter.at = at + 2
        while splitter.next_word() is not None:
            pass
    splitter.open(BlockKind.FOR, name.value if name else "")


def _case(splitter: "Splitter") -> None:
    splitter.next_word()
    at = splitter.skip_newlines()
    if not _at_word(splitter, at, "in"):
        _unexpected(splitter, "case")
        return
    splitter.at = at + 2
    _arm(splitter, Compound(splitter.before, splitter.prefix))


def _next_arm(splitter: "Splitter") -> None:
    if splitter.blocks.top is not BlockKind.CASE:
        _unexpected(splitter, ";;")
        return
    _arm(splitter, splitter.blocks.stack[-1].compound)


def _arm(splitter: "Splitter", compound: Compound) -> None:
    """Reads `pattern|pattern)` and enters the arm, or leaves at `esac`."""
    at = splitter.skip_newlines()
    if _at_word(splitter, at, "esac"):
        splitter.at = at + 4
        _enter(splitter, compound, "")
        splitter.close()
        return
    splitter.at = at + splitter.text.startswith("(", at)
    patterns: list[str] = []
    while (word := splitter.next_word()) is not None:
        patterns.append(word.value)
        at = splitter.skip_blanks()
        if not splitter.text.startswith("|", at):
            break
        splitter.at = at + 1
    at = splitter.skip_blanks()
    if splitter.text.startswith(")", at) and at < splitter.end:
        splitter.at = at + 1
    else:
        splitter.problem("case pattern without a parenthesis", at, at)
    _enter(splitter, compound, "|".join(patterns))


def _enter(splitter: "Splitter", compound: Compound, label: str) -> None:
    stack = splitter.blocks.stack
    if stack and stack[-1].compound is compound:
        splitter.turn(BlockKind.CASE, label)
    else:
        splitter.open(BlockKind.CASE, label, compound)


def _at_word(splitter: "Splitter", at: int, word: str) -> bool:
    end = at + len(word)
    if end > splitter.end or not splitter.text.startswith(word, at):
        return False
    return end == splitter.end or splitter.text[end] in " \t\n;|&<>()"


def _function(splitter: "Splitter") -> None:
    name = splitter.next_word()
    match = _PARAMETER_LIST.match(splitter.text, splitter.at, splitter.end)
    if match is not None:
        splitter.at = match.end()
    splitter.open(BlockKind.FUNCTION, name.value if name else "")


def _prefix(splitter: "Splitter") -> None:
    splitter.prefix = (*splitter.prefix[-3:], splitter.text[splitter.token : splitter.at])


def _time(splitter: "Splitter") -> None:
    match = _TIME_OPTION.match(splitter.text, splitter.at, splitter.end)
    if match is None and _OTHER_OPTION.match(splitter.text, splitter.at, splitter.end):
        splitter.take_word(splitter.token)
        return
    _prefix(splitter)
    if match is not None:
        splitter.at = match.end()


def _coproc(splitter: "Splitter") -> None:
    _prefix(splitter)
    match = _COPROC_NAME.match(splitter.text, splitter.at, splitter.end)
    if match is not None:
        splitter.at = match.end()


KEYWORDS: dict[str, Handler] = {
    "if": _opens(BlockKind.IF),
    "then": _turns("then", (BlockKind.IF,), BlockKind.THEN),
    "elif": _elif,
    "else": _turns("else", (BlockKind.THEN,), BlockKind.ELSE),
    "fi": _closes("fi", (BlockKind.THEN, BlockKind.ELSE, BlockKind.IF)),
    "while": _opens(BlockKind.WHILE),
    "until": _opens(BlockKind.WHILE),
    "for": _for,
    "select": _for,
    "do": _do,
    "done": _closes("done", (BlockKind.DO, BlockKind.FOR, BlockKind.WHILE)),
    "case": _case,
    ";;": _next_arm,
    "esac": _closes("esac", (BlockKind.CASE,)),
    "{": _opens(BlockKind.GROUP),
    "}": _closes("}", (BlockKind.GROUP,)),
    "function": _function,
    "!": _prefix,
    "time": _time,
    "coproc": _coproc,
    "[[": read_conditional,
}
