"""The compound commands that are open while a script is read."""

from dockerlint_py.shell.command import Block, BlockKind, Compound

MAX_BLOCKS = 32
"""Blocks inside each other that a command's context tells; those deeper inside are left out."""


class BlockStack:
    """The open blocks, the innermost last, and the context that they give to a command."""

    __slots__ = ("_outer", "context", "stack", "subshells")

    def __init__(self, outer: tuple[Block, ...]) -> None:
        self._outer = outer
        self.context = outer
        self.stack: list[Block] = []
        self.subshells = 0

    @property
    def top(self) -> BlockKind | None:
        """The kind of the innermost block."""
        return self.stack[-1].kind if self.stack else None

    def push(self, block: Block) -> None:
        """Enters a block."""
        self.stack.append(block)
        self.subshells += block.kind is BlockKind.SUBSHELL
        if len(self.stack) <= MAX_BLOCKS:
            self.context = (*self._outer, *self.stack)

    def pop(self) -> Block:
        """Leaves the innermost block."""
        block = self.stack.pop()
        self.subshells -= block.kind is BlockKind.SUBSHELL
        if len(self.stack) < MAX_BLOCKS:
            self.context = (*self._outer, *self.stack)
        return block

    def turn(self, kind: BlockKind, label: str) -> None:
        """Goes on to the next block of the innermost compound command."""
        compound = self.pop().compound
        self.push(Block(kind, label, compound))

    def close(self) -> Compound:
        """Leaves the innermost compound command, and the function that it is the body of."""
        compound = self.stack[-1].compound
        while self.stack and self.stack[-1].compound is compound:
            self.pop()
        return self.pop().compound if self.top is BlockKind.FUNCTION else compound
