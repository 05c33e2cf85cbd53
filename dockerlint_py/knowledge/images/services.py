"""Images of databases, brokers, proxies: what service they run, and how.

Read from the Dockerfiles of the images (docker-library, nginx, MariaDB, Redis and RabbitMQ), 2026.
None of the official images declares a health check.
"""

import re
from collections.abc import Mapping

from dockerlint_py.knowledge.distributions import Distribution, from_suffix
from dockerlint_py.knowledge.images.facts import ImageFacts
from dockerlint_py.record import NamedTuple

SOURCE = "Dockerfiles of the official images (github.com/docker-library and the projects)"
DATE = "2026-08-22"


_LEADING = r"v?([0-9]+(?:\.[0-9]+){0,2})"
_PG_MAJOR = r"[^ ]*pg([0-9]{1,2})"


class ServiceRow(NamedTuple):
    """An image of a service.

    `tools` and `lacks` are programs that are there and not there, whatever the variant of the
    image; `family` is the distribution of tags that name none; `version` finds the version in a
    tag. Images that are not `official` have no facts beyond product, version and ports.
    """

    product: str
    ports: tuple[int, ...]
    volumes: tuple[str, ...] | None = None
    entrypoint: tuple[str, ...] | None = None
    command: tuple[str, ...] | None = None
    tools: str = ""
    lacks: str = ""
    family: str | None = None
    user: str | None = None
    official: bool = True
    version: str | None = _LEADING


_ENTRY = ("docker-entrypoint.sh",)
_NGINX_ENTRY = ("/docker-entrypoint.sh",)
_NGINX_COMMAND = ("nginx", "-g", "daemon off;")
_BITNAMI_ENTRY = ("/opt/bitnami/scripts/nginx/entrypoint.sh",)
_BITNAMI_COMMAND = ("/opt/bitnami/scripts/nginx/run.sh",)
_NO_PYTHON = "python python3 pip git gcc"


def _unofficial(product: str, *ports: int, version: str | None = _LEADING) -> ServiceRow:
    return ServiceRow(product, ports, official=False, version=version)


ROWS: Mapping[str, ServiceRow] = {
    "postgres": ServiceRow(
        *("postgresql", (5432,), None, _ENTRY, ("postgres",)),
        *("pg_isready psql pg_dump postgres bash sh", f"{_NO_PYTHON} curl", "debian", "root"),
    ),
    "mysql": ServiceRow(
        *("mysql", (3306, 33060), ("/var/lib/mysql",), _ENTRY, ("mysqld",)),
        *("mysql mysqladmin mysqld bash sh", "", None, "root"),
    ),
    "mariadb": ServiceRow(
        *("mariadb", (3306,), ("/var/lib/mysql",), _ENTRY, ("mariadbd",)),
        *("mariadbd bash sh", "", "ubuntu", "root"),
    ),
    "redis": ServiceRow(
        *("redis", (6379,), ("/data",), _ENTRY, ("redis-server",)),
        *("redis-cli redis-server sh", "", "debian", "root"),
    ),
    "valkey/valkey": ServiceRow(
        *("valkey", (6379,), ("/data",), _ENTRY, ("valkey-server",)),
        *("valkey-cli valkey-server sh", "", "debian", "root"),
    ),
    "mongo": ServiceRow(
        *("mongodb", (27017,), ("/data/db", "/data/configdb"), _ENTRY, ("mongod",)),
        *("mongod bash sh", "", "ubuntu", "root"),
    ),
    "rabbitmq": ServiceRow(
        *("rabbitmq", (5672,), ("/var/lib/rabbitmq",), _ENTRY, ("rabbitmq-server",)),
        *("rabbitmq-diagnostics rabbitmqctl rabbitmq-server sh", "", "ubuntu", "root"),
    ),
    "memcached": ServiceRow(
        *("memcached", (11211,), (), _ENTRY, ("memcached",), "memcached sh", "", "debian"),
        "memcache",
    ),
    "nginx": ServiceRow(
        *("nginx", (80,), (), _NGINX_ENTRY, _NGINX_COMMAND, "nginx envsubst sh", _NO_PYTHON),
        *("debian", "root"),
    ),
    "nginxinc/nginx-unprivileged": ServiceRow(
        *("nginx", (8080,), (), _NGINX_ENTRY, _NGINX_COMMAND, "nginx envsubst sh", _NO_PYTHON),
        *("debian", "101"),
    ),
    "openresty/openresty": ServiceRow(
        *("nginx", (80,), (), (), ("openresty", "-g", "daemon off;"), "openresty sh", ""),
        *(None, "root"),
        version=None,
    ),
    "bitnami/nginx": ServiceRow(
        *("nginx", (8080,), (), _BITNAMI_ENTRY, _BITNAMI_COMMAND),
        *("nginx bash sh", "", "debian", "1001"),
        version=None,
    ),
    "node": ServiceRow("node", (), (), _ENTRY, ("node",), "node npm sh", "", "debian", "root"),
    "elasticsearch": ServiceRow("elasticsearch", (9200, 9300)),
    "docker.elastic.co/elasticsearch/elasticsearch": ServiceRow("elasticsearch", (9200, 9300)),
    "traefik": ServiceRow("traefik", (80,)),
    "caddy": ServiceRow("caddy", (80, 443)),
    "haproxy": ServiceRow("haproxy", ()),
    "httpd": ServiceRow("httpd", (80,)),
    "adminer": ServiceRow("adminer", (8080,)),
    "phpmyadmin": ServiceRow("phpmyadmin", (80,)),
    "postgis/postgis": _unofficial("postgresql", 5432),
    "pgvector/pgvector": _unofficial("postgresql", 5432, version=_PG_MAJOR),
    "timescale/timescaledb": _unofficial("postgresql", 5432, version=_PG_MAJOR),
    "timescale/timescaledb-ha": _unofficial("postgresql", 5432, version=_PG_MAJOR),
    "bitnami/postgresql": _unofficial("postgresql", 5432),
    "bitnami/mysql": _unofficial("mysql", 3306),
    "bitnami/mariadb": _unofficial("mariadb", 3306),
    "bitnami/redis": _unofficial("redis", 6379),
    "bitnami/mongodb": _unofficial("mongodb", 27017),
    "bitnami/rabbitmq": _unofficial("rabbitmq", 5672),
    "mysql/mysql-server": _unofficial("mysql", 3306),
    "redis/redis-stack": _unofficial("redis", 6379, 8001, version=None),
    "redis/redis-stack-server": _unofficial("redis", 6379, version=None),
    "opensearchproject/opensearch": _unofficial("opensearch", 9200),
    "minio/minio": _unofficial("minio", 9000),
    "quay.io/minio/minio": _unofficial("minio", 9000),
    "eqalpha/keydb": _unofficial("keydb", 6379),
    "dpage/pgadmin4": _unofficial("pgadmin", 80, 443),
    "mailhog/mailhog": _unofficial("mailhog", 1025, 8025),
    "axllent/mailpit": _unofficial("mailpit", 1025, 8025),
    "mher/flower": _unofficial("flower", 5555),
}

_NGINX_WITH_CURL = (1, 19)
"""curl came into the nginx images (all but `alpine-slim`) in April 2020."""


def service_facts(row: ServiceRow, tag: str | None) -> ImageFacts:
    """Facts about one image of a service."""
    version = _version(row, tag)
    facts = ImageFacts(
        kind="service",
        product=row.product,
        version=version,
        user=row.user,
        ports=row.ports,
        volumes=_volumes(row, version),
        source=SOURCE,
        as_of=DATE,
    )
    if not row.official:
        return facts
    words = (tag or "").split("-")
    base = _distribution(row, words)
    return facts._replace(
        distro=base.family if base else None,
        release=base.release if base else None,
        libc=base.libc if base else None,
        shell=base.shell if base else None,
        tools=_tools(row, words, version, base.family if base else None),
        entrypoint=row.entrypoint,
        command=row.command,
        has_healthcheck=False,
    )


def _version(row: ServiceRow, tag: str | None) -> str | None:
    match = re.match(row.version, tag) if row.version and tag else None
    return match[1] if match else None


def _volumes(row: ServiceRow, version: str | None) -> tuple[str, ...] | None:
    """PostgreSQL 18 moved its volume one level up."""
    if row.product != "postgresql" or not row.official:
        return row.volumes
    if version is None:
        return None
    major = int(version.partition(".")[0])
    return ("/var/lib/postgresql",) if major >= 18 else ("/var/lib/postgresql/data",)


def _distribution(row: ServiceRow, words: list[str]) -> Distribution | None:
    named = next((found for word in words if (found := from_suffix(word))), None)
    return named or (Distribution(row.family, None) if row.family else None)


def _tools(
    row: ServiceRow, words: list[str], version: str | None, family: str | None
) -> dict[str, bool]:
    tools = dict.fromkeys(row.lacks.split(), False) | dict.fromkeys(row.tools.split(), True)
    if not tools:
        return {}
    if family == "alpine":
        tools |= {"wget": True, "nc": True}
    elif family == "debian":
        tools["bash"] = True
    if row.command == _NGINX_COMMAND and _has_curl(words, version):
        tools["curl"] = True
    return tools


def _has_curl(words: list[str], version: str | None) -> bool:
    if "slim" in words:
        return False
    parts = (version or "").split(".")
    return len(parts) < 2 or (int(parts[0]), int(parts[1])) >= _NGINX_WITH_CURL
