"""`$(NAME)` in Makefiles: variables of the file, of make's command line and of the environment."""

import re
from collections.abc import Callable, Mapping

from dockerlint_py.facts import Fact, Unknown
from dockerlint_py.makefile.reader import Makefile
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Piece
from dockerlint_py.text.regex import regex

MAX_DEPTH = 20
MAX_LENGTH = 10_000

_REFERENCE = regex(r"\$(?:\(([\w.-]{1,100})\)|\{([\w.-]{1,100})\}|([^({]))?")
_BUILT_IN = frozenset(
    "AR AS CC CXX CPP FC M2C PC CO GET LEX YACC LINT MAKEINFO TEX TEXI2DVI WEAVE CWEAVE TANGLE "
    "CTANGLE LD OUTPUT_OPTION SUFFIXES".split()
)
"""Variables that make itself sets, to what no container is started with."""


class Unclear(Exception):  # noqa: N818 - it is an answer, no error
    """Why it is not known what make does."""


class Text(NamedTuple):
    """A text; `is_open`: a variable that the container may be given is left in it as `${NAME}`."""

    value: str
    is_open: bool = False


class Scope:
    """Looks variables up. `given` are those of the command line, `folder` is where make runs."""

    def __init__(
        self,
        makefile: Makefile,
        given: Mapping[str, str],
        environment: Callable[[str], Fact[str | None]],
        folder: str,
    ) -> None:
        self.makefile = makefile
        self.given = given
        self.environment = environment
        built_in = {"MAKE": Text("make"), "CURDIR": Text(folder), "RM": Text("rm -f")}
        self._known = {n: text for n, text in built_in.items() if n not in makefile.variables}

    def plain(self, text: str, before: int) -> str:
        """A text of the file's upper level, as make has it when it reads what has a number."""
        expanded = self._text(text, before, 0)
        if expanded.is_open:
            raise Unclear(f"`{text[:40]}` depends on the environment")
        return expanded.value

    def variable(self, name: str) -> Text:
        """A variable as a recipe sees it."""
        return self._variable(name, None, 0)

    def recipe_line(self, line: LogicalText, target: str) -> tuple[LogicalText, bool]:
        """A line as the shell gets it, and whether it is open."""
        parts: list[str] = []
        pieces: list[Piece] = []
        at = length = 0
        is_open = False
        for match in [*_REFERENCE.finditer(line.text), None]:
            end = match.start() if match is not None else len(line.text)
            kept = line.slice(at, end)
            pieces += (p._replace(logical=p.logical + length) for p in kept.pieces)
            parts.append(kept.text)
            length += end - at
            if match is None:
                break
            text = Text(target) if match[3] == "@" else self._reference(match, None, 0)
            span = line.span(match.start(), match.end())
            pieces.append(Piece(length, len(text.value), span.start, span.end - span.start))
            parts.append(text.value)
            length += len(text.value)
            is_open |= text.is_open
            at = match.end()
        whole = LogicalText(line.source, "".join(parts), pieces)
        if length > MAX_LENGTH or (is_open and "'" in whole.text):
            raise Unclear("a command of it is not understood")
        return whole, is_open

    def _text(self, text: str, before: int | None, depth: int) -> Text:
        parts: list[str] = []
        at = 0
        is_open = False
        for match in _REFERENCE.finditer(text):
            part = self._reference(match, before, depth)
            parts += (text[at : match.start()], part.value)
            is_open |= part.is_open
            at = match.end()
        parts.append(text[at:])
        if sum(map(len, parts)) > MAX_LENGTH:
            raise Unclear("a variable is too long")
        return Text("".join(parts), is_open)

    def _reference(self, match: re.Match[str], before: int | None, depth: int) -> Text:
        round_name, curly_name, letter = match.groups()
        if letter == "$":
            return Text("$")
        name = round_name or curly_name or letter
        if name is None or not (name[0].isalnum() or name[0] in "_."):
            raise Unclear("it calls functions of make")
        return self._variable(name, before, depth)

    def _variable(self, name: str, before: int | None, depth: int) -> Text:
        """`before`: make has read no more than this of the file when it looks the variable up."""
        if name in self.given:
            return Text(self.given[name])
        variable = self.makefile.variables.get(name)
        late = variable is not None and before is not None and variable.number > before
        if name in self.makefile.unclear or late or depth > MAX_DEPTH:
            raise Unclear(f"{name} is set in several ways")
        if variable is None or variable.operator == "?=":
            found = self._from_environment(name)
            if found is not None:
                return found
        if variable is None:
            return Text(f"${{{name}}}", is_open=True)
        if name not in self._known:
            now = variable.number if variable.operator == ":=" else before
            self._known[name] = self._text(variable.value, now, depth + 1)
        return self._known[name]

    def _from_environment(self, name: str) -> Text | None:
        if name in self.makefile.variables:
            fact = self.environment(name)
        elif name in self._known:
            return self._known[name]
        elif name in _BUILT_IN or name.startswith((".", "MAKE")) or len(name) == 1:
            raise Unclear(f"it uses {name}")
        else:
            fact = self.environment(name)
        if isinstance(fact, Unknown):
            if name in self.makefile.variables:
                raise Unclear(fact.why)
            return None
        if fact.value is not None and "$" in fact.value:
            raise Unclear(f"{name} has a dollar sign")
        return Text(fact.value) if fact.value is not None else None
