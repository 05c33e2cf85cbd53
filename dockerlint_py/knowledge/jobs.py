"""Commands of Python projects that do one thing and end."""

from collections.abc import Sequence

from dockerlint_py.knowledge.servers import ONE_SHOT_DJANGO_COMMANDS

SOURCE = "documentation of Django, Alembic, Flask-Migrate, Aerich and pytest"
DATE = "2026-11-24"

HELPERS = frozenset("cd chmod chown cp echo export mkdir printf set sleep true".split())
"""What stands around a job in a script, and ends as well."""

_SUBCOMMANDS = {
    "aerich": frozenset({"upgrade", "downgrade", "init-db"}),
    "alembic": frozenset({"upgrade", "downgrade", "stamp", "current"}),
    "django-admin": ONE_SHOT_DJANGO_COMMANDS,
    "flask": frozenset({"db"}),
    "manage.py": ONE_SHOT_DJANGO_COMMANDS,
    "pytest": None,
}
"""Programs and the subcommands that end; None for all of a program."""


def is_job(program: str, arguments: Sequence[str]) -> bool:
    """Whether a program with these arguments is known to end by itself."""
    if program not in _SUBCOMMANDS:
        return False
    subcommands = _SUBCOMMANDS[program]
    return subcommands is None or any(each in subcommands for each in arguments[:3])
