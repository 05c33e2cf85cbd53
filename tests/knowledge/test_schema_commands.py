"""The table of commands that change a schema, and whether the programs have such commands."""

import pytest

from dockerlint_py.knowledge.schema_commands import (
    applies_migrations,
    destroys_data,
    writes_migrations,
)


@pytest.mark.parametrize(
    ("command", "does"),
    [
        ("manage.py migrate --noinput", "applies"),
        ("django-admin migrate shop", "applies"),
        ("manage.py migrate --check", ""),
        ("manage.py migrate --plan", ""),
        ("manage.py showmigrations", ""),
        ("alembic -c a.ini upgrade head", "applies"),
        ("alembic upgrade head --sql", ""),
        ("alembic current", ""),
        ("flask --app shop db upgrade", "applies"),
        ("flask run", ""),
        ("aerich upgrade", "applies"),
        ("manage.py makemigrations", "writes"),
        ("manage.py makemigrations --check", ""),
        ("manage.py makemigrations --dry-run", ""),
        ("alembic revision --autogenerate", "writes"),
        ("flask db migrate -m text", "writes"),
        ("aerich migrate", "writes"),
        ("manage.py flush --no-input", "destroys"),
        ("manage.py reset_db", "destroys"),
        ("manage.py sqlflush", ""),
        ("manage.py migrate shop zero", "applies destroys"),
        ("manage.py migrate shop 0001", "applies"),
        ("alembic downgrade base", "destroys"),
        ("alembic downgrade -1", ""),
        ("flask db downgrade base", "destroys"),
        ("dropdb -h db shop", "destroys"),
        ("dropdb --help", ""),
        ("createdb shop", ""),
    ],
)
def test_what_a_command_does(command: str, does: str) -> None:
    program, *arguments = command.split()
    found = {
        "applies": applies_migrations(program, arguments),
        "writes": writes_migrations(program, arguments),
        "destroys": destroys_data(program, arguments),
    }
    assert {name for name, true in found.items() if true} == set(does.split())


def test_django_has_the_commands() -> None:
    from django.core import management

    commands = management.find_commands(management.__path__[0])
    assert {"migrate", "makemigrations", "flush", "sqlflush"} <= set(commands)


def test_alembic_has_the_commands() -> None:
    from alembic import command

    assert all(hasattr(command, name) for name in ("upgrade", "downgrade", "revision", "merge"))
