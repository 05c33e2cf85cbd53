"""Which services the schemes of URLs and the names of variables mean."""

from collections.abc import Mapping

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

SERVER_PROGRAMS = frozenset(
    "memcached mongod mysqld mariadbd pg_ctl postgres postgresql rabbitmq-server redis-server "
    "service supervisord s6-svscan runit valkey-server".split()
)
"""Programs that may be such a service in the very container."""
