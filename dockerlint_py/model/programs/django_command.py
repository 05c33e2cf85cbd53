"""Which management command of Django a program is told to run."""

from dockerlint_py.model.programs.invocation import Invocation

_PROGRAMS = ("manage.py", "django-admin", "django-admin.py", "django")
_BEFORE_COMMAND = ("--settings", "--pythonpath", "-v", "--verbosity")
"""Options with a value that may stand before the command."""


def command_of(invocation: Invocation) -> str | None:
    """The management command that a program is told to run; None when it is another program."""
    if invocation.name not in _PROGRAMS:
        return None
    skips = False
    for value in invocation.values:
        if skips or value.startswith("-"):
            skips = not skips and value in _BEFORE_COMMAND
        else:
            return value
    return None
