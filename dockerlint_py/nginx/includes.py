"""`include`: the directives of other files in its place."""

from collections.abc import Callable
from typing import TypeAlias

from dockerlint_py.nginx.parser import MAX_DIRECTIVES, Directive, Parsed, Problem
from dockerlint_py.record import NamedTuple

MAX_DEPTH = 10
MAX_FILES = 200


class Found(NamedTuple):
    """The files that a path or a pattern means, in nginx's order; `gap`: why there may be more."""

    files: tuple[Parsed, ...] = ()
    gap: str | None = None


Find: TypeAlias = Callable[[str], Found]


def expand_includes(parsed: Parsed, find: Find) -> Parsed:
    """The file with what it includes; an `include` that leaves a gap stays as a directive."""
    expander = _Expander(find)
    directives = expander.expand(parsed.directives, MAX_DEPTH)
    return Parsed(directives, parsed.problem or expander.problem)


class _Expander:
    def __init__(self, find: Find) -> None:
        self._find = find
        self._left = MAX_FILES
        self._room = MAX_DIRECTIVES
        self.problem: Problem | None = None

    def expand(self, directives: tuple[Directive, ...], depth: int) -> tuple[Directive, ...]:
        """The directives with what they include, at most `depth` files deep."""
        expanded: list[Directive] = []
        for directive in directives:
            if directive.name.text == "include" and directive.block is None:
                expanded += self._included(directive, depth)
            elif directive.block is not None:
                expanded.append(directive._replace(block=self.expand(directive.block, depth)))
            else:
                expanded.append(directive)
        return tuple(expanded)

    def _included(self, directive: Directive, depth: int) -> list[Directive]:
        if len(directive.args) != 1 or not depth:
            return [directive._replace(gap="what is included is not known")]
        found = self._find(directive.args[0].text)
        expanded = [] if found.gap is None else [directive._replace(gap=found.gap)]
        for parsed in found.files:
            self._left -= 1
            if self._left < 0:
                return [directive._replace(gap="it includes too many files")]
            self.problem = self.problem or parsed.problem
            self._room -= len(parsed.directives)
            if self._room < 0:
                return [directive._replace(gap="it includes too much")]
            expanded += self.expand(parsed.directives, depth - 1)
        return expanded
