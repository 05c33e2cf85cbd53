"""What code connects to by itself, as far as it stands there and is sure to run."""

import pytest

from dockerlint_py.testing import project

DOCKERFILE = (
    'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0"]\n'
)
COMPOSE = (
    "services:\n  web:\n    build: .\n    environment: {SET: db}\n  db: {image: postgres:17}\n"
)
MAIN = "import os\nfrom fastapi import FastAPI\napp = FastAPI()\n"
CONNECT = "import psycopg2\npsycopg2.connect({})\n"


def named(main: str, **others: str) -> set[tuple[str, str, int | None]]:
    """The endpoints of a container that serves `main`."""
    files = {f"{name}.py": text for name, text in others.items()}
    made = project(
        {"Dockerfile": DOCKERFILE, "compose.yaml": COMPOSE, "main.py": MAIN + main, **files}
    )
    [web] = [c for c in made.repository().containers if c.service and c.service.name == "web"]
    return {(each.name, each.host, each.port) for each in web.network.endpoints}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('host="a", port=1', ("a", 1)),
        ('host="a"', ("a", None)),
        ('"host=a dbname=x"', ("a", None)),
        ('"dbname=x host = a"', ("a", None)),
        ('"postgresql://u:p@a:5433/x"', ("a", 5433)),
        ('dsn="host=b", host="a"', ("a", None)),
        ('host=os.getenv("UNSET", "a")', ("a", None)),
        ('host=os.getenv("UNSET") or "a"', ("a", None)),
        ('host=os.getenv("SET", "a")', None),
        ('host="/run/postgresql"', None),
        ('host="a,b"', None),
        ('"dbname=x"', None),
        ('host="a", **options', None),
        ('host="a", service="x"', None),
    ],
)
def test_what_a_call_names(arguments: str, expected: tuple[str, int | None] | None) -> None:
    found = named(CONNECT.format(arguments))
    assert found == (set() if expected is None else {("connect()", *expected)})


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('import redis\nredis.Redis("a", 1)', ("Redis()", "a", 1)),
        ('import redis\nredis.from_url("redis://a:2/0")', ("from_url()", "a", 2)),
        ('from redis.asyncio import Redis\nRedis(host="a")', ("Redis()", "a", None)),
        ('import pymongo\npymongo.MongoClient("a", 1)', ("MongoClient()", "a", 1)),
        ('import pymongo\npymongo.MongoClient("mongodb://a:1")', ("MongoClient()", "a", 1)),
        ('import pymysql\npymysql.connect(host="a", port=1)', ("connect()", "a", 1)),
        ('import pika\npika.ConnectionParameters("a")', ("ConnectionParameters()", "a", None)),
        ('import pika\npika.URLParameters("amqp://a:1/%2F")', ("URLParameters()", "a", 1)),
        ('from celery import Celery\nCelery("x", broker="amqp://a//")', ("Celery()", "a", None)),
        (
            'from sqlalchemy import create_engine\ncreate_engine("mysql+pymysql://a/x")',
            ("create_engine()", "a", None),
        ),
    ],
)
def test_the_libraries(call: str, expected: tuple[str, str, int | None]) -> None:
    assert named(call + "\n") == {expected}


HOST = CONNECT.format('host="a"')
INSIDE = 'import psycopg2\ndef connect():\n    return psycopg2.connect(host="a")\n'
RUN = {
    "at the import of a module that is imported": ("import more\n", HOST, True),
    "in a module that nothing imports": ("", HOST, False),
    "in a module that a function imports": ("def f():\n    import more\n", HOST, False),
    "in a function that nobody calls": ("import more\n", INSIDE, False),
    "in a function that a request calls": (
        'from more import connect\n@app.get("/")\ndef f():\n    return connect()\n',
        INSIDE,
        True,
    ),
    "in a function that is called under a condition": (
        "from more import connect\nif X:\n    connect()\n",
        INSIDE,
        False,
    ),
    "in a function that is called in a block": (
        "from more import connect\nwith connect() as c:\n    pass\n",
        INSIDE,
        True,
    ),
    "for a name that gets another client elsewhere": (
        "import more\n",
        "import psycopg2\nc = psycopg2.connect(host='a')\n"
        "def given(host):\n    global c\n    c = psycopg2.connect(host=host)\n",
        False,
    ),
    "where something else is tried then": (
        "import more\n",
        "import psycopg2\ntry:\n    c = psycopg2.connect(host='a')\n"
        "except OSError:\n    c = None\n",
        False,
    ),
}


@pytest.mark.parametrize("name", RUN)
def test_only_what_runs_counts(name: str) -> None:
    main, more, runs = RUN[name]
    assert bool(named(main, more=more)) is runs


@pytest.mark.parametrize(
    "more",
    [
        'app.conf.update(broker_url="amqp://b//")\n',
        'app.conf.broker_url = "amqp://b//"\n',
        'app.conf["broker_url"] = "amqp://b//"\n',
    ],
)
def test_the_broker_may_be_given_later(more: str) -> None:
    text = 'from celery import Celery\ntasks = Celery("x", broker="amqp://a//")\n'
    assert named(text)
    assert not named(text + more.replace("app.", "tasks."))
