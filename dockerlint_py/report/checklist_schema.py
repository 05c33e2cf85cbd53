"""What shows that the migrations of an application are applied."""

from dockerlint_py.knowledge.schema_commands import DJANGO as PROGRAMS_OF_DJANGO
from dockerlint_py.knowledge.schema_commands import applies_migrations
from dockerlint_py.model.programs.management import runs_of_container
from dockerlint_py.model.schema.migrations import is_migration
from dockerlint_py.report.checklist_items import DJANGO
from dockerlint_py.report.checklist_subject import (
    DONE,
    NOT_APPLICABLE,
    UNKNOWN,
    Subject,
    Verdict,
)
from dockerlint_py.text.regex import regex

_LIBRARIES = (
    *("sqlalchemy", "sqlmodel", "tortoise", "peewee", "pony", "piccolo", "ormar", "gino"),
    *("databases", "alembic", "migrate", "aerich", "mongoengine", "edgedb", "prisma"),
    *("psycopg", "asyncpg", "pymysql", "mysql", "sqlite", "postgres", "oracledb", "pyodbc"),
)
_USED = regex(rf"(?i)\b\w*(?:{'|'.join(_LIBRARIES)})\w*\b")
"""Libraries for databases, and what their names are parts of."""


def migrations(subject: Subject) -> Verdict:
    """Applied when containers start, or needless: the application knows no database."""
    ours = {run.place for code in subject.code for run in code.application.management_runs}
    for container in subject.siblings:
        others = {run.place for run in runs_of_container(container)} - ours
        for each in container.process.invocations:
            if is_migration(each) and not each.is_conditional and each.place not in others:
                return Verdict(DONE, each.fact().says, (each.place,))
    if subject.framework != DJANGO and _knows_no_database(subject):
        return Verdict(NOT_APPLICABLE, "no library for databases is used")
    return _elsewhere(subject)


def _knows_no_database(subject: Subject) -> bool:
    files = subject.container.repository.python_files
    paths = [path for code in subject.code for path in code.application.files]
    return bool(paths) and not any(_USED.search(files.text(path)) for path in paths)


def _elsewhere(subject: Subject) -> Verdict:
    """Commands of scripts, platforms and READMEs: nobody knows whether they are given."""
    for given in subject.container.repository.programs:
        if applies_migrations(given.program, given.arguments):
            word = "migrate" if given.program in PROGRAMS_OF_DJANGO else "upgrade"
            why = f"{given.origin.value} has `{given.program} {word}`; is it run?"
            return Verdict(UNKNOWN, why, (given.place,))
    return Verdict(UNKNOWN, "nothing is seen to apply any")
