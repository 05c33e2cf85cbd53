"""Images of databases, brokers and stores: where they keep their data, and who starts them.

Read from the Dockerfiles and documentation of the images, and from the entry script of
docker-library/postgres for what PostgreSQL 18 changed.
"""

from collections.abc import Mapping

from dockerlint_py.record import NamedTuple

SOURCE = "Dockerfiles and documentation of the images"
DATE = "2026-11-24"

POSTGRES_DATA = "/var/lib/postgresql/data"
"""Where images of PostgreSQL before 18 keep the data, and declare a volume."""

POSTGRES_HOME = "/var/lib/postgresql"
"""Where those of PostgreSQL 18 and later declare it; the data is in `18/docker` below."""

POSTGRES_MOVED = 18

POSTGRES_IMAGES = frozenset(
    ("postgres", "postgis/postgis", "pgvector/pgvector", "timescale/timescaledb")
)
"""The official image and those that are made from it."""


class DatastoreRow(NamedTuple):
    """A product: its folder, its server programs, the options that move the data elsewhere.

    `is_sql` tells that programs cannot start without it when they migrate; `is_cache` that people
    often keep nothing in it that they would miss, unless an option in `keeps` is given.
    """

    title: str
    folder: str
    programs: tuple[str, ...]
    moves: tuple[str, ...] = ()
    is_sql: bool = False
    is_cache: bool = False
    keeps: tuple[str, ...] = ()


_REDIS = ("redis-server", "valkey-server", "keydb-server")

ROWS: Mapping[str, DatastoreRow] = {
    "postgresql": DatastoreRow("PostgreSQL", POSTGRES_HOME, ("postgres",), ("-D",), is_sql=True),
    "mysql": DatastoreRow("MySQL", "/var/lib/mysql", ("mysqld",), ("--datadir",), is_sql=True),
    "mariadb": DatastoreRow(
        *("MariaDB", "/var/lib/mysql", ("mariadbd", "mysqld"), ("--datadir",)), is_sql=True
    ),
    "mongodb": DatastoreRow("MongoDB", "/data/db", ("mongod",), ("--dbpath", "--config", "-f")),
    "redis": DatastoreRow(
        *("Redis", "/data", _REDIS, ("--dir",)), is_cache=True, keeps=("--appendonly", "--save")
    ),
    "valkey": DatastoreRow(
        *("Valkey", "/data", _REDIS, ("--dir",)), is_cache=True, keeps=("--appendonly", "--save")
    ),
    "keydb": DatastoreRow(
        *("KeyDB", "/data", _REDIS, ("--dir",)), is_cache=True, keeps=("--appendonly", "--save")
    ),
    "rabbitmq": DatastoreRow("RabbitMQ", "/var/lib/rabbitmq", ("rabbitmq-server",)),
    "elasticsearch": DatastoreRow(
        "Elasticsearch", "/usr/share/elasticsearch/data", ("elasticsearch", "eswrapper")
    ),
    "opensearch": DatastoreRow(
        "OpenSearch", "/usr/share/opensearch/data", ("opensearch", "opensearchwrapper")
    ),
    "minio": DatastoreRow("MinIO", "/data", ("minio", "server")),
}

BITNAMI = "bitnami/"
BITNAMI_FOLDER = "/bitnami"


def datastore_row(product: str | None, name: str) -> DatastoreRow | None:
    """The row of an image, given what it is and its name; None for anything else."""
    row = ROWS.get(product or "")
    if row is not None and name.startswith(BITNAMI):
        return row._replace(folder=BITNAMI_FOLDER)
    return row
