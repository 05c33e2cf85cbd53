"""Reads a Makefile into variables and rules.

What make decides while it reads (conditionals, includes, `define`, `$(eval ...)`) is not followed:
then the whole file has a `problem`.
"""

from collections.abc import Iterator, Mapping

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Piece, Source
from dockerlint_py.text.regex import regex

MAX_LINES = 20_000
"""A longer file is not read."""

_ASSIGNMENT = regex(
    r"((?:(?:override|export|private)[ \t]+)*)([^\s:#=?+!$()]{1,100})[ \t]*"
    r"(:{0,3}=|\?=|\+=|!=)[ \t]*"
)
_REFERENCE_FIRST = regex(r"\$(?:\([\w.-]+\)|\{[\w.-]+\})[^:=]*:")
_EXPORT = regex(r"(unexport|export)(?:[ \t]+([\w \t.-]+))?")
_DIRECTIVES = frozenset(
    "include -include sinclude ifeq ifneq ifdef ifndef else endif define endef vpath load -load "
    "undefine".split()
)
_HARMLESS_FLAGS = frozenset(
    "--no-print-directory --silent --quiet -s -r -R --no-builtin-rules --no-builtin-variables "
    "--warn-undefined-variables".split()
)
_CHANGES_RECIPES = frozenset((".ONESHELL", ".POSIX", ".SECONDEXPANSION", ".DEFAULT"))
_MAKES_OWN = frozenset(("MAKE", "MAKEFILES", "MAKECMDGOALS", ".RECIPEPREFIX", "VPATH", "CURDIR"))


class Variable(NamedTuple):
    """A variable that is set once; `number` counts what the file holds, from its top."""

    value: str
    operator: str
    number: int


class Rule(NamedTuple):
    """A rule as it is written; `odd` says why it is not understood."""

    targets: str
    prerequisites: str
    number: int
    recipe: tuple[LogicalText, ...] = ()
    odd: str | None = None


class Makefile(NamedTuple):
    """What a Makefile says; `unclear` are the variables that it sets in ways not followed."""

    variables: Mapping[str, Variable]
    unclear: frozenset[str]
    rules: tuple[Rule, ...]
    exported: frozenset[str]
    exports_all: bool
    problem: str | None


def read(source: Source) -> Makefile:
    """Reads a Makefile."""
    return _Reader(source).read()


class _Reader:
    """Goes over the lines of one file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._variables: dict[str, Variable] = {}
        self._unclear: set[str] = set()
        self._rules: list[Rule] = []
        self._exported: set[str] = set()
        self._exports_all = False
        self._problem: str | None = None
        self._in_rule = False
        self._number = 0

    def read(self) -> Makefile:
        if len(self._source.line_starts) > MAX_LINES:
            self._problem = "it is too long"
        for first, last in self._logical_lines() if self._problem is None else ():
            self._number += 1
            is_recipe = self._source.text.startswith("\t", self._source.line_starts[first - 1])
            if is_recipe and self._in_rule:
                rule = self._rules[-1]
                line = _recipe_line(self._source, first, last)
                self._rules[-1] = rule._replace(recipe=(*rule.recipe, line))
            else:
                self._take(_joined(self._source, first, last), of_tab=is_recipe)
        return Makefile(
            self._variables,
            frozenset(self._unclear),
            tuple(self._rules),
            frozenset(self._exported),
            self._exports_all,
            self._problem,
        )

    def _logical_lines(self) -> Iterator[tuple[int, int]]:
        """The first and the last line of each, from 1."""
        line, total = 1, len(self._source.line_starts)
        while line <= total:
            first = line
            while line < total and _goes_on(self._source, line):
                line += 1
            yield first, line
            line += 1

    def _take(self, text: str, *, of_tab: bool) -> None:
        if not text:
            return
        word = text.split(None, 1)[0]
        assignment = _ASSIGNMENT.match(text)
        calls = text.startswith("$") and not _REFERENCE_FIRST.match(text)
        if of_tab or word in _DIRECTIVES or calls:
            self._problem = self._problem or f"it has `{word}`"
        elif assignment is not None:
            self._assign(assignment[1], assignment[2], assignment[3], text[assignment.end() :])
            self._in_rule = False
        elif exports := _EXPORT.fullmatch(text):
            self._export(exports[1], exports[2])
            self._in_rule = False
        elif ":" in text:
            self._rule(text)
        else:
            self._problem = self._problem or f"`{text[:40]}` is not understood"

    def _assign(self, words: str, name: str, operator: str, value: str) -> None:
        if "export" in words:
            self._exported.add(name)
        if name == "MAKEFLAGS" and _HARMLESS_FLAGS.issuperset(value.split()):
            return
        if name == "MAKEFLAGS" or name in _MAKES_OWN:
            self._problem = self._problem or f"it sets {name}"
        odd = operator in ("+=", "!=") or "override" in words or name in self._variables
        if odd:
            self._unclear.add(name)
        self._variables[name] = Variable(value, operator.replace("::", ":"), self._number)

    def _export(self, word: str, names: str | None) -> None:
        if word == "unexport":
            self._problem = self._problem or "it has `unexport`"
        elif names is None:
            self._exports_all = True
        else:
            self._exported.update(names.split())

    def _rule(self, text: str) -> None:
        targets, _, rest = text.partition(":")
        if "$(" in targets and targets.count("(") != targets.count(")"):
            self._problem = self._problem or f"`{text[:40]}` is not understood"
        names = targets.split()
        odd: str | None = None
        if rest.startswith(":") or targets.endswith("&") or ":" in rest or ";" in rest:
            odd = "its rule is of a special kind"
        if _ASSIGNMENT.match(rest.strip(" \t")):
            odd = "it has variables of its own"
        if _CHANGES_RECIPES.intersection(names):
            self._problem = self._problem or f"it has {names[0]}"
        self._exports_all |= ".EXPORT_ALL_VARIABLES" in names
        self._rules.append(Rule(targets.strip(), rest.strip(), self._number, odd=odd))
        self._in_rule = True


def _goes_on(source: Source, line: int) -> bool:
    span = source.line_span(line)
    end = span.end
    while end > span.start and source.text[end - 1] == "\\":
        end -= 1
    return (span.end - end) % 2 == 1


def _joined(source: Source, first: int, last: int) -> str:
    """Lines outside of recipes, as one: each backslash at an end is a blank; no comment."""
    spans = [source.line_span(line) for line in range(first, last + 1)]
    texts = [source.text[span.start : span.end] for span in spans]
    joined = " ".join([*(text[:-1].strip(" \t") for text in texts[:-1]), texts[-1].lstrip(" \t")])
    at = joined.find("#")
    while at > 0 and joined[at - 1] == "\\":
        at = joined.find("#", at + 1)
    return (joined if at < 0 else joined[:at]).strip(" \t\r")


def _recipe_line(source: Source, first: int, last: int) -> LogicalText:
    """A line of a recipe: the shell gets its continuations, without the tab of each line."""
    pieces: list[Piece] = []
    length = 0
    parts: list[str] = []
    for line in range(first, last + 1):
        span = source.line_span(line)
        start = span.start + source.text.startswith("\t", span.start)
        text = source.text[start : span.end]
        pieces.append(Piece(length, len(text), start, len(text)))
        if line < last:
            text += "\n"
            pieces.append(Piece(length + len(text) - 1, 1, span.end, 1))
        parts.append(text)
        length += len(text)
    return LogicalText(source, "".join(parts), pieces)
