"""How the images of databases and brokers are told whom to let in, and what is no secret."""

from collections.abc import Mapping

from dockerlint_py.record import NamedTuple

SOURCE = "documentation of the images on Docker Hub"
DATE = "2026-11-24"


class Password(NamedTuple):
    """A variable that sets a password, and the one with the user's name or a fixed user."""

    variable: str
    user_variable: str | None
    user: str


def _root(*variables: str) -> tuple[Password, ...]:
    return tuple(Password(variable, None, "root") for variable in variables)


_MYSQL = (
    *_root("MYSQL_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD"),
    Password("MYSQL_PASSWORD", "MYSQL_USER", "mysql"),
    Password("MARIADB_PASSWORD", "MARIADB_USER", "mariadb"),
)
PASSWORDS: Mapping[str, tuple[Password, ...]] = {
    "postgresql": (
        Password("POSTGRES_PASSWORD", "POSTGRES_USER", "postgres"),
        Password("POSTGRESQL_PASSWORD", "POSTGRESQL_USERNAME", "postgres"),
    ),
    "mysql": _MYSQL,
    "mariadb": _MYSQL,
    "mongodb": (Password("MONGO_INITDB_ROOT_PASSWORD", "MONGO_INITDB_ROOT_USERNAME", "mongo"),),
    "rabbitmq": (Password("RABBITMQ_DEFAULT_PASS", "RABBITMQ_DEFAULT_USER", "guest"),),
}
"""By product."""

NO_PASSWORD: Mapping[str, frozenset[str]] = {
    "POSTGRES_HOST_AUTH_METHOD": frozenset({"trust"}),
    **dict.fromkeys(
        (
            *("MYSQL_ALLOW_EMPTY_PASSWORD", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD"),
            *("MARIADB_ALLOW_EMPTY_PASSWORD", "ALLOW_EMPTY_PASSWORD"),
        ),
        frozenset({"1", "true", "yes"}),
    ),
}
"""Variables that let everybody in without a password, with these values."""

WELL_KNOWN = frozenset(
    "123456 12345678 admin changeit changeme changethis default example guest mariadb mongo "
    "mongodb mysql pass passwd password postgres postgresql rabbitmq root secret test".split()
)
"""Passwords that are tried first."""
