"""Calls that block the event loop: what they wait for takes long, or for a program's whole work.

What takes a moment is left out: files, SQLite's too, and starting a process without waiting.
"""

from typing import Literal, TypeAlias

from dockerlint_py.knowledge.words import words
from dockerlint_py.record import NamedTuple

SOURCE = "the libraries' documentation; flake8-async and ruff 0.17 (ASYNC rules) for `ruff`"
DATE = "2026-11-24"

Kind: TypeAlias = Literal[
    "database", "network", "process", "sleep", "cpu", "query", "refused query"
]
"""What a call waits for; `database` is one with SQL. A `query` is Django's, which it may refuse."""


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
        cx_Oracle.connect oracledb.connect pyodbc.connect pymssql.connect
        """,
    ),
    *_calls(
        "network",
        """
        smtplib.SMTP smtplib.SMTP_SSL ftplib.FTP ftplib.FTP_TLS ldap.initialize
        socket.create_connection socket.gethostbyname socket.getaddrinfo
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
    *_calls(
        "process",
        """
        subprocess.run subprocess.call subprocess.check_call subprocess.check_output
        subprocess.getoutput subprocess.getstatusoutput os.system
        """,
        "ASYNC221",
    ),
    *_calls("sleep", "time.sleep", "ASYNC251"),
    *_calls(
        "cpu",
        """
        bcrypt.checkpw bcrypt.hashpw pandas.read_csv pandas.read_excel pandas.read_json
        pandas.read_parquet
        """,
    ),
)

BLOCKING: dict[str, Blocking] = {row.name: row for row in _ROWS}
"""By full name, as the imports resolve it."""


class BlockingClient(NamedTuple):
    """What makes an object, a class or a function, and its methods that wait for an answer."""

    name: str
    kind: Kind
    methods: frozenset[str]


_REQUESTS = words("delete get head options patch post put request send")
_SESSION = words("commit exec execute flush get merge query refresh rollback scalar scalars")
_MONGO = words(
    """
    aggregate bulk_write command count_documents create_index delete_many delete_one distinct
    find_one find_one_and_delete find_one_and_replace find_one_and_update insert_many insert_one
    list_collection_names list_database_names replace_one update_many update_one
    """
)
_ELASTIC = words("bulk count create delete exists get index msearch ping scroll search update")
_S3 = words(
    """
    delete_item delete_object download_file download_fileobj get_item get_object head_object
    invoke list_objects_v2 publish put_item put_object query receive_message scan send_email
    send_message update_item upload_file upload_fileobj
    """
)
_REDIS = words(
    """
    blpop brpop decr delete execute_command exists expire get getdel getset hdel hexists hget
    hgetall hincrby hmget hset incr incrby keys llen lpop lpush lrange mget mset ping publish rpop
    rpush sadd scard scan set setex setnx sismember smembers srem ttl xadd xread zadd zrange zrem
    """
)


def _clients(kind: Kind, methods: frozenset[str], names: str) -> tuple[BlockingClient, ...]:
    return tuple(BlockingClient(name, kind, methods) for name in sorted(words(names)))


_CLIENT_ROWS = (
    *_clients(
        "network",
        _REDIS,
        """
        redis.Redis redis.Redis.from_url redis.StrictRedis redis.StrictRedis.from_url
        redis.client.Redis redis.from_url
        """,
    ),
    *_clients("network", _MONGO, "pymongo.MongoClient pymongo.mongo_client.MongoClient"),
    *_clients("network", _ELASTIC, "elasticsearch.Elasticsearch"),
    *_clients("database", words("begin connect execute"), "sqlalchemy.create_engine"),
    *_clients("database", words("begin connect execute"), "sqlmodel.create_engine"),
    *_clients("database", _SESSION, "sqlalchemy.orm.Session sqlalchemy.orm.session.Session"),
    *_clients("database", _SESSION, "sqlmodel.Session"),
    *_clients("network", _S3, "boto3.client boto3.resource"),
    *_clients("network", _REQUESTS, "httpx.Client requests.Session requests.session"),
    *_clients("network", words("connect exec_command open_sftp"), "paramiko.SSHClient"),
    *_clients(
        "network",
        words("create parse retrieve"),
        "anthropic.Anthropic openai.AzureOpenAI openai.OpenAI",
    ),
)

CLIENTS: dict[str, BlockingClient] = {row.name: row for row in _CLIENT_ROWS}
"""By the full name of what makes the object."""

CLIENT_METHODS = frozenset(method for row in _CLIENT_ROWS for method in row.methods)
"""The last parts of all calls that may be one of a client."""

DJANGO_QUERYSET_TERMINALS = words(
    """
    get first last count exists create bulk_create bulk_update get_or_create update_or_create
    earliest latest aggregate in_bulk update delete contains explain
    """
)
"""Methods of Django's querysets that go to the database at once; `aget` and so on do not block."""

DJANGO_INSTANCE_METHODS = words("delete refresh_from_db save")
"""Methods of an object of a model that do."""

DJANGO_LAZY = words(
    """
    all annotate defer distinct exclude filter only order_by prefetch_related reverse
    select_for_update select_related using values values_list
    """
)
"""Methods of querysets that make another one, without a query."""

DJANGO_SHORTCUTS = words("django.shortcuts.get_list_or_404 django.shortcuts.get_object_or_404")

DJANGO_CONSUMERS = words("bool dict len list set sorted tuple")
"""Builtins that read a whole queryset."""

SYNC_DRIVERS = words("psycopg2 psycopg2-binary mysqlclient pymysql")
"""Distributions with blocking drivers only (ASY002); psycopg 3 has both kinds."""

ASYNC_DATABASE_MODULES = words(
    """
    aiomysql aiopg aiosqlite asyncmy asyncpg beanie databases edgedb gino motor ormar piccolo
    sqlalchemy.ext.asyncio tortoise
    """
)
"""Modules that work with a database asynchronously."""
