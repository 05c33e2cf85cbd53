"""A source text into a tree of the standard library's `ast`, whatever the text is."""

import warnings
from typing import TYPE_CHECKING

from dockerlint_py.python.positions import Positions
from dockerlint_py.python.records import Problem
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    import ast

MAX_CHARACTERS = 4_000_000
"""Longer texts are generated data: parsing one would need more than a gigabyte."""


class Parsed(NamedTuple):
    """A tree, with what turns its lines and columns into offsets of the file.

    `newer` says that the text had to be masked: it needs a newer Python than the running one.
    """

    tree: "ast.Module"
    positions: Positions
    newer: bool


def read(text: str) -> Parsed | Problem:
    """The tree of a text, or why there is none."""
    if len(text) > MAX_CHARACTERS:
        return Problem("too-large", f"longer than {MAX_CHARACTERS} characters")
    if text.startswith("\ufeff"):
        # A form feed is as long, may open a file, and does not count as indentation.
        text = "\f" + text[1:]
    tree = _parse(text)
    if not isinstance(tree, SyntaxError):
        return tree if isinstance(tree, Problem) else Parsed(tree, Positions(text), newer=False)
    from dockerlint_py.python.newer import mask

    masked = mask(text)
    if masked is None or masked == text:
        return _broken(tree, text)
    second = _parse(masked)
    if isinstance(second, SyntaxError):
        return _broken(tree, text)
    if isinstance(second, Problem):
        return second
    return Parsed(second, Positions(masked), newer=True)


def _parse(text: str) -> "ast.Module | Problem | SyntaxError":
    import ast

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        return error
    except (MemoryError, RecursionError):
        return Problem("too-deep", "nested too deeply")
    except ValueError as error:
        return Problem("broken", f"not Python: {error}")


def _broken(error: SyntaxError, text: str) -> Problem:
    line = error.lineno or 1
    positions = Positions(text)
    at = positions.starts[line] if line < len(positions.starts) else len(text)
    return Problem("broken", f"not Python: {error.msg}", at)
