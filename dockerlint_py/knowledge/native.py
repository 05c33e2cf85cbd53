"""Distributions with compiled code: which have wheels, and what they need to build and to run."""

from typing import Literal, TypeAlias

from dockerlint_py.knowledge.dists import normalise
from dockerlint_py.record import NamedTuple

SOURCE = "wheels on PyPI for cp312 on x86-64 (pip download); the projects' installation guides"
DATE = "2026-11-24"

Libc: TypeAlias = Literal["glibc", "musl"]
BOTH: tuple[Libc, ...] = ("glibc", "musl")


class Native(NamedTuple):
    """A distribution, and packages that it needs; None where that is not known.

    wheels
        The libcs for which some release has a wheel (CPython 3.12, x86-64).
    build_debian, build_alpine
        Packages to build it from source; `a|b` stands for any of several.
    run_debian, run_alpine
        Packages to run it: built from source, and with a wheel too when `wheel_needs` is set.
    wheel_needs
        The wheel does not bring the library either.
    """

    dist: str
    wheels: tuple[Libc, ...]
    build_debian: tuple[str, ...] | None = None
    run_debian: tuple[str, ...] | None = None
    build_alpine: tuple[str, ...] | None = None
    run_alpine: tuple[str, ...] | None = None
    wheel_needs: bool = False


_LIBPQ = (
    *(("gcc", "libpq-dev"), ("libpq5",)),
    *(("gcc", "musl-dev", "postgresql-dev|libpq-dev"), ("libpq",)),
)
_MYSQL_DEV = "default-libmysqlclient-dev|libmariadb-dev|libmysqlclient-dev"
_PKG_CONFIG = "pkg-config|pkgconf"
_KERBEROS = ("gcc", "libkrb5-dev"), ("libgssapi-krb5-2",)

_SOURCE_ONLY = (
    Native("psycopg2", (), *_LIBPQ),
    Native("psycopg-c", (), *_LIBPQ),
    Native(
        *("mysqlclient", (), ("gcc", _PKG_CONFIG, _MYSQL_DEV), ("libmariadb3",)),
        ("gcc", "musl-dev", "mariadb-dev|mariadb-connector-c-dev", "pkgconf"),
        ("mariadb-connector-c",),
    ),
    Native("uwsgi", (), ("gcc",), (), ("gcc", "musl-dev", "linux-headers"), ()),
    Native(
        *("python-ldap", (), ("gcc", "libldap2-dev|libldap-dev", "libsasl2-dev")),
        ("libldap2|libldap-2.5-0|libldap-2.4-2", "libsasl2-2"),
        ("gcc", "musl-dev", "openldap-dev"),
        ("libldap",),
    ),
    Native("pycairo", (), ("gcc", "libcairo2-dev", _PKG_CONFIG), ("libcairo2",)),
    Native("gdal", (), ("g++", "libgdal-dev")),
    Native("pylibmc", (), ("gcc", "libmemcached-dev", "zlib1g-dev")),
    Native("m2crypto", (), ("gcc", "libssl-dev", "swig")),
    Native("dbus-python", (), ("gcc", "libdbus-1-dev", "libglib2.0-dev"), ("libdbus-1-3",)),
    Native("pycups", (), ("gcc", "libcups2-dev"), ("libcups2|libcups2t64",)),
    Native("pyaudio", (), ("gcc", "portaudio19-dev"), ("libportaudio2",)),
    Native("systemd-python", (), ("gcc", "libsystemd-dev", _PKG_CONFIG), ("libsystemd0",)),
    Native("mod-wsgi", (), ("gcc", "apache2-dev")),
    Native("gssapi", (), *_KERBEROS),
    Native("kerberos", (), *_KERBEROS),
    Native("pykerberos", (), *_KERBEROS),
    Native("pyicu", (), ("g++", "libicu-dev", _PKG_CONFIG)),
    Native("netifaces", (), ("gcc",), ()),
    Native("pycrypto", (), ("gcc",)),
    Native("meinheld", (), ("gcc",), ()),
    Native("fasttext", (), ("g++",)),
)
_GLIBC_ONLY = (
    Native("pygraphviz", ("glibc",), ("gcc", "libgraphviz-dev", _PKG_CONFIG)),
    Native("confluent-kafka", ("glibc",)),
    Native("pycurl", ("glibc",)),
    Native("tables", ("glibc",)),
    Native("ibm-db", ("glibc",)),
)
_NEEDS_LIBRARIES = (
    Native("pyodbc", BOTH, None, ("unixodbc|libodbc2",), wheel_needs=True),
    Native("python-magic", BOTH, None, ("libmagic1|libmagic1t64",), wheel_needs=True),
    Native("weasyprint", BOTH, None, ("libpango-1.0-0", "libpangoft2-1.0-0"), wheel_needs=True),
)

NATIVE: dict[str, Native] = {
    row.dist: row for row in (*_SOURCE_ONLY, *_GLIBC_ONLY, *_NEEDS_LIBRARIES)
}
"""By the normal form of the name."""

WITH_WHEELS = frozenset(
    (
        *("aiohttp", "argon2-cffi-bindings", "asyncpg", "bcrypt", "brotli", "cffi", "cmarkgfm"),
        *("cryptography", "gevent", "greenlet", "grpcio", "h5py", "hiredis", "httptools", "lxml"),
        *("numpy", "oracledb", "orjson", "pandas", "pillow", "psutil", "psycopg-binary"),
        *("psycopg2-binary", "pymssql", "pynacl", "pyproj", "pysqlite3", "pyyaml", "scipy"),
        *("setproctitle", "shapely", "ujson", "uvloop", "xmlsec", "zstandard"),
    )
)
"""Compiled distributions that have wheels for both libcs."""


def native(dist: str) -> Native | None:
    """The row of a distribution, however its name is written."""
    return NATIVE.get(normalise(dist))


def has_wheel(dist: str, libc: Libc) -> bool | None:
    """Whether a distribution has a wheel for `glibc` or `musl`; None when that is not known."""
    name = normalise(dist)
    row = NATIVE.get(name)
    if row is not None:
        return libc in row.wheels
    return True if name in WITH_WHEELS else None
