"""What a shell script is split into: a flat list of commands that know where they stand."""

from collections.abc import Sequence
from enum import StrEnum

from dockerlint_py.record import NamedTuple
from dockerlint_py.shell.word import Word
from dockerlint_py.text import LogicalText, Place, Source, Span


class BlockKind(StrEnum):
    """The part of a compound command that a command stands in.

    `elif` is read as an `if` inside of the `else`. A `while` or `until` has its condition in
    `WHILE` and its body in `DO`; the body of `for` and `select` is `FOR`.
    """

    IF = "if"
    THEN = "then"
    ELSE = "else"
    WHILE = "while"
    DO = "do"
    FOR = "for"
    CASE = "case"
    FUNCTION = "function"
    GROUP = "group"
    SUBSHELL = "subshell"
    SUBSTITUTION = "$()"


class Compound:
    """One compound command: the operators around it, and whether redirections follow it.

    `end` is where it ends in the logical text. The splitter fills it in as it reads; nobody
    changes it afterwards.
    """

    __slots__ = ("after", "before", "end", "prefix", "redirected")

    def __init__(self, before: str, prefix: tuple[str, ...]) -> None:
        self.before = before
        self.prefix = prefix
        self.after = ""
        self.redirected = False
        self.end = 0


class Block(NamedTuple):
    """A part of a compound command; the parts of one compound share `compound`.

    `label` is the name of a function, the variable of a `for`, the pattern of a `case` arm.
    """

    kind: BlockKind
    label: str
    compound: Compound


class Assignment(NamedTuple):
    """`NAME=value` in front of a command, or alone."""

    name: str
    value: Word
    appends: bool = False


class Redirection(NamedTuple):
    """`fd operator target`; `fd` is None where the operator implies it."""

    operator: str
    target: Word
    fd: int | None = None


class Heredoc(NamedTuple):
    """A here-document; `body` is what the command reads, without the tabs that `<<-` removes.

    `expand` tells that the shell expands the body, that is that no part of `name` is quoted.
    """

    name: str
    body: LogicalText
    expand: bool


class Problem(NamedTuple):
    """Something that the splitter could not make sense of."""

    message: str
    place: Place


class Command(NamedTuple):
    """A simple command, or a `[[ ]]`.

    Redirections of a compound command (`done < list`) come as a command without words behind the
    commands of its body. `before` and `after` are the operators that join it to its neighbours
    inside of its block: `&&`, `||`, `;`, `;;`, `&`, `|`, a line feed, or nothing.
    `prefix` holds the reserved words `!`, `time` and `coproc` in front of it.
    """

    words: tuple[Word, ...]
    text: LogicalText
    start: int
    end: int
    assignments: tuple[Assignment, ...] = ()
    redirections: tuple[Redirection, ...] = ()
    heredocs: tuple[Heredoc, ...] = ()
    before: str = ""
    after: str = ""
    context: tuple[Block, ...] = ()
    prefix: tuple[str, ...] = ()

    @classmethod
    def from_argv(cls, argv: Sequence[LogicalText]) -> "Command":
        """The command of an exec form (a JSON or YAML array of strings); no shell reads it."""
        words = tuple([Word.verbatim(text) for text in argv])
        whole = _hull(argv)
        return cls(words, whole, 0, len(whole.text))

    @property
    def name(self) -> str:
        """The value of the first word, or nothing."""
        return self.words[0].value if self.words else ""

    @property
    def place(self) -> Place:
        """Where the command stands in its file."""
        return self.text.place(self.start, self.end)

    @property
    def background(self) -> bool:
        """Whether the shell does not wait for it: `&` behind it or behind a block around it."""
        return self.after == "&" or any(block.compound.after == "&" for block in self.context)

    def within(self, *kinds: BlockKind) -> bool:
        """Whether a block of one of these kinds is around the command."""
        return any(block.kind in kinds for block in self.context)


class Script(NamedTuple):
    """Everything that was read of a script: commands in the order of the text, and problems.

    A command stands in front of the commands in its own substitutions. `unread` says why nothing
    was read, when the text is in a language that is left alone.
    """

    commands: tuple[Command, ...]
    problems: tuple[Problem, ...] = ()
    unread: str = ""


def _hull(argv: Sequence[LogicalText]) -> LogicalText:
    """The source text from the first member of an exec form to the last."""
    if not argv:
        return LogicalText(Source("", ""), "", ())
    spans = [text.span(0, len(text.text)) for text in argv]
    source = argv[0].source
    low = min(span.start for span in spans)
    return LogicalText.verbatim(source, Span(low, max(span.end for span in spans)))
