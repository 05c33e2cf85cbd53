"""Splits shell text into commands: one pass, a stack of open compound commands, no backtracking.

The language is that of bash, of which POSIX sh is a part. What is wrong is noted as a problem and
passed over; nothing raises.
"""

from dockerlint_py.shell.blocks import BlockStack
from dockerlint_py.shell.command import (
    Assignment,
    Block,
    BlockKind,
    Command,
    Compound,
    Redirection,
    Script,
)
from dockerlint_py.shell.family import ShellFamily
from dockerlint_py.shell.heredocs import read_bodies
from dockerlint_py.shell.keywords import KEYWORDS
from dockerlint_py.shell.scanner import Run
from dockerlint_py.shell.tokens import TOKEN, TokenReader
from dockerlint_py.shell.word import Word
from dockerlint_py.text import LogicalText
from dockerlint_py.text.regex import regex

_ASSIGNMENT = regex(r"([A-Za-z_][A-Za-z0-9_]*+)(?:\[[^\]\n]*+\])?(\+?)=")
_PARAMETER_LIST = regex(r"\([ \t]*+\)")
_SAME_OPERATOR = {"|&": "|", ";&": ";;", ";;&": ";;"}


def split(text: LogicalText, shell: ShellFamily = ShellFamily.UNKNOWN) -> Script:
    """The commands of a shell script, of a `RUN`, or of the text behind `sh -c`.

    Takes time linear in the text and never raises. Here-document bodies are expected where the
    shell reads them, behind the line that announces them. Text for a `shell` of another language
    (PowerShell, cmd.exe, Python) is left alone: no commands, and a reason.
    """
    if not shell.posix:
        return Script((), (), f"the shell is {shell}")
    run = Run()
    Splitter(text, 0, len(text.text), run).read()
    for slot, heredocs in run.heredocs.items():
        command = run.commands[slot]
        if command is not None:
            run.commands[slot] = command._replace(heredocs=tuple(heredocs))
    commands = tuple([command for command in run.commands if command is not None])
    return Script(commands, tuple(run.problems))


class Splitter(TokenReader):
    """Reads the commands of one list: a whole text, or the inside of a substitution.

    The functions of `keywords` and `heredocs` drive it too.
    """

    __slots__ = (
        "assignments",
        "before",
        "blocks",
        "closed",
        "last",
        "nested",
        "prefix",
        "redirections",
        "slot",
        "start",
        "token",
        "words",
    )

    def __init__(
        self,
        logical: LogicalText,
        start: int,
        end: int,
        run: Run,
        outer: tuple[Block, ...] = (),
        *,
        nested: bool = False,
    ) -> None:
        super().__init__(logical, start, end, run)
        self.token = start
        self.nested = nested
        self.blocks = BlockStack(outer)
        self.before = ""
        self.prefix: tuple[str, ...] = ()
        self.closed: Compound | None = None
        self._clear()

    def _clear(self) -> None:
        self.words: list[Word] = []
        self.assignments: list[Assignment] = []
        self.redirections: list[Redirection] = []
        self.slot = -1
        self.start = self.last = self.at

    def commands(self, logical: LogicalText, start: int, end: int, *, nested: bool) -> int:
        """Reads commands from `start`, to the `)` that closes a `nested` list, or to `end`."""
        block = Block(BlockKind.SUBSTITUTION, "", Compound("", ()))
        outer = (*self.blocks.context, block)
        return Splitter(logical, start, end, self.run, outer, nested=nested).read()

    def bounded(self, end: int) -> "Splitter":
        """A scanner in the same context for a part of the text that ends at `end`."""
        return Splitter(self.logical, self.at, end, self.run, self.blocks.context)

    def read(self) -> int:
        """Reads to the end of the list; returns what is behind it."""
        token, text, logical, end = TOKEN.match, self.text, self.logical, self.end
        while (match := token(text, self.at, end)) is not None:
            kind = match.lastgroup
            start, after = match.span(kind or 0)
            if kind == "plain":
                if self.words:
                    self.words.append(Word.plain(logical, start, after))
                    self.at = self.last = after
                else:
                    self._first(start, after)
            elif kind == "operator":
                if self._operator(match["operator"], start, after):
                    return after
            elif kind == "other":
                self._word(start)
            elif kind == "comment":
                self.at = after
            else:
                self._redirect(kind == "number", start, after)
        return self._finish()

    def _finish(self) -> int:
        self.at = self.end
        self.end_command("")
        if self.nested:
            self.problem("unterminated command substitution", self.end, self.end)
        elif not self.run.depth and self.run.pending:
            read_bodies(self, self.end)
        self._unfinished()
        return self.end

    def _unfinished(self) -> None:
        if self.blocks.top is not None:
            self.problem(f"unfinished {self.blocks.top}", self.at, self.at)

    # Tokens

    def _first(self, start: int, end: int) -> None:
        """Takes a word without anything special in it where a command may begin."""
        if self.slot < 0 and self._reserved(self.text[start:end], start, end):
            return
        self.reserve(start)
        self._push(Word.plain(self.logical, start, end), end)

    def _reserved(self, text: str, start: int, end: int) -> bool:
        """Takes a word as a reserved word, if it is one."""
        handler = KEYWORDS.get(text)
        if handler is None:
            return False
        self.token, self.at = start, end
        handler(self)
        return True

    def take_word(self, start: int) -> None:
        """Takes the word at `start` even if it is reserved."""
        self.reserve(start)
        word, end = self.word(start)
        self._push(word, end)

    def _word(self, start: int) -> None:
        opening = not self.words and self.slot < 0
        self.reserve(start)
        word, end = self.word(start)
        if opening and word.raw in KEYWORDS:
            self.release()
            self._reserved(word.raw, start, end)
        else:
            self._push(word, end)

    def reserve(self, start: int) -> None:
        """Takes the next place in the list for the command that begins at `start`."""
        if self.slot < 0:
            self.slot = len(self.run.commands)
            self.run.commands.append(None)
            self.start = start

    def release(self) -> None:
        """Leaves the place empty: it was not a command."""
        self._clear()

    def _push(self, word: Word, end: int) -> None:
        self.at = self.last = end
        if self.text.startswith("=(", end - 1) and end < self.end:
            word = self.array(word)
            self.last = self.at
        if not self.words and "=" in word.value:
            match = _ASSIGNMENT.match(word.raw)
            if match is not None:
                value = word.after(match.end())
                self.assignments.append(Assignment(match[1], value, bool(match[2])))
                return
        self.words.append(word)

    def _redirect(self, numbered: bool, start: int, end: int) -> None:
        self.reserve(start)
        number = int(self.text[start : min(end, start + 6)]) if numbered else None
        match = TOKEN.match(self.text, end, self.end) if numbered else None
        begin = match.start("redirect") if match else start
        self.at = match.end() if match else end
        operator = self.text[begin : self.at]
        target = self.next_word()
        if target is None:
            self.problem("redirection without a target", start, self.at)
            self.last = self.at
            return
        self.last = self.at
        self.redirections.append(Redirection(operator, target, number))
        if operator in ("<<", "<<-"):
            self.run.pending.append((self.slot, target, operator == "<<-"))

    # Operators

    def _operator(self, operator: str, start: int, end: int) -> bool:
        """Takes an operator; tells whether it is the end of this list."""
        self.at = end
        if operator == "(":
            self._open_parenthesis(start)
        elif operator == ")":
            return self._close_parenthesis(start)
        else:
            name = _SAME_OPERATOR.get(operator, operator)
            self.end_command(name)
            if name == "\n" and self.run.pending:
                self.at = read_bodies(self, end)
            elif name == ";;":
                self._reserved(name, start, end)
        return False

    def _open_parenthesis(self, start: int) -> None:
        if self.slot < 0:
            close = self.arithmetic_end(start) if self.text.startswith("((", start) else -1
            if close < 0:
                self.open(BlockKind.SUBSHELL)
                return
            self.arithmetic(start, close)
            self.closed = Compound(self.before, self.prefix)
            return
        match = _PARAMETER_LIST.match(self.text, start, self.end)
        if match is None or len(self.words) != 1 or self.assignments or self.redirections:
            self.problem("unexpected parenthesis", start, start + 1)
            return
        name = self.words[0].value
        self.at = match.end()
        self.release()
        self.open(BlockKind.FUNCTION, name)

    def arithmetic(self, start: int, close: int) -> None:
        """Reads the substitutions in the `((...))` from `start` to `close`."""
        self.substitutions(start + 2, close - 2)
        self.at = close

    def _close_parenthesis(self, start: int) -> bool:
        self.end_command("")
        if self.blocks.subshells:
            if self.blocks.top is not BlockKind.SUBSHELL:
                self._unfinished()
            while self.blocks.top is not BlockKind.SUBSHELL:
                self.blocks.pop()
            self.close()
            return False
        if self.nested:
            self._unfinished()
            return True
        self.problem("unexpected parenthesis", start, start + 1)
        return False

    def end_command(self, operator: str) -> None:
        """Finishes the command that was read, if one was; `operator` is what ended it."""
        redirected = self.slot >= 0
        if redirected:
            self.run.commands[self.slot] = self._command(operator)
            self._clear()
            self.prefix = ()
        elif self.closed is None:
            if operator == "\n" and self.before in (";", "&"):
                self.before = operator
            return
        if self.closed is not None:
            self.closed.after = operator
            self.closed.redirected = redirected
            self.closed = None
        self.before = operator
        if self.blocks.top is BlockKind.FUNCTION:
            self.blocks.pop()

    def _command(self, operator: str) -> Command:
        return Command(
            tuple(self.words),
            self.logical,
            self.start,
            self.last,
            tuple(self.assignments),
            tuple(self.redirections),
            (),
            self.before,
            operator,
            self.blocks.context,
            self.prefix,
        )

    # Compound commands

    def open(self, kind: BlockKind, label: str = "", compound: Compound | None = None) -> None:
        """Enters a block, of a new compound command unless one is given."""
        self.blocks.push(Block(kind, label, compound or Compound(self.before, self.prefix)))
        self.closed = None
        self.before, self.prefix = "", ()

    def turn(self, kind: BlockKind, label: str = "") -> None:
        """Goes on to the next block of the compound command that is open."""
        self.blocks.turn(kind, label)
        self.before, self.prefix = "", ()

    def close(self) -> None:
        """Leaves the compound command that is open, and the function that it is the body of."""
        self.closed = self.blocks.close()
        self.closed.end = self.at
        self.before = self.closed.before
