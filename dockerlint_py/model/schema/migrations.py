"""Programs that migrate a database, and those that wait for it."""

from dockerlint_py.knowledge.schema_commands import DJANGO, applies_migrations
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.shell import BlockKind

SERVERS_WITH_CHECK = ("runserver", "runserver_plus")

WAITERS = frozenset(
    "pg_isready dockerize nc ncat netcat psql mysql mysqladmin mariadb-admin python".split()
)
"""Programs that scripts wait with; `python` is one that reads a program from `-c` or its input."""

WORDS = ("wait", "prestart", "pre_start", "pre-start")


def is_migration(invocation: Invocation) -> bool:
    """Whether a program changes the schema of a database: `migrate`, `alembic upgrade`..."""
    return applies_migrations(invocation.name, invocation.values)


def needs_database(invocation: Invocation) -> bool:
    """Whether a program fails without its database: Django's `runserver` looks at it first."""
    values = invocation.values
    looks = invocation.name in DJANGO and values[:1] and values[0] in SERVERS_WITH_CHECK
    return bool(looks) or is_migration(invocation)


def may_wait(invocation: Invocation) -> bool:
    """Whether a program probably waits for another service, or is part of a loop that does."""
    if invocation.command.within(BlockKind.WHILE, BlockKind.DO) or invocation.name in WAITERS:
        return True
    names = [wrapper.name for wrapper in invocation.wrappers]
    text = " ".join((*names, invocation.text)).lower()
    return any(word in text for word in WORDS)


def waits_for_migrations(invocation: Invocation) -> bool:
    """Whether a program waits until somebody else has migrated: `manage.py wait_for_migrations`."""
    return "migrat" in invocation.text.lower() and may_wait(invocation)
