"""One pass over the tree of a module into `ModuleFacts`; the tree is dropped afterwards."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dockerlint_py.python.kinds import looks_like_template
from dockerlint_py.python.read import read
from dockerlint_py.python.records import ModuleFacts, Problem

if TYPE_CHECKING:
    from dockerlint_py.text import Source


def extract(source: "Source") -> ModuleFacts:
    """The facts of one module; of a file that cannot be read, its problems alone."""
    with no_collection():
        return _extract(source)


def _extract(source: "Source") -> ModuleFacts:
    parsed = read(source.text)
    if isinstance(parsed, Problem):
        return ModuleFacts(source.path, problems=(_in_other_words(parsed, source.text),))
    from dockerlint_py.python.walk import Walker

    walker = Walker(parsed.positions)
    try:
        body = walker.module(parsed.tree)
        return walker.facts(source.path, body, newer=parsed.newer)
    except RecursionError:
        return ModuleFacts(source.path, problems=(Problem("too-deep", "nested too deeply"),))


def _in_other_words(problem: Problem, text: str) -> Problem:
    """Tells apart what is not meant to be Python from what is broken."""
    if problem.code != "broken":
        return problem
    first = text.partition("\n")[0]
    if first.startswith("#!") and "python" not in first:
        return Problem("not-python", f"written for another interpreter: {first[2:80]}", 0)
    if looks_like_template(text):
        return Problem("template", "a template, not Python", problem.at)
    return problem


@contextmanager
def no_collection() -> Iterator[None]:
    """Holds the garbage collector back: a tree has no cycles, and watching it doubles the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
