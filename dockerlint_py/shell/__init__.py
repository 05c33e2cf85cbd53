"""Splits shell text into commands and finds the program that a command runs."""

from dockerlint_py.shell.command import (
    Assignment,
    Block,
    BlockKind,
    Command,
    Compound,
    Heredoc,
    Problem,
    Redirection,
    Script,
)
from dockerlint_py.shell.splitter import split
from dockerlint_py.shell.word import Lookup, Part, PartKind, Word

__all__ = [
    "Assignment",
    "Block",
    "BlockKind",
    "Command",
    "Compound",
    "Heredoc",
    "Lookup",
    "Part",
    "PartKind",
    "Problem",
    "Redirection",
    "Script",
    "Word",
    "split",
]
