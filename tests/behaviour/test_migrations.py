"""What the rules about migrations claim, done by Django and Alembic themselves."""

import sqlite3
from pathlib import Path

import pytest

from tests.behaviour import programs

SETTINGS = """\
INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
"""
MODELS = """\
from django.db import models
class Book(models.Model):
    title = models.CharField(max_length=9)
"""
COUNT = """\
import django
from django.core.management import call_command
django.setup()
from shop.models import Book
call_command("migrate")
Book(title="one").save()
for name, options in (("sqlflush", {}), ("flush", {"interactive": False})):
    call_command(name, **options)
    print(Book.objects.count(), "after", name)
"""
ENV = """\
from alembic import context
from sqlalchemy import create_engine
with create_engine("sqlite:///shop.db").connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""


def run(folder: Path, *command: str) -> str:
    return programs.run(folder, *command, DJANGO_SETTINGS_MODULE="settings").output


def tables(folder: Path, name: str = "db.sqlite3") -> set[str]:
    rows = sqlite3.connect(folder / name).execute("SELECT name FROM sqlite_master")
    return {row[0] for row in rows}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "settings.py").write_text(SETTINGS)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/__init__.py").touch()
    (tmp_path / "shop/models.py").write_text(MODELS)
    return tmp_path


def test_migrate_makes_no_table_of_an_app_without_migrations(shop: Path) -> None:
    assert "Your models" not in run(shop, "-m", "django", "migrate")
    assert "shop_book" not in tables(shop)


def test_makemigrations_writes_files_and_needs_the_apps_name_the_first_time(shop: Path) -> None:
    assert "No changes detected" in run(shop, "-m", "django", "makemigrations")
    run(shop, "-m", "django", "makemigrations", "shop")
    assert (shop / "shop/migrations/0001_initial.py").exists()
    run(shop, "-m", "django", "migrate")
    assert "shop_book" in tables(shop)


def test_migrations_in_a_folder_that_is_no_package_are_not_applied(shop: Path) -> None:
    run(shop, "-m", "django", "makemigrations", "shop")
    (shop / "shop/migrations/__init__.py").unlink()
    run(shop, "-m", "django", "migrate")
    assert "shop_book" not in tables(shop)


def migration(folder: Path, name: str, parent: str) -> None:
    text = "from django.db import migrations\nclass Migration(migrations.Migration):\n"
    text += f"    dependencies = [('shop', {parent!r})]\n"
    (folder / f"shop/migrations/{name}.py").write_text(text)


def test_migrate_refuses_two_ends_and_a_missing_parent(shop: Path) -> None:
    run(shop, "-m", "django", "makemigrations", "shop")
    migration(shop, "0002_left", "0001_initial")
    migration(shop, "0002_right", "0001_initial")
    assert "Conflicting migrations detected" in run(shop, "-m", "django", "migrate")
    migration(shop, "0002_right", "0001_other")
    assert "NodeNotFoundError" in run(shop, "-m", "django", "migrate")


def test_sqlflush_only_prints(shop: Path) -> None:
    run(shop, "-m", "django", "makemigrations", "shop")
    out = run(shop, "-c", COUNT)
    assert "DELETE FROM" in out
    assert out.splitlines()[-2:] == ["1 after sqlflush", "0 after flush"]


def alembic(folder: Path, *arguments: str) -> str:
    return run(folder, "-m", "alembic", *arguments)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/alembic\n")
    (tmp_path / "alembic/versions").mkdir(parents=True)
    (tmp_path / "alembic/env.py").write_text(ENV)
    return tmp_path


def revision(folder: Path, name: str, parent: str | None) -> None:
    text = f"from alembic import op\nimport sqlalchemy as sa\nrevision = {name!r}\n"
    text += f"down_revision = {parent!r}\n"
    text += f"def upgrade():\n    op.create_table({name!r}, sa.Column('id', sa.Integer))\n"
    (folder / f"alembic/versions/{name}.py").write_text(text)


def test_upgrade_without_revisions_makes_no_table(history: Path) -> None:
    assert "FAILED" not in alembic(history, "upgrade", "head")
    assert all("alembic_version" in name for name in tables(history, "shop.db"))


def test_upgrade_refuses_two_heads(history: Path) -> None:
    revision(history, "first", None)
    revision(history, "left", "first")
    revision(history, "right", "first")
    assert "Multiple head revisions are present" in alembic(history, "upgrade", "head")
    assert "FAILED" not in alembic(history, "upgrade", "heads")
    assert {"left", "right"} <= tables(history, "shop.db")


def test_upgrade_refuses_a_revision_whose_parent_is_missing(history: Path) -> None:
    revision(history, "second", "first")
    assert "KeyError: 'first'" in alembic(history, "upgrade", "head")


def test_upgrade_needs_its_configuration_where_it_is_started(history: Path) -> None:
    (history / "below").mkdir()
    assert "No 'script_location'" in alembic(history / "below", "upgrade", "head")


INI = """\
[alembic]
script_location = %(here)s/alembic
sqlalchemy.url = sqlite:///of-the-file.db
"""
ENV_OF_INI = """\
from alembic import context
from sqlalchemy import create_engine
with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""


def test_alembic_takes_the_database_of_its_file(history: Path) -> None:
    """CFG015: whatever the environment says."""
    (history / "alembic.ini").write_text(INI)
    (history / "alembic/env.py").write_text(ENV_OF_INI)
    revision(history, "first", None)
    argv = ("-m", "alembic", "upgrade", "head")
    programs.run(history, *argv, DATABASE_URL="sqlite:///of-the-environment.db")
    assert "first" in tables(history, "of-the-file.db")
    assert not (history / "of-the-environment.db").exists()
