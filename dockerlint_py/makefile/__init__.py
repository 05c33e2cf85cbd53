"""Makefiles: variables, rules, and the commands that GNU make runs for a goal."""

from dockerlint_py.makefile.command_line import Call, read_call
from dockerlint_py.makefile.expansion import Scope, Unclear
from dockerlint_py.makefile.goals import Line, lines_for
from dockerlint_py.makefile.reader import Makefile, Rule, Variable, read

__all__ = [
    "Call",
    "Line",
    "Makefile",
    "Rule",
    "Scope",
    "Unclear",
    "Variable",
    "lines_for",
    "read",
    "read_call",
]
