"""Calls that block the event loop, and the names that make them harmless."""

from typing import Literal, NamedTuple, TypeAlias

from dockerlint_py.knowledge.words import words

SOURCE = "the libraries' documentation; flake8-async and ruff 0.17 (ASYNC rules) for `ruff`"
DATE = "2026-11-24"

Kind: TypeAlias = Literal["database", "network", "process", "sleep", "file", "input", "cpu"]


class Blocking(NamedTuple):
    """A blocking call by its full name, what it waits for, and ruff's code when ruff sees it."""

    name: str
    kind: Kind
    ruff: str | None = None


def _calls(kind: Kind, names: str, ruff: str | None = None) -> tuple[Blocking, ...]:
    return tuple(Blocking(name, kind, ruff) for name in sorted(words(names)))


_ROWS = (
    *_calls(
        "database",
        """
        psycopg2.connect psycopg.connect pymysql.connect MySQLdb.connect mysql.connector.connect
        sqlite3.connect cx_Oracle.connect oracledb.connect pyodbc.connect pymssql.connect
        """,
    ),
    *_calls(
        "network",
        """
        smtplib.SMTP smtplib.SMTP_SSL ftplib.FTP ftplib.FTP_TLS ldap.initialize
        paramiko.SSHClient.connect socket.create_connection socket.gethostbyname socket.getaddrinfo
        """,
    ),
    *_calls(
        "network",
        """
        requests.get requests.post requests.put requests.patch requests.delete requests.head
        requests.options requests.request urllib.request.urlopen urllib.request.urlretrieve
        urllib3.request httpx.get httpx.post httpx.put httpx.patch httpx.delete httpx.head
        httpx.options httpx.request httpx.stream
        """,
        "ASYNC210",
    ),
    *_calls("process", "subprocess.Popen os.popen", "ASYNC220"),
    *_calls(
        "process",
        """
        subprocess.run subprocess.call subprocess.check_call subprocess.check_output
        subprocess.getoutput subprocess.getstatusoutput os.system
        """,
        "ASYNC221",
    ),
    *_calls("process", "os.wait os.wait3 os.wait4 os.waitpid", "ASYNC222"),
    *_calls("sleep", "time.sleep", "ASYNC251"),
    *_calls("file", "builtins.open io.open", "ASYNC230"),
    *_calls("input", "builtins.input", "ASYNC250"),
    *_calls(
        "cpu",
        """
        bcrypt.hashpw bcrypt.checkpw PIL.Image.open pandas.read_csv pandas.read_excel
        pandas.read_json pandas.read_parquet pandas.read_sql
        """,
    ),
)

BLOCKING: dict[str, Blocking] = {row.name: row for row in _ROWS}
"""By full name, as the imports resolve it."""


class BlockingClient(NamedTuple):
    """A class (or factory) whose instances block in the methods named; `*` is any method."""

    name: str
    kind: Kind
    methods: frozenset[str]


_ANY = frozenset(("*",))
_SESSION = words("execute scalar scalars query commit flush rollback refresh get merge delete")

_CLIENT_ROWS = (
    *(BlockingClient(name, "database", _ANY) for name in ("redis.Redis", "redis.StrictRedis")),
    BlockingClient("redis.from_url", "database", _ANY),
    BlockingClient("redis.Redis.from_url", "database", _ANY),
    BlockingClient("pymongo.MongoClient", "database", _ANY),
    BlockingClient("pymongo.mongo_client.MongoClient", "database", _ANY),
    BlockingClient("elasticsearch.Elasticsearch", "database", _ANY),
    BlockingClient("boto3.client", "network", _ANY),
    BlockingClient("boto3.resource", "network", _ANY),
    BlockingClient("httpx.Client", "network", words("get post put patch delete head request send")),
    BlockingClient(
        "requests.Session", "network", words("get post put patch delete head options request send")
    ),
    BlockingClient("sqlalchemy.create_engine", "database", words("connect begin execute")),
    BlockingClient("sqlalchemy.orm.Session", "database", _SESSION),
    BlockingClient("sqlalchemy.orm.sessionmaker", "database", _SESSION),
    BlockingClient("sqlmodel.Session", "database", _SESSION | {"exec"}),
    BlockingClient("psycopg2.connect", "database", words("cursor commit rollback")),
)

CLIENTS: dict[str, BlockingClient] = {row.name: row for row in _CLIENT_ROWS}
"""By the full name of what makes the instance."""

DJANGO_QUERYSET_TERMINALS = words(
    """
    get first last count exists create bulk_create bulk_update get_or_create update_or_create
    earliest latest aggregate in_bulk update delete save refresh_from_db iterator
    """
)
"""Methods of Django's ORM that go to the database; those with an `a` in front do not block."""

OFFLOADERS = words(
    """
    asyncio.to_thread anyio.to_thread.run_sync starlette.concurrency.run_in_threadpool
    fastapi.concurrency.run_in_threadpool asgiref.sync.sync_to_async
    channels.db.database_sync_to_async
    """
)
"""Functions that run a blocking one in a thread; so does the method `run_in_executor` of a loop."""

SYNC_DRIVERS = words("psycopg2 psycopg2-binary mysqlclient pymysql mysql-connector-python")
"""Distributions with blocking drivers only (ASY002); psycopg 3 has both kinds."""

ASYNC_DRIVERS = words(
    """
    aiomysql aiopg aiosqlite asyncmy asyncpg databases motor psycopg psycopg-binary psycopg-c
    tortoise-orm
    """
)
"""Distributions with drivers that do not block."""
