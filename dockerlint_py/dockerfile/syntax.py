"""What a Dockerfile is made of: values with exact places in the file."""

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Place, Source, Span


class Problem(NamedTuple):
    """Something that BuildKit refuses: a stable code, a message for people, and where."""

    code: str
    message: str
    span: Span


class Word(NamedTuple):
    """The characters from `start` to `end` of a logical text."""

    owner: LogicalText
    start: int
    end: int

    @property
    def value(self) -> str:
        """The characters themselves: quotes, escapes and `$` stand as written."""
        return self.owner.text[self.start : self.end]

    @property
    def text(self) -> LogicalText:
        """The characters, mapped to the file one by one."""
        return self.owner.slice(self.start, self.end)

    @property
    def span(self) -> Span:
        """Where they stand in the file; an empty word has an empty span."""
        return self.owner.span(self.start, self.end)

    @property
    def place(self) -> Place:
        """The same with the source."""
        return Place(self.owner.source, self.span)


class Directive(NamedTuple):
    """A parser directive, `# name=value`: the name in lower case and the span of the comment."""

    name: str
    value: str
    span: Span


class Flag(NamedTuple):
    """A flag before the arguments, `--name=value`.

    `word` and `argument` are without the quotes and backslashes that BuildKit removes from flags,
    yet mapped to the file; `argument` is None for a flag without `=`.
    """

    name: str
    word: Word
    argument: Word | None

    @property
    def value(self) -> str | None:
        """The text after `=`, if there is one."""
        return None if self.argument is None else self.argument.value

    @property
    def span(self) -> Span:
        """The span of the whole flag."""
        return self.word.span


class Pair(NamedTuple):
    """A name and its value in ENV, LABEL or ARG; quotes and escapes stand as written.

    The value is None where there is none: `ARG NAME`, or an ENV that BuildKit refuses.
    """

    key: Word
    value: Word | None


class Heredoc(NamedTuple):
    """A here-document: `marker` is the word `<<NAME` and `span` its body in the file.

    `expand` tells that no part of the name was quoted, `chomp` that the marker was `<<-`. `body` is
    what the command reads: without leading tabs when `chomp` is set.
    """

    name: str
    expand: bool
    chomp: bool
    marker: Word
    span: Span
    body: LogicalText

    @property
    def content(self) -> str:
        """The body as it stands in the file, with its line ends."""
        return self.body.source.text[self.span.start : self.span.end]


class Instruction:
    """One instruction, or the instruction inside ONBUILD.

    `keyword` is in upper case. `start_line` and `end_line` (from 1) are BuildKit's, for whom an
    instruction begins before its keyword when a lone escape character stands above it.

    `args` has what BuildKit makes of the arguments: one word for the shell form, one for each
    element of the JSON form (`json`), names and values in turn for ENV and LABEL. `pairs` has ENV,
    LABEL and ARG by pairs; `legacy` is the form `ENV NAME value`. `trigger` is the instruction that
    ONBUILD holds; it shares the here-documents and lines of its ONBUILD.
    """

    __slots__ = (
        "_keyword",
        "_original",
        "_rest",
        "args",
        "end_line",
        "flags",
        "heredocs",
        "json",
        "keyword",
        "legacy",
        "pairs",
        "start_line",
        "trigger",
    )

    def __init__(
        self,
        name: str,
        keyword: Word,
        rest: Word,
        flags: tuple[Flag, ...],
        original: Word,
        arguments: "Arguments",
        lines: tuple[int, int],
        heredocs: tuple[Heredoc, ...] = (),
        trigger: "Instruction | None" = None,
    ) -> None:
        self.keyword = name
        self._keyword = keyword
        self._rest = rest
        self._original = original
        self.flags = flags
        self.args, self.json, self.pairs, self.legacy = arguments
        self.start_line, self.end_line = lines
        self.heredocs = heredocs
        self.trigger = trigger

    def __repr__(self) -> str:
        return f"Instruction({self.keyword} {self.text.text!r})"

    @property
    def source(self) -> Source:
        """The file that the instruction stands in."""
        return self._rest.owner.source

    @property
    def keyword_span(self) -> Span:
        """Where the keyword stands."""
        return self._keyword.span

    @property
    def span(self) -> Span:
        """From the keyword to the end of the last line, here-documents included."""
        start = self.keyword_span.start
        return Span(start, max(self._rest.span.end, self.source.line_span(self.end_line).end))

    @property
    def place(self) -> Place:
        """The whole instruction."""
        return Place(self.source, self.span)

    @property
    def text(self) -> LogicalText:
        """Everything after the keyword, flags included, without continuations."""
        return self._rest.text

    @property
    def original(self) -> LogicalText:
        """The text after the flags: what the shell gets from the shell form of RUN, CMD..."""
        return self._original.text

    def flag(self, name: str) -> Flag | None:
        """The first flag of that name (without `--`), if there is one."""
        return next((flag for flag in self.flags if flag.name == name), None)


class Arguments(NamedTuple):
    """What an instruction's text after the flags was read as; see `Instruction`."""

    args: tuple[Word, ...] = ()
    json: bool = False
    pairs: tuple[Pair, ...] = ()
    legacy: bool = False


class Dockerfile(NamedTuple):
    """A Dockerfile as it was read, however broken it is.

    `escape` is the escape character in force. `comments` are the spans of all comments from `#` to
    the end of the line, also of those inside an instruction's continuation; parser directives are
    not among them. `problems` are what BuildKit refuses, in the order of the file.
    """

    source: Source
    escape: str
    directives: tuple[Directive, ...]
    instructions: tuple[Instruction, ...]
    comments: tuple[Span, ...]
    problems: tuple[Problem, ...]
