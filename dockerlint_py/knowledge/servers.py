"""Servers and workers: what they serve, where they listen by default, what changes it.

Defaults were read from the released programs (`server_options.VERSIONS`) and are compared again by
`tests/heavy/check_servers.py`; those of uWSGI, arq, huey and dramatiq are from their documentation.
"""

from collections.abc import Mapping, Sequence
from os.path import basename
from typing import Literal, TypeAlias

from dockerlint_py.knowledge.server_arguments import parse_arguments
from dockerlint_py.record import NamedTuple

SOURCE = "the released programs and their documentation"
DATE = "2026-11-24"

Role: TypeAlias = Literal["web", "worker", "beat", "flower", "scheduler"]
Interface: TypeAlias = Literal["wsgi", "asgi", "rsgi"]


class Server(NamedTuple):
    """A long-running program.

    program, dist
        The key in `server_options.OPTIONS` where it has one (`celery worker`), and the
        distribution on PyPI that brings the command, in normal form.
    role
        What kind of process it is.
    interface
        What it calls in an application; None where options decide, or it serves none.
    host, port
        Where it listens without options and variables; None when it does not listen.
    host_options, port_options, bind_options
        Options that set the host, the port, or both (`host:port`).
    host_variable, port_variable
        Environment variables with the same effect.
    host_with_port_variable
        The host that it takes when `port_variable` is set (gunicorn).
    variable_prefix
        Any option can be set by a variable of this prefix (`UVICORN_`).
    arguments_variable
        A variable that holds more command line options.
    workers
        Default number of processes; None for one per CPU, or where it has no such thing.
    worker_options, workers_variable
        What changes it.
    daemon_options, reload_options
        Options that send it to the background, or restart it when files change.
    development
        Whether its makers say that it is no server for production.
    default_attribute
        The name in the application's module when the target names none.
    graceful_timeout
        Seconds that it lets requests finish after SIGTERM by default.
    """

    program: str
    dist: str
    role: Role
    interface: Interface | None = None
    host: str | None = None
    port: int | None = None
    host_options: tuple[str, ...] = ()
    port_options: tuple[str, ...] = ()
    bind_options: tuple[str, ...] = ()
    host_variable: str | None = None
    port_variable: str | None = None
    host_with_port_variable: str | None = None
    variable_prefix: str | None = None
    arguments_variable: str | None = None
    workers: int | None = None
    worker_options: tuple[str, ...] = ()
    workers_variable: str | None = None
    daemon_options: tuple[str, ...] = ()
    reload_options: tuple[str, ...] = ()
    development: bool = False
    default_attribute: str | None = None
    graceful_timeout: float | None = None


_LOOPBACK = "127.0.0.1"
_ANY = "0.0.0.0"

SERVERS: Mapping[str, Server] = {
    server.program: server
    for server in (
        Server(
            *("gunicorn", "gunicorn", "web", "wsgi", _LOOPBACK, 8000),
            bind_options=("-b", "--bind"),
            port_variable="PORT",
            host_with_port_variable=_ANY,
            arguments_variable="GUNICORN_CMD_ARGS",
            workers=1,
            worker_options=("-w", "--workers"),
            workers_variable="WEB_CONCURRENCY",
            daemon_options=("-D", "--daemon"),
            reload_options=("--reload",),
            default_attribute="application",
            graceful_timeout=30,
        ),
        Server(
            *("uvicorn", "uvicorn", "web", "asgi", _LOOPBACK, 8000),
            host_options=("--host",),
            port_options=("--port",),
            variable_prefix="UVICORN_",
            workers=1,
            worker_options=("--workers",),
            workers_variable="WEB_CONCURRENCY",
            reload_options=("--reload",),
        ),
        Server(
            *("hypercorn", "hypercorn", "web", "asgi", _LOOPBACK, 8000),
            bind_options=("-b", "--bind"),
            workers=1,
            worker_options=("-w", "--workers"),
            reload_options=("--reload",),
            graceful_timeout=3,
        ),
        Server(
            *("daphne", "daphne", "web", "asgi", _LOOPBACK, 8000),
            host_options=("-b", "--bind"),
            port_options=("-p", "--port"),
            workers=1,
        ),
        Server(
            *("granian", "granian", "web", "rsgi", _LOOPBACK, 8000),
            host_options=("--host",),
            port_options=("--port",),
            variable_prefix="GRANIAN_",
            workers=1,
            worker_options=("--workers",),
            reload_options=("--reload",),
        ),
        Server(
            *("waitress-serve", "waitress", "web", "wsgi", _ANY, 8080),
            host_options=("--host",),
            port_options=("--port",),
            bind_options=("--listen",),
            workers=1,
        ),
        Server(
            *("uwsgi", "uwsgi", "web", "wsgi"),
            bind_options=("--http", "--http-socket", "--socket", "--uwsgi-socket", "-s"),
            variable_prefix="UWSGI_",
            workers=1,
            worker_options=("-p", "--processes", "--workers"),
            daemon_options=("-d", "--daemonize", "--daemonize2"),
            reload_options=("--py-autoreload", "--python-autoreload"),
            default_attribute="application",
        ),
        Server(
            *("fastapi run", "fastapi-cli", "web", "asgi", _ANY, 8000),
            host_options=("--host",),
            port_options=("--port",),
            port_variable="PORT",
            workers=1,
            worker_options=("--workers",),
            workers_variable="WEB_CONCURRENCY",
            reload_options=("--reload",),
        ),
        Server(
            *("fastapi dev", "fastapi-cli", "web", "asgi", _LOOPBACK, 8000),
            host_options=("--host",),
            port_options=("--port",),
            port_variable="PORT",
            reload_options=("--reload",),
            development=True,
        ),
        Server(
            *("flask run", "flask", "web", "wsgi", _LOOPBACK, 5000),
            host_options=("-h", "--host"),
            port_options=("-p", "--port"),
            host_variable="FLASK_RUN_HOST",
            port_variable="FLASK_RUN_PORT",
            variable_prefix="FLASK_RUN_",
            reload_options=("--reload",),
            development=True,
        ),
        Server(
            *("manage.py runserver", "django", "web", "wsgi", _LOOPBACK, 8000),
            development=True,
        ),
        Server(
            *("manage.py runserver_plus", "django-extensions", "web", "wsgi", _LOOPBACK, 8000),
            development=True,
        ),
        Server(
            *("celery worker", "celery", "worker"),
            worker_options=("-c", "--concurrency"),
            daemon_options=("-D", "--detach"),
        ),
        Server(*("celery beat", "celery", "beat"), daemon_options=("--detach",)),
        Server(
            *("celery flower", "flower", "flower", None, _ANY, 5555),
            host_options=("--address",),
            port_options=("--port",),
            variable_prefix="FLOWER_",
        ),
        Server("rq worker", "rq", "worker", workers=1),
        Server("arq", "arq", "worker", workers=1),
        Server(
            *("dramatiq", "dramatiq", "worker"),
            worker_options=("-p", "--processes"),
            reload_options=("--watch",),
        ),
        Server("huey_consumer", "huey", "worker", worker_options=("-w", "--workers")),
        Server("taskiq worker", "taskiq", "worker", reload_options=("--reload", "-r")),
        Server("taskiq scheduler", "taskiq", "scheduler"),
    )
}
"""By program."""

_ALIASES = {"huey_consumer.py": "huey_consumer", "rqworker": "rq worker", "flower": "celery flower"}
_GROUPS = ("celery", "flask", "fastapi", "rq", "taskiq")
_DJANGO = ("manage.py", "django-admin", "django-admin.py")


def find_server(argv: Sequence[str]) -> tuple[Server, int] | None:
    """The server that a plain command starts, and the index of the first word of its arguments.

    Wrappers (`exec`, `uv run`, `python -m`...) must be gone. Options of a group before its command
    are skipped: `celery -A proj worker -l info` is (`celery worker`, 4).
    """
    if not argv:
        return None
    name = basename(argv[0])
    if name in _DJANGO:
        return _subcommand("manage.py", argv, 1)
    if name in _GROUPS:
        start = _skip_group_options(name, argv)
        return None if start is None else _subcommand(name, argv, start)
    server = SERVERS.get(_ALIASES.get(name, name))
    return (server, 1) if server else None


def _skip_group_options(group: str, argv: Sequence[str]) -> int | None:
    parsed = parse_arguments(group, argv[1:])
    if parsed is None:
        return 1
    if not parsed.positionals:
        return None
    first = parsed.positionals[0]
    if any(index < first for index in parsed.unclear):
        return None
    return first + 1


def _subcommand(group: str, argv: Sequence[str], index: int) -> tuple[Server, int] | None:
    if index >= len(argv):
        return None
    server = SERVERS.get(f"{group} {argv[index]}")
    return (server, index + 1) if server else None


class WorkerClass(NamedTuple):
    """A worker class of gunicorn: what it calls, what it needs, and the releases that have it.

    `since` is the first release with it, `until` the first one without; None has no such bound.
    """

    interface: Interface
    needs: str | None = None
    since: tuple[int, ...] | None = None
    until: tuple[int, ...] | None = None


WORKER_CLASSES: Mapping[str, WorkerClass] = {
    "sync": WorkerClass("wsgi"),
    "gthread": WorkerClass("wsgi"),
    "gevent": WorkerClass("wsgi", "gevent"),
    "gevent_wsgi": WorkerClass("wsgi", "gevent"),
    "gevent_pywsgi": WorkerClass("wsgi", "gevent"),
    "eventlet": WorkerClass("wsgi", "eventlet", until=(26,)),
    "tornado": WorkerClass("wsgi", "tornado"),
    "asgi": WorkerClass("asgi", since=(24,)),
    "uvicorn.workers.UvicornWorker": WorkerClass("asgi", "uvicorn"),
    "uvicorn.workers.UvicornH11Worker": WorkerClass("asgi", "uvicorn"),
    "uvicorn_worker.UvicornWorker": WorkerClass("asgi", "uvicorn-worker"),
    "uvicorn_worker.UvicornH11Worker": WorkerClass("asgi", "uvicorn-worker"),
}
"""Classes of gunicorn's `-k`; `aiohttp.GunicornWebWorker` is of neither interface."""

ONE_SHOT_DJANGO_COMMANDS = frozenset(
    (
        *("check", "clearsessions", "collectstatic", "compilemessages", "createsuperuser"),
        *("createcachetable", "dbshell", "dumpdata", "flush", "inspectdb", "loaddata"),
        *("makemessages", "makemigrations", "migrate", "showmigrations", "sqlflush", "sqlmigrate"),
        *("test", "diffsettings", "compress", "rebuild_index", "update_index", "reset_db"),
    )
)
"""Commands of `manage.py` that end by themselves."""
