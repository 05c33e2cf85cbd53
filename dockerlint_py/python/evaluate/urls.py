"""Database and cache URLs as dj-database-url and django-environ read them."""

from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.results import from_python
from dockerlint_py.python.evaluate.values import Mapping, Origin, Plain, Text, Unresolved, Value

if TYPE_CHECKING:
    from dockerlint_py.python.expressions import Scalar


_POSTGRES = "django.db.backends.postgresql"
_MYSQL = "django.db.backends.mysql"
_ENGINES = {
    "postgres": _POSTGRES,
    "postgresql": _POSTGRES,
    "psql": _POSTGRES,
    "pgsql": _POSTGRES,
    "postgis": "django.contrib.gis.db.backends.postgis",
    "cockroachdb": "django_cockroachdb",
    "mysql": _MYSQL,
    "mysql2": _MYSQL,
    "mysqlgis": "django.contrib.gis.db.backends.mysql",
    "mssql": "mssql",
    "oracle": "django.db.backends.oracle",
    "sqlite": "django.db.backends.sqlite3",
    "spatialite": "django.contrib.gis.db.backends.spatialite",
}
_REDIS = "django.core.cache.backends.redis.RedisCache"
_CACHES = {
    "redis": _REDIS,
    "rediss": _REDIS,
    "rediscache": _REDIS,
    "dummycache": "django.core.cache.backends.dummy.DummyCache",
    "locmemcache": "django.core.cache.backends.locmem.LocMemCache",
    "dbcache": "django.core.cache.backends.db.DatabaseCache",
    "filecache": "django.core.cache.backends.filebased.FileBasedCache",
    "pymemcache": "django.core.cache.backends.memcached.PyLibMCCache",
}
_ADDED = {
    "CONN_MAX_AGE": ("conn_max_age", 0),
    "CONN_HEALTH_CHECKS": ("conn_health_checks", False),
    "DISABLE_SERVER_SIDE_CURSORS": ("disable_server_side_cursors", False),
}


def config_url(call: Invocation) -> Value:
    """`dj_database_url.config(default=..., env="DATABASE_URL")`."""
    name = plain_text(call.get(0, "env") or Plain("DATABASE_URL"))
    default = call.get(1, "default") or Plain(None)
    if name is None:
        call.run.dynamic = True
        return Mapping({}, call.origin, is_open=True)
    url = call.run.lookup_variable(name, default, call.place, "database url") or default
    if isinstance(url, Plain) and not url.value:
        return Mapping({}, url.origin)
    return dj_database(url, call)


def parse_url(call: Invocation) -> Value:
    """`dj_database_url.parse(url)`."""
    return dj_database(call.get(0, "url") or Plain(None), call)


def dj_database(url: Value, call: Invocation) -> Value:
    """A database as dj-database-url gives it, with what its arguments add."""
    parsed = database(url)
    if isinstance(parsed, Mapping) and not _is_memory(url):
        for key, (name, default) in _ADDED.items():
            parsed.entries[key] = call.keywords.get(name) or Plain(default)
        engine = call.keywords.get("engine")
        if engine is not None:
            parsed.entries["ENGINE"] = engine
        if "ssl_require" in call.keywords:
            parsed.entries["OPTIONS"] = Mapping({}, is_open=True)
    return parsed


def _is_memory(url: Value) -> bool:
    return plain_text(url) in ("sqlite://:memory:", "sqlite://")


def database(url: Value) -> Value:
    """The settings of one database; open when the URL is not known, with what is known of it."""
    text = plain_text(url)
    if text is None:
        scheme = url.prefix.partition("://")[0] if isinstance(url, Text) else ""
        known: dict[Scalar, Value] = {}
        if scheme in _ENGINES and isinstance(url, Text) and "://" in url.prefix:
            known["ENGINE"] = Plain(_ENGINES[scheme], url.origin)
        return Mapping(known, url.origin, is_open=True)
    if _is_memory(url):
        memory = {"ENGINE": _ENGINES["sqlite"], "NAME": ":memory:"}
        return from_python(memory, url.origin)
    return _parsed(text, url.origin)


def _parsed(text: str, origin: Origin) -> Value:
    from urllib.parse import parse_qsl, unquote, urlsplit

    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return Unresolved("a broken database URL", origin)
    engine = _ENGINES.get(parts.scheme)
    if engine is None:
        return Mapping({}, origin, is_open=True)
    host = parts.netloc.rpartition("@")[2].rpartition(":")[0] if port else parts.hostname
    entries = {
        "ENGINE": engine,
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host or ""),
        "PORT": port or "",
    }
    options = dict(parse_qsl(parts.query))
    if options:
        entries["OPTIONS"] = options  # type: ignore[assignment]
    return from_python(entries, origin)


def cache(url: Value) -> Value:
    """The settings of one cache as django-environ gives them; open but for the backend."""
    text = plain_text(url)
    prefix = text if text is not None else getattr(url, "prefix", "")
    scheme = prefix.partition(":")[0] if ":" in prefix else ""
    known: dict[Scalar, Value] = {}
    if scheme in _CACHES:
        known["BACKEND"] = Plain(_CACHES[scheme], url.origin)
    return Mapping(known, url.origin, is_open=True)
