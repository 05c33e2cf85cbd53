"""Splits shell text into commands and finds the program that a command runs."""

from dockerlint_py.shell.assigned import Assigned, assigned
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
from dockerlint_py.shell.family import POSIX_SHELLS, ShellFamily, basename, shell_family
from dockerlint_py.shell.flow import Ending, endings
from dockerlint_py.shell.program import Program, program
from dockerlint_py.shell.splitter import split
from dockerlint_py.shell.unwrap import Unwrapped, Wrapper, unwrap
from dockerlint_py.shell.word import Lookup, Part, PartKind, Word

__all__ = [
    "POSIX_SHELLS",
    "Assigned",
    "Assignment",
    "Block",
    "BlockKind",
    "Command",
    "Compound",
    "Ending",
    "Heredoc",
    "Lookup",
    "Part",
    "PartKind",
    "Problem",
    "Program",
    "Redirection",
    "Script",
    "ShellFamily",
    "Unwrapped",
    "Word",
    "Wrapper",
    "assigned",
    "basename",
    "endings",
    "program",
    "shell_family",
    "split",
    "unwrap",
]
