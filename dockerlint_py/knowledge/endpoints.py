"""Which services the schemes of URLs and the names of variables mean."""

from collections.abc import Mapping

from dockerlint_py.record import NamedTuple

SOURCE = "URL schemes of SQLAlchemy, dj-database-url, Celery and the clients; usual variable names"
DATE = "2026-11-24"

POSTGRESQL = frozenset(("postgresql",))
MYSQL = frozenset(("mysql", "mariadb"))
REDIS = frozenset(("redis", "valkey", "keydb"))
RABBITMQ = frozenset(("rabbitmq",))
MONGODB = frozenset(("mongodb",))
MEMCACHED = frozenset(("memcached",))
SQL = POSTGRESQL | MYSQL
NOTHING = frozenset[str]()

SCHEMES: Mapping[str, frozenset[str]] = {
    "amqp": RABBITMQ,
    "amqps": RABBITMQ,
    "http": NOTHING,
    "https": NOTHING,
    "mariadb": MYSQL,
    "mongodb": MONGODB,
    "mysql": MYSQL,
    "mysql2": MYSQL,
    "pgsql": POSTGRESQL,
    "postgis": POSTGRESQL,
    "postgres": POSTGRESQL,
    "postgresql": POSTGRESQL,
    "psql": POSTGRESQL,
    "pyamqp": RABBITMQ,
    "redis": REDIS,
    "rediss": REDIS,
}
"""By scheme, a driver after `+` left out: products as images have them."""

HOST_NAMES: Mapping[str, frozenset[str]] = {
    "AMQP_HOST": RABBITMQ,
    "DATABASE_HOST": SQL,
    "DB_HOST": SQL,
    "MEMCACHED_HOST": MEMCACHED,
    "MONGODB_HOST": MONGODB,
    "MONGO_HOST": MONGODB,
    "MYSQL_HOST": MYSQL,
    "PGHOST": POSTGRESQL,
    "PG_HOST": POSTGRESQL,
    "POSTGRESQL_HOST": POSTGRESQL,
    "POSTGRES_HOST": POSTGRESQL,
    "POSTGRES_SERVER": POSTGRESQL,
    "RABBITMQ_HOST": RABBITMQ,
    "REDIS_HOST": REDIS,
    "SQL_HOST": SQL,
}
"""By variable, alone or behind a prefix like `APP_`; the port is in the one with `PORT`."""

DJANGO_ENGINES: Mapping[str, frozenset[str]] = {
    "django.contrib.gis.db.backends.mysql": MYSQL,
    "django.contrib.gis.db.backends.postgis": POSTGRESQL,
    "django.db.backends.mysql": MYSQL,
    "django.db.backends.postgresql": POSTGRESQL,
    "django.db.backends.postgresql_psycopg2": POSTGRESQL,
}


class ClientCall(NamedTuple):
    """A call that connects: where it takes a URL, a host and a port, by position and by name.

    Position -1 is for what has a name only. `variable` names one that wins over the URL.
    """

    products: frozenset[str]
    url: tuple[int, str] | None = None
    host: tuple[int, str] | None = None
    port: tuple[int, str] | None = None
    variable: str = ""


_BY_URL = ClientCall(NOTHING, url=(0, "url"))
_REDIS_CLIENT = ClientCall(REDIS, host=(0, "host"), port=(1, "port"))
_MONGO_CLIENT = ClientCall(MONGODB, host=(0, "host"), port=(1, "port"))
_DSN = ClientCall(POSTGRESQL, (0, "dsn"), (-1, "host"), (-1, "port"))
_CONNINFO = _DSN._replace(url=(0, "conninfo"))
_MYSQL_CLIENT = ClientCall(MYSQL, host=(-1, "host"), port=(-1, "port"))

CLIENTS: Mapping[str, tuple[ClientCall, ...]] = {
    **dict.fromkeys(
        (
            "redis.ConnectionPool.from_url",
            "redis.Redis.from_url",
            "redis.StrictRedis.from_url",
            "redis.asyncio.ConnectionPool.from_url",
            "redis.asyncio.Redis.from_url",
            "redis.asyncio.from_url",
            "redis.from_url",
            "sqlalchemy.create_engine",
            "sqlalchemy.engine.create_engine",
            "sqlalchemy.ext.asyncio.create_async_engine",
            "sqlmodel.create_engine",
            "pika.URLParameters",
        ),
        (_BY_URL,),
    ),
    **dict.fromkeys(("redis.Redis", "redis.StrictRedis", "redis.asyncio.Redis"), (_REDIS_CLIENT,)),
    **dict.fromkeys(
        (
            "motor.motor_asyncio.AsyncIOMotorClient",
            "pymongo.AsyncMongoClient",
            "pymongo.MongoClient",
        ),
        (_MONGO_CLIENT,),
    ),
    **dict.fromkeys(("asyncpg.connect", "asyncpg.create_pool", "psycopg2.connect"), (_DSN,)),
    **dict.fromkeys(
        ("psycopg.AsyncConnection.connect", "psycopg.Connection.connect", "psycopg.connect"),
        (_CONNINFO,),
    ),
    **dict.fromkeys(
        ("MySQLdb.connect", "aiomysql.connect", "mysql.connector.connect", "pymysql.connect"),
        (_MYSQL_CLIENT,),
    ),
    "pika.ConnectionParameters": (ClientCall(RABBITMQ, host=(0, "host"), port=(1, "port")),),
    "celery.Celery": (
        ClientCall(NOTHING, url=(-1, "broker"), variable="CELERY_BROKER_URL"),
        ClientCall(NOTHING, url=(-1, "backend"), variable="CELERY_RESULT_BACKEND"),
    ),
}
"""By path of what is called: read from the signatures, and tried with the libraries."""

ELSEWHERE = frozenset(
    {
        *("async_creator", "connect_args", "connection_pool", "creator", "read_default_file"),
        *("service", "unix_socket", "unix_socket_path"),
    }
)
"""Arguments of these calls that may name another server."""

SERVER_PROGRAMS = frozenset(
    "memcached mongod mysqld mariadbd pg_ctl postgres postgresql rabbitmq-server redis-server "
    "service supervisord s6-svscan runit valkey-server".split()
)
"""Programs that may be such a service in the very container."""
