"""Which containers are databases, brokers or stores, and where their data is."""

import pytest

from dockerlint_py.model.container import Container
from dockerlint_py.testing import project


def container(service: str) -> Container:
    compose = f"services:\n  db:\n{service}"
    (found,) = project({"compose.prod.yml": compose}).repository().containers
    return found


@pytest.mark.parametrize(
    ("service", "title"),
    [
        ("    image: postgres:17\n", "PostgreSQL"),
        ("    image: postgres:17\n    command: postgres -c fsync=off\n", "PostgreSQL"),
        ("    image: postgres:17\n    command: [-c, fsync=off]\n", "PostgreSQL"),
        ("    image: postgres:17\n    command: pg_dump -h db\n", None),
        ("    image: postgres:17\n    entrypoint: [backup]\n", None),
        ("    image: postgres:17\n    command: '${COMMAND}'\n", None),
        ("    image: mirror.gcr.io/library/mysql:8\n", "MySQL"),
        ("    image: redis:8\n    command: redis-server --dir /srv\n", None),
        ("    image: minio/minio\n    command: server /one /two\n", None),
        ("    image: nginx:1.28\n", None),
    ],
)
def test_what_is_a_datastore(service: str, title: str | None) -> None:
    store = container(service).datastore
    assert (store.title if store is not None else None) == title


@pytest.mark.parametrize(
    ("command", "disposable"),
    [
        ("redis-server", True),
        ("redis-server --appendonly no", True),
        ("redis-server --appendonly yes", False),
        ("redis-server --save 60 1", False),
        ("redis-server --save ''", True),
    ],
)
def test_a_cache_that_is_told_to_keep_is_none(command: str, disposable: bool) -> None:
    store = container(f"    image: redis:8\n    command: {command}\n").datastore
    assert store is not None
    assert store.is_disposable is disposable


def test_the_folder_that_pgdata_names() -> None:
    moved = "    image: postgres:17\n    environment: {PGDATA: /srv/pg}\n    volumes: [%s]\n"
    assert container(moved % "'data:/srv'").lost_data is None
    lost = container(moved % "").lost_data
    assert lost is not None
    assert lost.datastore.folder == "/srv/pg"
