"""What a shell keeps while its script goes on: its variables, and the folder it is in."""

from typing import TypeAlias

from dockerlint_py.facts import EnvLayer, Fact, Known, Unknown
from dockerlint_py.model.image.paths import joined
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import Block, BlockKind, Command, Word

LAYER = "script"

Branches: TypeAlias = tuple[Block, ...]
"""The blocks around a command whose assignments may not hold outside of them."""

_OWN_PROCESS = (BlockKind.SUBSHELL, BlockKind.SUBSTITUTION)
_ALWAYS_RUN = (BlockKind.GROUP, BlockKind.IF, BlockKind.WHILE)


def branches_of(command: Command) -> Branches:
    """The branches, loops, functions and subshells around a command."""
    return tuple(block for block in command.context if block.kind not in _ALWAYS_RUN)


def may_be_skipped(command: Command) -> bool:
    """Whether a block around a command may be left out: a branch, a loop, a function."""
    always = (*_ALWAYS_RUN, *_OWN_PROCESS)
    return any(block.kind not in always for block in command.context)


class _Bound(NamedTuple):
    fact: Fact[str | None]
    branches: Branches
    exported: bool
    sure: bool


class ShellVariables:
    """What a script assigns, exports and unsets.

    A value assigned in a branch is known inside of that branch only. After `forget` any variable
    may have any value, unless it is assigned again.
    """

    __slots__ = ("_bound", "_rest", "exports_all")

    def __init__(self) -> None:
        self._bound: dict[str, _Bound] = {}
        self._rest: Unknown[str] | None = None
        self.exports_all = False

    def handed_on(self) -> "ShellVariables":
        """The values, for a shell of its own; what is exported is in its environment already."""
        other = ShellVariables()
        other._bound = {name: b._replace(exported=False) for name, b in self._bound.items()}
        other._rest = self._rest
        return other

    def assign(
        self, name: str, fact: Fact[str | None], branches: Branches, *, sure: bool = True
    ) -> None:
        """`name=value`; not `sure` when the assignment may be skipped."""
        before = self._bound.get(name)
        exported = self.exports_all or (before is not None and before.exported)
        self._bound[name] = _Bound(fact, branches, exported, sure)

    def export(self, name: str, inherited: Fact[str | None]) -> None:
        """`export name`; `inherited` is the value that the shell was started with."""
        bound = self._bound.get(name) or _Bound(inherited, (), exported=True, sure=True)
        self._bound[name] = bound._replace(exported=True)

    def forget(self, why: str) -> None:
        """Something unseen may have set anything: a sourced file, `eval`."""
        self._bound.clear()
        self._rest = Unknown(why)

    def get(self, name: str, branches: Branches) -> Fact[str | None] | None:
        """The value for a command in these branches; None when the script says nothing of it."""
        bound = self._bound.get(name)
        return self._rest if bound is None else _seen(bound, branches)

    def exported(self, branches: Branches = ()) -> EnvLayer | None:
        """What a program started from these branches gets; None when that is nothing."""
        values = {n: _seen(b, branches) for n, b in self._bound.items() if b.exported}
        if not values and self._rest is None:
            return None
        return EnvLayer(LAYER, values, self._rest)


def _seen(bound: _Bound, branches: Branches) -> Fact[str | None]:
    if bound.sure and branches[: len(bound.branches)] == bound.branches:
        return bound.fact
    maybe = bound.fact.value if isinstance(bound.fact, Known) else bound.fact.maybe
    return Unknown("it is set in a branch of the script", maybe, bound.fact.places)


class WorkingFolder:
    """Where a script is, `cd` by `cd`.

    A subshell leaves the folder of its parent alone; after a branch it is not known any more.
    """

    __slots__ = ("_moves", "_start")

    def __init__(self, start: Fact[str]) -> None:
        self._start = start
        self._moves: list[tuple[Branches, Fact[str]]] = []

    @property
    def now(self) -> Fact[str]:
        """The folder, absolute."""
        return self._moves[-1][1] if self._moves else self._start

    def enter(self, branches: Branches) -> None:
        """The next command stands in these branches: those around earlier ones may have ended."""
        while self._moves:
            inside, _ = self._moves[-1]
            common = _common(inside, branches)
            if common == len(inside):
                return
            self._moves.pop()
            if inside[common].kind not in _OWN_PROCESS:
                self._go(branches[:common], Unknown("a `cd` may or may not happen"))
                return

    def change(self, words: tuple[Word, ...], branches: Branches, *, sure: bool) -> None:
        """`cd words`; not `sure` when it may be skipped."""
        places = tuple(word.place for word in words[:1])
        if len(words) != 1 or words[0].dynamic or words[0].value in ("-", "~"):
            self._go(branches, Unknown("a `cd` cannot be followed", places=places))
        elif not sure:
            self._go(branches, Unknown("a `cd` may or may not happen", places=places))
        elif words[0].value.startswith("/"):
            self._go(branches, Known(joined("/", words[0].value), places))
        elif isinstance(now := self.now, Known):
            self._go(branches, Known(joined(now.value, words[0].value), places))

    def _go(self, branches: Branches, folder: Fact[str]) -> None:
        self._moves = [move for move in self._moves if move[0] != branches]
        self._moves.append((branches, folder))


def _common(one: Branches, other: Branches) -> int:
    """How many blocks two contexts share, from the outside in."""
    length = 0
    for block, twin in zip(one, other, strict=False):
        if block != twin:
            break
        length += 1
    return length
