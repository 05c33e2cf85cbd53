"""Commands that change the schema of a database, write its migrations, or destroy its data.

Arguments are those behind the program, options left in place; `manage.py` stands for `django-admin`
and `python -m django` too.
"""

from collections.abc import Sequence

SOURCE = (
    "documentation of Django, django-extensions, django-tenants, django-safemigrate, Alembic, "
    "Flask-Migrate, Aerich, Advanced Alchemy, PostgreSQL"
)
DATE = "2026-11-24"

DJANGO = ("manage.py", "django-admin", "django")
"""Names that Django's command line has."""

_ONLY_LOOKS = ("--check", "--plan", "--help", "-h", "--sql", "--list", "--dry-run")
_ERASES = frozenset({"flush", "reset_db", "reset_schema"})
_BASE = ("base", "zero")


def applies_migrations(program: str, arguments: Sequence[str]) -> bool:
    """Whether a command brings a database up to date: `migrate`, `alembic upgrade`..."""
    words = _words(arguments)
    if words is None:
        return False
    if program in DJANGO:
        return words[:1] in (["migrate"], ["migrate_schemas"], ["safemigrate"])
    if program in ("alembic", "aerich", "alchemy"):
        return "upgrade" in words
    if program == "litestar":
        return "database" in words and "upgrade" in words
    return program == "flask" and "db" in words and "upgrade" in words


def writes_migrations(program: str, arguments: Sequence[str]) -> bool:
    """Whether a command makes migration files: `makemigrations`, `alembic revision`..."""
    words = _words(arguments)
    if words is None:
        return False
    if program in DJANGO:
        return words[:1] in (["makemigrations"], ["schemamigration"])
    if program == "alembic":
        return "revision" in words or "merge" in words
    if program == "aerich":
        return "migrate" in words
    return program == "flask" and "db" in words and bool({"migrate", "revision"} & set(words))


def destroys_data(program: str, arguments: Sequence[str]) -> bool:
    """Whether a command empties or drops a database, or undoes all of its migrations."""
    if program == "dropdb":  # its `-h` is a host
        return "--help" not in arguments
    words = _words(arguments)
    if words is None:
        return False
    if program in DJANGO:
        undone = words[:1] == ["migrate"] and words[2:3] == ["zero"]
        return bool(_ERASES.intersection(words[:1])) or undone
    downgrades = "downgrade" in words and any(word in _BASE for word in words)
    return downgrades and (program == "alembic" or (program == "flask" and "db" in words))


def _words(arguments: Sequence[str]) -> list[str] | None:
    """The arguments without options; None when the command only looks."""
    if any(argument in _ONLY_LOOKS for argument in arguments):
        return None
    return [argument for argument in arguments if not argument.startswith("-")]
