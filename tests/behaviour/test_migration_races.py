"""What MIG005 says of migrations that run twice at once, and MIG011 of a shared SQLite file."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.behaviour.gunicorn import PATIENCE
from tests.behaviour.programs import write

SETTINGS = """\
INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
DATABASES["default"]["OPTIONS"] = {"timeout": 10}
"""
MIGRATION = """\
from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(name="Book", fields=[("id", models.AutoField(primary_key=True))])
    ]
"""
MIGRATE = """\
import os, pathlib, sys, time
import django
django.setup()
from django.core.management import call_command
from django.db.models.signals import pre_migrate

def meet(**_):
    # migrate has looked up what is unapplied by now: let both come so far.
    pathlib.Path(f"at-{os.getpid()}").touch()
    deadline = time.monotonic() + 15
    while len(list(pathlib.Path().glob("at-*"))) < int(sys.argv[1]):
        assert time.monotonic() < deadline
        time.sleep(0.005)

pre_migrate.connect(meet, weak=False)
call_command("migrate", verbosity=0)
"""


@pytest.mark.parametrize("number", [1, 2])
def test_one_of_two_that_migrate_at_once_fails(tmp_path: Path, number: int) -> None:
    migrations = tmp_path / "shop/migrations"
    migrations.mkdir(parents=True)
    write(migrations, __init__="", first=MIGRATION)
    write(tmp_path / "shop", __init__="", models="")
    write(tmp_path, settings=SETTINGS)
    sqlite3.connect(tmp_path / "db.sqlite3").execute(
        'CREATE TABLE "django_migrations" ("id" integer PRIMARY KEY, "app" text, "name" text,'
        ' "applied" datetime)'
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, str(number)],
            cwd=tmp_path,
            env={"DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(tmp_path)},
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(number)
    ]
    errors = [process.communicate(timeout=PATIENCE)[1] for process in processes]
    assert [process.returncode for process in processes].count(0) == 1
    failed = [error for error in errors if error]
    assert len(failed) == number - 1
    assert all("already exists" in error for error in failed)


def test_who_writes_locks_a_sqlite_file(tmp_path: Path) -> None:
    one = sqlite3.connect(tmp_path / "db", isolation_level=None)
    two = sqlite3.connect(tmp_path / "db", isolation_level=None, timeout=0.05)
    one.execute("CREATE TABLE book (id)")
    one.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        two.execute("INSERT INTO book VALUES (1)")
    one.execute("COMMIT")
    two.execute("INSERT INTO book VALUES (1)")
