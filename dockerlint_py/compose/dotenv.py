"""The grammar of `.env` and `env_file`, as Docker Compose reads it.

Source: compose-spec 05-services.md "env_file format", and `docker compose config`: comments,
`export`, `K: v`, single quotes (literal) and double quotes (escapes and variables), ` #` ends an
unquoted value, a name alone takes its value from the environment.
"""

import re
from collections.abc import Mapping

from dockerlint_py.compose.template import Lookup, Setting, substitute
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

_SPACES = "\t\v\f\r \x85\xa0"
_ALL_SPACES = " \t\n\v\f\r\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008" + (
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_EXPORT = regex(r"export[\t\n\f\r ]+")
_ESCAPE = regex(r"\\(?:([abcfnrtv$\"\\])|0([0-9]{0,3}))", re.ASCII)
_LETTERS = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    '"': '"',
    "\\": "\\",
    "$": "$$",
}
BOM = "\ufeff"


class Assignment(NamedTuple):
    """One line that sets a variable: where its name and its value stand, and the doubt on it."""

    name: str
    value: str
    name_place: Place
    value_place: Place
    doubt: str | None = None


class EnvFileProblem(NamedTuple):
    """Why Compose would refuse the file; it reads no further."""

    message: str
    place: Place


class EnvFile(NamedTuple):
    """The variables of a file, the last assignment of each, and what ended the reading."""

    values: dict[str, Assignment]
    problem: EnvFileProblem | None = None


def parse_env_file(
    source: Source, lookup: Lookup, before: Mapping[str, Assignment] | None = None
) -> EnvFile:
    """Reads a file.

    `lookup` finds variables that its values may use, before its own ones; `before` are the
    variables of earlier files, which it may use too.
    """
    parser = _Parser(source, lookup, before or {})
    problem = parser.run()
    return EnvFile(parser.values, problem)


def parse_raw(source: Source, lookup: Lookup) -> EnvFile:
    """Reads a file of `format: raw`: the text behind `=` is the value, with quotes and all."""
    values: dict[str, Assignment] = {}
    for number, start in enumerate(source.line_starts, 1):
        end = source.line_span(number).end
        line = source.text[start:end].removeprefix(BOM)
        start = end - len(line)
        line = line.lstrip(_ALL_SPACES)
        start = end - len(line)
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        place = source.place(start, start + len(name))
        if not name or any(letter in _ALL_SPACES for letter in name):
            return EnvFile(values, EnvFileProblem("an invalid variable name", place))
        if equals:
            where = source.place(end - len(value), end)
            values[name] = Assignment(name, value, place, where)
        else:
            setting = lookup(name)
            if setting is not None:
                values[name] = Assignment(name, setting.value, place, place, setting.doubt)
    return EnvFile(values)


class _Failure(Exception):  # noqa: N818 - carries the problem to the end of the reading
    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class _Parser:
    __slots__ = ("at", "before", "lookup", "source", "text", "values")

    def __init__(self, source: Source, lookup: Lookup, before: Mapping[str, Assignment]) -> None:
        self.before = before
        self.source = source
        self.text = source.text
        self.lookup = lookup
        self.values: dict[str, Assignment] = {}
        self.at = 1 if source.text.startswith(BOM) else 0

    def run(self) -> EnvFileProblem | None:
        try:
            while self._statement_start():
                self._statement()
        except _Failure as failure:
            end = self.text.find("\n", failure.offset)
            place = self.source.place(failure.offset, end if end != -1 else len(self.text))
            return EnvFileProblem(failure.message, place)
        return None

    def _statement_start(self) -> bool:
        """Moves to the next name; False at the end of the file."""
        text = self.text
        while True:
            while self.at < len(text) and text[self.at] in _ALL_SPACES:
                self.at += 1
            if self.at >= len(text):
                return False
            if text[self.at] != "#":
                return True
            line_end = text.find("\n", self.at)
            if line_end == -1:
                return False
            self.at = line_end

    def _statement(self) -> None:
        export = _EXPORT.match(self.text, self.at)
        if export is not None:
            self.at += len("export")
            self._skip(_SPACES)
        start = self.at
        name, separator = self._name()
        if " " in name:
            raise _Failure("a name cannot contain a space", start)
        place = self.source.place(start, start + len(name))
        if separator != "\n":
            self._skip(_SPACES)
            self._value(name, place)
            return
        self._skip(_SPACES)
        setting = self.lookup(name)
        if setting is not None:
            self.values[name] = Assignment(name, setting.value, place, place, setting.doubt)

    def _skip(self, letters: str) -> None:
        while self.at < len(self.text) and self.text[self.at] in letters:
            self.at += 1

    def _name(self) -> tuple[str, str]:
        """The name at the position, and what ended it: `=`, `:` or a line end."""
        text = self.text
        for at in range(self.at, len(text)):
            letter = text[at]
            if letter in "=:\n":
                name = text[self.at : at].rstrip(_ALL_SPACES)
                self.at = at + 1
                return name, letter
            if letter in _SPACES or letter in "_.-[]" or letter.isalpha() or letter.isnumeric():
                continue
            raise _Failure(f"unexpected character {letter!r} in a variable name", self.at)
        # A name that the end of the file follows becomes the value of a variable without a name.
        return "", "="

    def _value(self, name: str, place: Place) -> None:
        quote = self.text[self.at : self.at + 1]
        if quote in ("'", '"') and quote:
            self._quoted(name, place, quote)
            return
        line_end = self.text.find("\n", self.at)
        end = line_end if line_end != -1 else len(self.text)
        raw = self.text[self.at : end].partition(" #")[0].rstrip(_ALL_SPACES)
        self._set(name, place, raw, self.source.place(self.at, self.at + len(raw)))
        self.at = end + 1 if line_end != -1 else end

    def _quoted(self, name: str, place: Place, quote: str) -> None:
        text = self.text
        start = self.at
        letters: list[str] = []
        at = start + 1
        while at < len(text) and text[at] != quote:
            if text[at] == "\\" and at + 1 < len(text):
                escaped = text[at + 1]
                letters.append(escaped if escaped == quote else "\\" + escaped)
                at += 2
            else:
                letters.append(text[at])
                at += 1
        if at >= len(text):
            raise _Failure("a quoted value is not closed", start)
        self.at = at + 1
        value = "".join(letters)
        where = self.source.place(start, self.at)
        if quote == '"':
            self._set(name, place, _ESCAPE.sub(_unescaped, value), where)
        else:
            self.values[name] = Assignment(name, value, place, where)

    def _set(self, name: str, place: Place, raw: str, where: Place) -> None:
        result = substitute(raw, self._find)
        if result.error is not None:
            raise _Failure("invalid interpolation", where.span.start)
        doubt = result.missing or result.doubt
        self.values[name] = Assignment(name, result.text, place, where, doubt)

    def _find(self, name: str) -> Setting | None:
        outer = self.lookup(name)
        if outer is not None:
            return outer
        own = self.values.get(name) or self.before.get(name)
        return Setting(own.value, own.value_place, own.doubt) if own is not None else None


def _unescaped(match: re.Match[str]) -> str:
    letter = match[1]
    if letter is not None:
        return _LETTERS.get(letter, match[0])
    digits = match[2]
    if len(digits) != 3 or any(digit > "7" for digit in digits) or int(digits, 8) > 255:
        return "\\" + digits
    return chr(int(digits, 8))
