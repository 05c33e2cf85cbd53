"""`$name` and `${name...}` in the arguments of an instruction, and the removal of quotes.

This is what BuildKit does with the words of ADD, COPY, ENV, EXPOSE, FROM, LABEL, STOPSIGNAL, USER,
VOLUME and WORKDIR, and in another mode with the here-documents of ADD and COPY. It never happens in
RUN, CMD and ENTRYPOINT. https://docs.docker.com/reference/dockerfile/#environment-replacement
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from dockerlint_py.dockerfile.glob import Glob, read_pattern
from dockerlint_py.record import NamedTuple

Lookup: TypeAlias = Callable[[str], str | None]

_DEEPEST: Final = 50
_LONGEST: Final = 32_768
_STEPS: Final = 20_000
_SPECIAL_NAMES: Final = "@*#?-$!0"
_MODIFIERS: Final = frozenset({"+", "-", "?", "#", "%", ":+", ":-", ":?"})
_END: Final = "\ufffd"
"""BuildKit's name for the end of the text in its messages."""


class Expansion(NamedTuple):
    """The text that a word stands for.

    `names` are all the variables that were asked for, in order, and `unset` those of them that have
    no value. `error` is BuildKit's message, or ours when a bound is exceeded; `text` is then empty.
    """

    text: str
    unset: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    error: str | None = None


def expand(word: str, lookup: Lookup, escape: str = "\\") -> Expansion:
    """Replace the variables of a word and remove its quotes and escape characters.

    `lookup` gives the value of a name, or None when it is not set.
    """
    if not any(char in word for char in ("$", "'", '"', escape)):
        return Expansion(word)
    return _result(Expander(word, lookup, escape))


def expand_content(content: str, lookup: Lookup) -> Expansion:
    """Replace the variables of a here-document of ADD or COPY.

    Quotes are ordinary characters there, but a backslash escapes whatever follows it.
    """
    return _result(Expander(content, lookup, "\\", quotes=False))


class BadSubstitutionError(Exception):
    """A text that BuildKit refuses to expand; the argument is the message."""


class Expander:
    """One pass over a text.

    With `keep_unset`, a variable without a value stays as it is written. `saw_quotes` tells
    afterwards whether quotes were removed.
    """

    __slots__ = (
        "_depth",
        "_escape",
        "_keep_unset",
        "_lookup",
        "_quotes",
        "_room",
        "_steps",
        "at",
        "names",
        "saw_quotes",
        "text",
        "unset",
    )

    def __init__(
        self,
        text: str,
        lookup: Lookup,
        escape: str,
        *,
        quotes: bool = True,
        keep_unset: bool = False,
    ) -> None:
        self.text = text
        self.at = 0
        self.names: dict[str, None] = {}
        self.unset: dict[str, None] = {}
        self.saw_quotes = False
        self._lookup = lookup
        self._escape = escape
        self._quotes = quotes
        self._keep_unset = keep_unset
        self._depth = 0
        self._room = _LONGEST
        self._steps = _STEPS

    def run(self) -> str:
        """Expand the whole text; raises BadSubstitutionError."""
        out: list[str] = []
        while self.at < len(self.text):
            out.append(self.atom())
        return "".join(out)

    def atom(self, *, raw: bool = False) -> str:
        """Expand the character, quotation or substitution that comes next."""
        char = self.text[self.at]
        if char == "$":
            return self._dollar()
        if self._quotes and char == "'":
            return self._single_quoted()
        if self._quotes and char == '"':
            return self._double_quoted()
        self.at += 1
        if char == self._escape:
            return (char if raw else "") + self._next()
        return char

    def _next(self) -> str:
        char = self.text[self.at : self.at + 1]
        self.at += 1
        return char

    def _single_quoted(self) -> str:
        self.saw_quotes = True
        start = self.at + 1
        end = self.text.find("'", start)
        if end == -1:
            self.at = len(self.text)
            raise BadSubstitutionError(_unbalanced("single-quote"))
        self.at = end + 1
        return self.text[start:end]

    def _double_quoted(self) -> str:
        self.saw_quotes = True
        self.at += 1
        out: list[str] = []
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "$":
                out.append(self._dollar())
                continue
            self.at += 1
            if char == '"':
                return "".join(out)
            if char == self._escape and self.text[self.at : self.at + 1] in ('"', "$", char):
                char = self._next()
            out.append(char)
        raise BadSubstitutionError(_unbalanced("double-quote"))

    def _dollar(self) -> str:
        start = self.at
        self.at += 1
        if self.text.startswith("{", self.at):
            self._depth += 1
            if self._depth > _DEEPEST:
                raise BadSubstitutionError("substitutions are nested too deep")
            value = self._braced()
            self._depth -= 1
        else:
            name = self._name()
            value = self._value(name) if name else "$"
        if value is None:
            value = self.text[start : self.at] if self._keep_unset else ""
        self._room -= len(value)
        if self._room < 0:
            raise BadSubstitutionError("the value is too long")
        return value

    def _braced(self) -> str | None:
        """The value of `${...}`; None when nothing sets it."""
        self.at += 1
        following = self.text[self.at : self.at + 1]
        if not following:
            raise BadSubstitutionError("syntax error: missing '}'")
        if following in "{}:":
            raise BadSubstitutionError("syntax error: bad substitution")
        name = self._name()
        mark = self._next()
        if mark == "}":
            return self._value(name)
        if mark == "/":
            return self._replaced(name)
        return self._modified(name, mark)

    def _modified(self, name: str, mark: str) -> str | None:
        modifier = mark + self._next() if mark == ":" else mark
        kind = modifier[-1:]
        if modifier not in _MODIFIERS:
            if mark == ":":
                self._until("}")
            raise BadSubstitutionError(f"unsupported modifier ({modifier or _END}) in substitution")
        word = self._until("}", raw=kind in "#%")
        value = self._value(name)
        if kind in "#%":
            return self._trimmed(value, kind, word)
        missing = value is None or (mark == ":" and not value)
        if kind == "+":
            return "" if missing else word
        if kind == "?" and missing:
            reason = f"is not allowed to be {'unset' if value is None else 'empty'}"
            raise BadSubstitutionError(f"{name}: {word or reason}")
        return word if missing else value

    def _until(self, stop: str, *, raw: bool = False) -> str:
        """Expand up to the character `stop`, which is consumed.

        `raw` keeps escape characters, for a pattern that reads them itself.
        """
        out: list[str] = []
        try:
            while self.at < len(self.text):
                if self.text[self.at] == stop:
                    self.at += 1
                    return "".join(out)
                out.append(self.atom(raw=raw))
        except BadSubstitutionError:
            if self.at < len(self.text):
                raise
        raise BadSubstitutionError(
            f"syntax error: missing '{stop}'{' in ${}' if stop == '/' else ''}"
        )

    def _value(self, name: str) -> str | None:
        self.names[name] = None
        value = self._lookup(name)
        if value is None:
            self.unset[name] = None
        return value

    def _name(self) -> str:
        start = self.at
        char = self.text[start : start + 1]
        if "0" <= char <= "9":
            while "0" <= self.text[self.at : self.at + 1] <= "9":
                self.at += 1
        elif char and char in _SPECIAL_NAMES:
            self.at += 1
        else:
            while (char := self.text[self.at : self.at + 1]) == "_" or char.isalnum():
                self.at += 1
        return self.text[start : self.at]

    def _trimmed(self, value: str | None, kind: str, pattern: str) -> str | None:
        longest = pattern.startswith(kind)
        tokens = _tokens(pattern[1:] if longest else pattern)
        if not value:
            return value
        if kind == "%":
            return self._without_prefix(value[::-1], tokens[::-1], longest=longest)[::-1]
        return self._without_prefix(value, tokens, longest=longest)

    def _without_prefix(self, value: str, tokens: list[str], *, longest: bool) -> str:
        glob = Glob(tokens)
        self._spend(glob.cost(len(value)))
        ends = glob.ends(value)
        end = next(ends, 0)
        return value[max(ends, default=end) if longest else end :]

    def _replaced(self, name: str) -> str | None:
        everywhere = self.text.startswith("/", self.at)
        if everywhere:
            self.at += 1
        pattern = self._until("/", raw=True)
        new = self._until("}", raw=True)
        value = self._value(name)
        glob = Glob(_tokens(pattern))
        if value is None and self._keep_unset:
            return None
        value = value or ""
        return self._substituted(value, glob, new, limit=len(value) + 1 if everywhere else 1)

    def _substituted(self, value: str, glob: Glob, new: str, *, limit: int) -> str:
        """Replace up to `limit` matches; an empty match right after another one does not count."""
        out: list[str] = []
        at = done = 0
        while limit and at <= len(value):
            self._spend(1 + glob.cost(len(value) - at))
            end = max(glob.ends(value, at), default=-1)
            if end > at or (end == at and (at > done or not at)):
                out.append(new)
                limit -= 1
            if end > at:
                at = done = end
            else:
                out.append(value[at : at + 1])
                at += 1
        return "".join(out) + value[at:]

    def _spend(self, steps: int) -> None:
        """Count the steps of a match, so that a hostile text cannot take long."""
        self._steps -= steps
        if self._steps < 0:
            raise BadSubstitutionError("the patterns take too long to match")


def _result(expander: Expander) -> Expansion:
    try:
        text, error = expander.run(), None
    except BadSubstitutionError as problem:
        text, error = "", str(problem)
    return Expansion(text, tuple(expander.unset), tuple(expander.names), error)


def _tokens(pattern: str) -> list[str]:
    try:
        return read_pattern(pattern)
    except ValueError as error:
        message = f"invalid pattern ({pattern}) in substitution: {error}"
        raise BadSubstitutionError(message) from None


def _unbalanced(quote: str) -> str:
    return f"unexpected end of statement while looking for matching {quote}"
