"""Variable substitution as Compose does it: `$V`, `${V}`, `${V:-d}`, `${V-d}`, `?`, `+`, `$$`,
nested.

Source: compose-spec 12-interpolation.md, and `docker compose config`. The scan is written by hand
because Compose's regular expression is quadratic on hostile text, and to keep places.
"""

from collections.abc import Callable
from typing import TypeAlias

from dockerlint_py.compose.tree import Segment
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

_NAME = regex("[_a-zA-Z\u017f\u212a][_a-zA-Z0-9\u017f\u212a]*")
_OPERATOR = regex(r":?[-+?]")
MAX_NESTING = 40


class Setting(NamedTuple):
    """The value of a variable in the environment, and the place that set it, if a file did.

    `doubt` says why the value itself is not sure (it was read from something unknown).
    """

    value: str
    origin: Place | None = None
    doubt: str | None = None


Lookup: TypeAlias = Callable[[str], Setting | None]


class Use(NamedTuple):
    """One variable in a text: `[start, end)` are offsets of `${...}` in the text as written."""

    name: str
    operator: str
    default: str | None
    setting: Setting | None
    start: int
    end: int


class Substituted(NamedTuple):
    """The result: the text, which parts of it came from where, and the variables that were met.

    `doubt` is set when the text would be another one in an environment that sets more variables;
    `error` when Compose would refuse the text, with its offset in the text as written. `missing` is
    the reason when a required variable is not set: Compose refuses, but a deployment sets it.
    """

    text: str
    segments: tuple[Segment, ...]
    uses: tuple[Use, ...]
    doubt: str | None = None
    error: tuple[str, int] | None = None
    missing: str | None = None


def substitute(template: str, lookup: Lookup) -> Substituted:
    """Substitutes all variables of a text."""
    if "$" not in template:
        return Substituted(template, (), ())
    return _Scan(template, 0, lookup, 0).run()


class _Scan:
    """The scan of one text; a default is scanned by another one, `nesting` deep."""

    __slots__ = (
        "at",
        "base",
        "doubt",
        "error",
        "length",
        "lookup",
        "missing",
        "nesting",
        "out",
        "segments",
        "template",
        "uses",
    )

    def __init__(self, template: str, base: int, lookup: Lookup, nesting: int) -> None:
        self.template = template
        self.base = base
        self.lookup = lookup
        self.nesting = nesting
        self.at = 0
        self.length = 0
        self.out: list[str] = []
        self.segments: list[Segment] = []
        self.uses: list[Use] = []
        self.doubt: str | None = None
        self.error: tuple[str, int] | None = None
        self.missing: str | None = None

    def run(self) -> Substituted:
        template = self.template
        while self.error is None:
            dollar = template.find("$", self.at)
            if dollar == -1:
                break
            self._literal(dollar)
            self._dollar(dollar)
        self._literal(len(template))
        return Substituted(
            "".join(self.out),
            tuple(self.segments),
            tuple(self.uses),
            self.doubt,
            self.error,
            self.missing,
        )

    def _literal(self, end: int) -> None:
        if end > self.at:
            self._emit(self.template[self.at : end], self.at, end, exact=True)
        self.at = end

    def _emit(
        self, text: str, low: int, high: int, *, exact: bool = False, doubt: str | None = None
    ) -> None:
        end = self.length + len(text)
        low += self.base
        high += self.base
        self.segments.append(Segment(self.length, end, low, high, exact, doubt))
        self.out.append(text)
        self.length = end
        self.doubt = self.doubt or doubt

    def _dollar(self, dollar: int) -> None:
        template = self.template
        after = template[dollar + 1 : dollar + 2]
        if after == "$":
            self._emit("$", dollar, dollar + 2)
            self.at = dollar + 2
        elif after == "{":
            self._braced(dollar)
        else:
            name = _NAME.match(template, dollar + 1)
            if name is None:
                self._emit("$", dollar, dollar + 1, exact=True)
                self.at = dollar + 1
            else:
                self._plain(name[0], dollar, name.end())

    def _plain(self, name: str, start: int, end: int) -> None:
        setting = self.lookup(name)
        self.uses.append(Use(name, "", None, setting, start + self.base, end + self.base))
        if setting is None:
            self._emit("", start, end, doubt=f"{name} is not set")
        else:
            self._emit(setting.value, start, end, doubt=setting.doubt)
        self.at = end

    def _braced(self, dollar: int) -> None:
        template = self.template
        name = _NAME.match(template, dollar + 2)
        if name is not None and template.startswith("}", name.end()):
            self._plain(name[0], dollar, name.end() + 1)
            return
        operator = _OPERATOR.match(template, name.end()) if name is not None else None
        last = self._last_brace(operator.end()) if operator is not None else -1
        if name is None or operator is None or last == -1:
            self._fail(dollar)
            return
        close = _closing(template, dollar, last + 1)
        end = last + 1 if close == -1 else close + 1
        self._operated(name[0], operator[0], dollar, operator.end(), end)

    def _last_brace(self, start: int) -> int:
        line_end = self.template.find("\n", start)
        return self.template.rfind("}", start, line_end if line_end != -1 else len(self.template))

    def _operated(self, name: str, operator: str, start: int, inner: int, end: int) -> None:
        """`${name:-word}` and its relatives; `word` stands at `[inner, end - 1)`."""
        word = self.template[inner : end - 1]
        setting = self.lookup(name)
        self.uses.append(Use(name, operator, word, setting, start + self.base, end + self.base))
        if self.nesting >= MAX_NESTING:
            self._fail(start)
            return
        nested = _Scan(word, self.base + inner, self.lookup, self.nesting + 1).run()
        self.uses.extend(nested.uses)
        self.error = self.error or nested.error
        self.missing = self.missing or nested.missing
        present = setting is not None and (setting.value != "" or operator[0] != ":")
        if operator[-1] == "-":
            self._default(name, setting if present else None, nested, start, end)
        elif operator[-1] == "+":
            self._alternative(name, setting, nested, start, end, present=present)
        else:
            self._required(name, setting if present else None, nested.text, start, end)
        self.at = end

    def _default(
        self, name: str, setting: Setting | None, nested: Substituted, start: int, end: int
    ) -> None:
        if setting is not None:
            self._emit(setting.value, start, end, doubt=setting.doubt)
            return
        doubt = f"{name} is not set; this is its default"
        if not nested.segments:
            self._emit(nested.text, start, end, doubt=doubt)
        for segment in nested.segments:
            length = self.length
            text = nested.text[segment.start : segment.end]
            moved = segment._replace(start=length, end=length + len(text), doubt=doubt)
            self.segments.append(moved)
            self.out.append(text)
            self.length += len(text)
        self.doubt = self.doubt or doubt

    def _alternative(
        self,
        name: str,
        setting: Setting | None,
        nested: Substituted,
        start: int,
        end: int,
        *,
        present: bool,
    ) -> None:
        if present:
            doubt = setting.doubt if setting is not None else None
            self._emit(nested.text, start, end, doubt=doubt or nested.doubt)
        else:
            value = setting.value if setting is not None else ""
            self._emit(value, start, end, doubt=f"{name} is not set")

    def _required(
        self, name: str, setting: Setting | None, message: str, start: int, end: int
    ) -> None:
        if setting is not None:
            self._emit(setting.value, start, end, doubt=setting.doubt)
            return
        reason = f"{name} must be set by whoever runs this"
        self.missing = self.missing or (f"{reason}: {message}" if message else reason)
        self._emit("", start, end, doubt=reason)

    def _fail(self, dollar: int) -> None:
        self.error = self.error or ("invalid interpolation", self.base + dollar)
        self.at = len(self.template)


def _closing(template: str, start: int, stop: int) -> int:
    """The offset of the brace that closes `${`, counted as Compose counts: any brace, not only
    `${`.
    """
    depth = 0
    at = start
    while at < stop:
        letter = template[at]
        if letter == "}":
            depth -= 1
            if depth == 0:
                return at
        elif letter == "{":
            depth += 1
            at += 1
        at += 1
    return -1
