"""From words to directives, each with its arguments and, perhaps, a block."""

from dockerlint_py.nginx.tokens import Mark, Word, skip_block, tokens
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source

MAX_DEPTH = 50
"""Blocks inside one another; real configurations have about five."""

MAX_DIRECTIVES = 20_000

_LUA = "_by_lua_block"


class Directive(NamedTuple):
    """`name args;`, or `name args { block }`; `block` is None without one.

    `gap` says of an `include` why its files could not all be read.
    """

    name: Word
    args: tuple[Word, ...]
    block: "tuple[Directive, ...] | None" = None
    gap: str | None = None

    @property
    def place(self) -> Place:
        """From the name to the last argument."""
        last = self.args[-1].place if self.args else self.name.place
        return self.name.place.source.place(self.name.place.span.start, last.span.end)

    @property
    def values(self) -> tuple[str, ...]:
        """The texts of the arguments."""
        return tuple(word.text for word in self.args)

    @property
    def dynamic(self) -> bool:
        """Whether a variable is among the arguments."""
        return any(word.dynamic for word in self.args)


class Problem(NamedTuple):
    """Why nginx refuses a file, and where."""

    message: str
    place: Place


class Parsed(NamedTuple):
    """The directives of one file, up to the first problem."""

    directives: tuple[Directive, ...]
    problem: Problem | None = None


class _Open:
    """A block that is being read."""

    __slots__ = ("args", "directives", "name")

    def __init__(self, name: Word | None, args: tuple[Word, ...] = ()) -> None:
        self.name = name
        self.args = args
        self.directives: list[Directive] = []

    def close(self) -> Directive:
        assert self.name is not None
        return Directive(self.name, self.args, tuple(self.directives))


def parse(source: Source) -> Parsed:
    """Reads a file; includes stay directives."""
    reader = _Reader(source)
    problem = reader.read()
    while len(reader.stack) > 1:
        reader.close()
    return Parsed(tuple(reader.stack[0].directives), problem)


class _Reader:
    __slots__ = ("count", "source", "stack", "tokens", "words")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tokens = tokens(source)
        self.stack = [_Open(None)]
        self.words: list[Word] = []
        self.count = 0

    def read(self) -> Problem | None:
        while (token := next(self.tokens, None)) is not None:
            if isinstance(token, Word):
                self.words.append(token)
                continue
            problem = self._mark(token)
            if problem is not None:
                return problem
        if self.words or len(self.stack) > 1:
            end = len(self.source.text)
            return Problem("the file ends in the middle", self.source.place(end, end))
        return None

    def close(self) -> None:
        """Ends the innermost block."""
        done = self.stack.pop()
        self.stack[-1].directives.append(done.close())

    def _mark(self, mark: Mark) -> Problem | None:
        if mark.is_error:
            return Problem(mark.kind, mark.place)
        self.count += 1
        if self.count > MAX_DIRECTIVES or len(self.stack) > MAX_DEPTH:
            return Problem("it is too large", mark.place)
        if mark.kind == "}":
            if self.words or len(self.stack) == 1:
                return Problem("unexpected }", mark.place)
            self.close()
            return None
        if not self.words:
            return Problem(f"unexpected {mark.kind}", mark.place)
        name, *args = self.words
        self.words = []
        if mark.kind == ";":
            self.stack[-1].directives.append(Directive(name, tuple(args)))
        elif name.text.endswith(_LUA):
            end = skip_block(self.source, mark.place.span.end)
            if end < 0:
                return Problem("a block of Lua is not closed", mark.place)
            self.tokens = tokens(self.source, end)
            self.stack[-1].directives.append(Directive(name, tuple(args), ()))
        else:
            self.stack.append(_Open(name, tuple(args)))
        return None
