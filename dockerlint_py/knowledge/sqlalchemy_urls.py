"""Which database URLs of SQLAlchemy mean an asynchronous driver."""

from dockerlint_py.knowledge.words import words

SOURCE = "https://docs.sqlalchemy.org/en/21/dialects/ (the dialects' own is_async)"
DATE = "2026-11-24"

SYNC_SCHEMES = words(
    """
    mariadb mariadb+mariadbconnector mariadb+mysqlconnector mariadb+mysqldb mariadb+pymysql mssql
    mssql+pymssql mssql+pyodbc mysql mysql+mysqlconnector mysql+mysqldb mysql+pymysql
    oracle+cx_oracle postgresql+pg8000 postgresql+psycopg2 postgresql+psycopg2cffi sqlite
    sqlite+pysqlite
    """
)
"""Schemes that `create_async_engine` refuses."""

ASYNC_SCHEMES = words(
    """
    mariadb+aiomysql mariadb+asyncmy mssql+aioodbc mysql+aiomysql mysql+asyncmy
    postgresql+asyncpg sqlite+aiosqlite
    """
)
"""Schemes whose driver works in an asynchronous engine only."""

SYNC_UNTIL_2_1 = words("postgresql")
"""Schemes that mean psycopg2 before SQLAlchemy 2.1, and psycopg, which is both, since then."""

REMOVED = words("postgres")
"""Schemes that no dialect has: SQLAlchemy does not start with them."""
