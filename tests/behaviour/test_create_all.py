"""What MIG008 says of `create_all`, done by SQLAlchemy, Alembic and gunicorn."""

from pathlib import Path

import pytest

from tests.behaviour.programs import run

MODELS = """\
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, inspect

metadata = MetaData()
shop = Table("shop", metadata, Column("id", Integer, primary_key=True))
engine = create_engine("sqlite:///shop.db")
"""
ENV = """\
from alembic import context
from models import engine, metadata
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
"""
REVISION = """\
from alembic import op
import sqlalchemy as sa
revision = "first"
down_revision = None
def upgrade():
    op.create_table("shop", sa.Column("id", sa.Integer, primary_key=True))
"""
CREATE = "from models import *\nmetadata.create_all(engine)\n"
ADD_COLUMN = "from models import *\nshop.append_column(Column('name', Integer))\n"
COLUMNS = "print([column['name'] for column in inspect(engine).get_columns('shop')])"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/alembic\n")
    (tmp_path / "alembic/versions").mkdir(parents=True)
    (tmp_path / "alembic/env.py").write_text(ENV)
    (tmp_path / "alembic/versions/first.py").write_text(REVISION)
    (tmp_path / "models.py").write_text(MODELS)
    return tmp_path


@pytest.mark.parametrize("creates", [False, True])
def test_upgrade_fails_when_a_table_exists(project: Path, creates: bool) -> None:
    if creates:
        assert run(project, "-c", CREATE) == (0, "")
    status, output = run(project, "-m", "alembic", "upgrade", "head")
    assert (status == 0) is not creates
    assert ("table shop already exists" in output) is creates


def test_a_changed_table_stays_as_it_is(project: Path) -> None:
    run(project, "-c", CREATE)
    _, output = run(project, "-c", f"{ADD_COLUMN}metadata.create_all(engine)\n{COLUMNS}")
    assert output == "['id']\n"


SERVED = """\
import os, pathlib, time
from sqlalchemy import event
from models import engine, metadata

def meet(*_, **__):
    # create_all has looked for the table by now: let all workers come so far.
    pathlib.Path(f"sees-none-{os.getpid()}").touch()
    deadline = time.monotonic() + 10
    while len(list(pathlib.Path().glob("sees-none-*"))) < workers:
        assert time.monotonic() < deadline
        time.sleep(0.005)

event.listen(metadata, "before_create", meet)
metadata.create_all(engine)
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_that_start_together_create_the_same_table(project: Path, workers: int) -> None:
    ends = "import signal\nos.kill(os.getppid(), signal.SIGTERM)\n"
    text = f"workers = {workers}\n{SERVED}{ends if workers == 1 else ''}app = print\n"
    (project / "main.py").write_text(text)
    argv = ["-m", "gunicorn", "-b", "127.0.0.1:0", "-w", str(workers), "main:app"]
    status, output = run(project, *argv)
    assert (status, "table shop already exists" in output) == (
        (0, False) if workers == 1 else (3, True)
    )
