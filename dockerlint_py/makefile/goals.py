"""The commands that make runs for its goals, one after another.

Held against GNU make 4.3: `tests/makefile/test_behaviour.py`.
"""

from collections.abc import Callable, Sequence

from dockerlint_py.makefile.expansion import Scope, Unclear
from dockerlint_py.makefile.reader import Rule
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText
from dockerlint_py.text.regex import regex

MAX_COMMANDS = 200
MAX_DEPTH = 50

DEFAULT_SHELL = "/bin/sh"

_PREFIX = regex(r"[ \t@+-]*")
_QUOTED = regex(r"'[^']*'")
_SHELL_CHARACTERS = frozenset('#;"*?[]&|<>(){}$`^~!')
_SHELL_COMMANDS = frozenset(
    ". : alias bg break case cd command continue eval exec exit export fc fg for getopts hash if "
    "jobs login logout read readonly return set shift test times trap type ulimit umask unalias "
    "unset wait while".split()
)


class Line(NamedTuple):
    """A command line that make runs, and the words of the shell that gets it.

    `is_direct`: make starts the program itself, without a shell, for it needs none; None when that
    depends on a variable.
    """

    text: LogicalText
    shell: tuple[str, ...]
    is_direct: bool | None


def lines_for(
    scope: Scope, goals: Sequence[str], exists: Callable[[str], bool | None]
) -> tuple[Line, ...]:
    """What make runs for some goals; raises `Unclear`.

    `exists` tells whether there is a file of a name, which a target that is not phony stands for.
    """
    return _Goals(scope, exists).lines(goals)


class _Goals:
    """Goes from the goals to what they need."""

    def __init__(self, scope: Scope, exists: Callable[[str], bool | None]) -> None:
        makefile = scope.makefile
        if makefile.problem is not None:
            raise Unclear(makefile.problem)
        self._scope = scope
        self._exists = exists
        self._rules: dict[str, list[Rule]] = {}
        self._default: str | None = None
        self._phony: set[str] = set()
        self._has_patterns = False
        self._done: set[str] = set()
        self._lines: list[Line] = []
        self._shell = self._shell_words()
        for rule in makefile.rules:
            self._add(rule)

    def lines(self, goals: Sequence[str]) -> tuple[Line, ...]:
        if ".DEFAULT_GOAL" in self._scope.makefile.variables:
            self._default = self._scope.variable(".DEFAULT_GOAL").value
        for goal in goals or (self._default,):
            if goal is None or goal not in self._rules:
                raise Unclear(f"it has no rule for {goal}" if goal else "it has no rule")
            self._make(goal, 0)
        return tuple(self._lines)

    def _shell_words(self) -> tuple[str, ...]:
        variables, given = self._scope.makefile.variables, self._scope.given
        shell, flags = DEFAULT_SHELL, "-c"
        if "SHELL" in variables or "SHELL" in given:
            shell = self._scope.variable("SHELL").value
        if ".SHELLFLAGS" in variables:
            flags = self._scope.variable(".SHELLFLAGS").value
        if "$" in shell + flags or not flags.endswith("c"):
            raise Unclear("its shell is not known")
        return (*shell.split(), *flags.split())

    def _add(self, rule: Rule) -> None:
        targets = self._scope.plain(rule.targets, rule.number).split()
        if any("%" in target for target in targets):
            self._has_patterns = True
            return
        if ".PHONY" in targets:
            self._phony.update(self._scope.plain(rule.prerequisites, rule.number).split())
        for target in targets:
            self._rules.setdefault(target, []).append(rule)
            if self._default is None and (not target.startswith(".") or "/" in target):
                self._default = target

    def _make(self, target: str, depth: int) -> None:
        """First what the target needs, then its own recipe."""
        if target in self._done:
            return
        self._done.add(target)
        rules = self._rules.get(target, ())
        odd = next((rule.odd for rule in rules if rule.odd is not None), None)
        recipes = [rule for rule in rules if rule.recipe]
        if odd is not None or len(recipes) > 1 or depth > MAX_DEPTH:
            raise Unclear(f"{target}: {odd or 'it has several recipes'}")
        self._check_need(target, has_recipe=bool(recipes))
        for rule in rules:
            needed = self._scope.plain(rule.prerequisites, rule.number).split()
            for name in needed:
                if name != "|":
                    self._make(name, depth + 1)
        for rule in recipes:
            for line in rule.recipe:
                self._run(line, target)

    def _check_need(self, target: str, *, has_recipe: bool) -> None:
        """Whether the recipe is run for sure: a file may be there and new enough."""
        if target in self._phony:
            return
        if not has_recipe and self._has_patterns:
            raise Unclear(f"{target} may be made by a pattern rule")
        if target in self._rules and self._exists(target) is not False:
            raise Unclear(f"{target} may be there already")

    def _run(self, line: LogicalText, target: str) -> None:
        text, is_open = self._scope.recipe_line(line, target)
        text = text.slice(_end_of_prefix(text.text), len(text.text))
        if not text.text.strip() or text.text.startswith("#"):
            return
        if len(self._lines) >= MAX_COMMANDS:
            raise Unclear("it runs too many commands")
        direct: bool | None = self._shell == (DEFAULT_SHELL, "-c") and _is_simple(text.text)
        if is_open and self._shell == (DEFAULT_SHELL, "-c"):
            direct = None
        self._lines.append(Line(text, self._shell, direct))


def _end_of_prefix(text: str) -> int:
    match = _PREFIX.match(text)
    return match.end() if match is not None else 0


def _is_simple(text: str) -> bool:
    """Whether make starts the program of a line without a shell."""
    text = _QUOTED.sub("", text.replace("\\\n", " "))
    first = text.split(None, 1)[0] if text.strip() else ""
    special = "'" in text or not _SHELL_CHARACTERS.isdisjoint(text)
    return not (special or "=" in first or first in _SHELL_COMMANDS)
