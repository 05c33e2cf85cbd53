"""What the server of a container is told, and which of several sources wins."""

import pytest

from dockerlint_py.facts import Fact, Known
from dockerlint_py.model.servers.server import RunningServer
from dockerlint_py.testing import project

SLIM = "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n"


def servers(dockerfile: str, **files: str) -> tuple[RunningServer, ...]:
    named = {name.replace("__", "/").replace("_DOT_", "."): text for name, text in files.items()}
    [only] = project({"Dockerfile": SLIM + dockerfile, **named}).repository().containers
    return only.servers


def server(dockerfile: str, **files: str) -> RunningServer:
    [only] = servers(dockerfile, **files)
    return only


def value(fact: Fact[object]) -> object:
    return fact.value if isinstance(fact, Known) else "?"


def addresses(one: RunningServer) -> object:
    fact = one.binds
    return [bind.text for bind in fact.value] if isinstance(fact, Known) else "?"


@pytest.mark.parametrize(
    ("dockerfile", "expected"),
    [
        ("CMD gunicorn app", ["127.0.0.1:8000"]),
        ("ENV PORT=80\nCMD gunicorn app", ["0.0.0.0:80"]),
        ("ENV PORT=80\nCMD gunicorn -b :90 app", ["*:90"]),
        ("CMD gunicorn -b 0.0.0.0:$PORT app", ["0.0.0.0:?"]),
        ("CMD gunicorn -b 0.0.0.0:${PORT:-81} app", ["0.0.0.0:81"]),
        (
            "CMD gunicorn -b unix:/run/a.sock --bind=[::]:9000 app",
            ["unix:/run/a.sock", "[::]:9000"],
        ),
        ("CMD gunicorn -b 0.0.0.0 app", ["0.0.0.0:8000"]),
        ("CMD gunicorn app $OPTIONS", "?"),
        ("CMD gunicorn -b $BIND app", ["?:?"]),
        ('ENV GUNICORN_CMD_ARGS="-b :1 -w 3"\nCMD gunicorn app', ["*:1"]),
        ('ENV GUNICORN_CMD_ARGS="-b :1 -w 3"\nCMD gunicorn app -b :2', ["*:2"]),
        ("CMD uvicorn a:b", ["127.0.0.1:8000"]),
        ("ENV UVICORN_HOST=0.0.0.0 UVICORN_PORT=1\nCMD uvicorn a:b", ["0.0.0.0:1"]),
        ("ENV UVICORN_HOST=0.0.0.0\nCMD uvicorn a:b --host :: --port 5", ["[::]:5"]),
        ("ENV PORT=99\nCMD uvicorn a:b", ["127.0.0.1:8000"]),
        ("CMD uvicorn a:b --uds /run/a.sock", ["unix:/run/a.sock"]),
        ("CMD uvicorn a:b --fd 0", []),
        ("CMD uvicorn a:b --host $HOST --port 5", ["?:5"]),
        ("CMD fastapi run", ["0.0.0.0:8000"]),
        ("ENV PORT=99\nCMD fastapi run", ["0.0.0.0:99"]),
        ("CMD fastapi dev", ["127.0.0.1:8000"]),
        ("CMD flask run", ["127.0.0.1:5000"]),
        ("ENV FLASK_RUN_HOST=0.0.0.0\nCMD flask run -p 80", ["0.0.0.0:80"]),
        ("CMD python manage.py runserver", ["127.0.0.1:8000"]),
        ("CMD python manage.py runserver 0:80", ["0.0.0.0:80"]),
        ("CMD python manage.py runserver 81", ["127.0.0.1:81"]),
        ("CMD hypercorn a:b", ["127.0.0.1:8000"]),
        ("CMD hypercorn a:b -b 0.0.0.0:80 -b [::]:80", ["0.0.0.0:80", "[::]:80"]),
        ("CMD daphne a.asgi:application", ["127.0.0.1:8000"]),
        ("CMD daphne -p 80 a.asgi:application", ["127.0.0.1:80"]),
        ("CMD daphne -u /run/a.sock a.asgi:application", ["unix:/run/a.sock"]),
        ("CMD daphne -e tcp:port=80:interface=0.0.0.0 a.asgi:application", ["0.0.0.0:80"]),
        ("CMD granian a:b", ["127.0.0.1:8000"]),
        ("ENV GRANIAN_HOST=0.0.0.0\nCMD granian a:b --port 1", ["0.0.0.0:1"]),
        ("CMD waitress-serve a:b", ["0.0.0.0:8080"]),
        ("CMD waitress-serve --listen=127.0.0.1:1 --listen=*:2 a:b", ["127.0.0.1:1", "*:2"]),
        ("CMD uwsgi --http :80 --socket /run/a.sock -w a", ["*:80", "unix:/run/a.sock"]),
        ("CMD uwsgi -w a", []),
        ("CMD celery -A a worker", []),
    ],
)
def test_addresses(dockerfile: str, expected: object) -> None:
    assert addresses(server(dockerfile)) == expected


@pytest.mark.parametrize(
    ("dockerfile", "config", "workers"),
    [
        ("CMD gunicorn app", "", 1),
        ("CMD gunicorn app", "workers = 3", 3),
        ("ENV WEB_CONCURRENCY=2\nCMD gunicorn app", "", 2),
        ("ENV WEB_CONCURRENCY=2\nCMD gunicorn app", "workers = 3", 3),
        ('ENV GUNICORN_CMD_ARGS="-w 4"\nCMD gunicorn app', "workers = 3", 4),
        ('ENV GUNICORN_CMD_ARGS="-w 4"\nCMD gunicorn app -w 5', "workers = 3", 5),
        ('ENV GUNICORN_CMD_ARGS="-c other.py"\nCMD gunicorn app', "workers = 3", "?"),
        ("CMD gunicorn app -c gunicorn.conf.py", "workers = 3", 3),
        ("CMD gunicorn app -c python:gunicorn.conf", "workers = 3", "?"),
        ("CMD gunicorn app -c missing.py", "workers = 3", "?"),
        ("CMD gunicorn app -c $CONFIG", "workers = 3", "?"),
        ("CMD gunicorn app", "import os\nworkers = int(os.environ.get('N', '7'))", 7),
        ("ENV N=8\nCMD gunicorn app", "import os\nworkers = int(os.environ.get('N', '7'))", 8),
        ("CMD gunicorn app", "import multiprocessing as m\nworkers = m.cpu_count()", "?"),
        ("CMD gunicorn app", "workers =", "?"),
        ("CMD gunicorn app -w ${N:-2}", "", 2),
        ("CMD gunicorn app -w $N", "", "?"),
        ("CMD cd /srv && gunicorn app", "workers = 3", 1),
    ],
)
def test_workers_of_gunicorn(dockerfile: str, config: str, workers: object) -> None:
    assert value(server(dockerfile, gunicorn_DOT_conf_DOT_py=config).workers) == workers


@pytest.mark.parametrize(
    ("dockerfile", "workers"),
    [
        ("ENV WEB_CONCURRENCY=2\nCMD uvicorn a:b", 2),
        ("ENV WEB_CONCURRENCY=2 UVICORN_WORKERS=3\nCMD uvicorn a:b", 3),
        ("ENV UVICORN_WORKERS=3\nCMD uvicorn a:b --workers 4", 4),
        ("ENV WEB_CONCURRENCY=2\nCMD fastapi run", 2),
        ("ENV WEB_CONCURRENCY=2\nCMD hypercorn a:b", 1),
        ("ENV WEB_CONCURRENCY=2\nCMD granian a:b", 1),
        ("ENV GRANIAN_WORKERS=3\nCMD granian a:b", 3),
        ("CMD uwsgi -w a -p 4", 4),
        ("CMD celery -A a worker", None),
        ("CMD celery -A a worker -c 2", 2),
    ],
)
def test_workers_of_others(dockerfile: str, workers: object) -> None:
    assert value(server(dockerfile).workers) == workers


@pytest.mark.parametrize(
    ("dockerfile", "preloads"),
    [
        ("CMD gunicorn app", False),
        ("CMD gunicorn app --preload", True),
        ("CMD gunicorn app $OPTIONS", "?"),
        ("CMD uvicorn a:b --workers 2", False),
        ("CMD uwsgi -w a -p 4", True),
        ("CMD uwsgi -w a -p 4 --lazy-apps", False),
        ("CMD uwsgi -w a -p 4 --lazy", False),
        ("CMD uwsgi --ini a.ini", False),
        ("CMD uwsgi --ini b.ini", "?"),
    ],
)
def test_who_imports_once_for_all_processes(dockerfile: str, preloads: object) -> None:
    lazy = "[uwsgi]\nmodule = a\nprocesses = 4\nlazy-apps = true\n"
    assert value(server(dockerfile, a_DOT_ini=lazy).preloads) == preloads


@pytest.mark.parametrize(
    ("dockerfile", "worker_class", "interface"),
    [
        ("CMD gunicorn app", "sync", "wsgi"),
        ("CMD gunicorn --threads 4 app", "gthread", "wsgi"),
        ("CMD gunicorn --threads 4 -k gevent app", "gevent", "wsgi"),
        (
            "CMD gunicorn -k uvicorn.workers.UvicornWorker app",
            "uvicorn.workers.UvicornWorker",
            "asgi",
        ),
        ("CMD gunicorn -k asgi app", "asgi", "asgi"),
        ("CMD gunicorn -k aiohttp.GunicornWebWorker app", "aiohttp.GunicornWebWorker", "?"),
        ("CMD gunicorn -k $CLASS app", "?", "?"),
        ("CMD uvicorn a:b", None, "asgi"),
        ("CMD uvicorn --interface wsgi a:b", None, "wsgi"),
        ("CMD hypercorn a:b", None, None),
        ("CMD granian a:b", None, "rsgi"),
        ("ENV GRANIAN_INTERFACE=asgi\nCMD granian a:b", None, "asgi"),
        ("CMD waitress-serve a:b", None, "wsgi"),
        ("CMD celery -A a worker", None, None),
    ],
)
def test_interface(dockerfile: str, worker_class: object, interface: object) -> None:
    one = server(dockerfile)
    assert (value(one.worker_class), value(one.interface)) == (worker_class, interface)


@pytest.mark.parametrize(
    ("dockerfile", "reload"),
    [
        ("CMD uvicorn a:b", False),
        ("CMD uvicorn a:b --reload", True),
        ("ENV UVICORN_RELOAD=true\nCMD uvicorn a:b", True),
        ("ENV UVICORN_RELOAD=0\nCMD uvicorn a:b", False),
        ("CMD gunicorn app --reload", True),
        ("CMD fastapi dev", True),
        ("CMD fastapi dev --no-reload", False),
        ("CMD flask run --debug", True),
        ("ENV FLASK_DEBUG=1\nCMD flask run", True),
        ("ENV FLASK_DEBUG=1\nCMD flask run --no-reload", False),
        ("CMD python manage.py runserver --noreload", False),
        ("CMD watchmedo auto-restart -d . -R -- celery -A a worker", True),
        ("CMD watchmedo auto-restart --directory=. celery -A a worker", True),
        ("CMD watchfiles 'celery -A a worker' ./src", True),
        ("CMD uvicorn a:b $OPTIONS", "?"),
    ],
)
def test_reload(dockerfile: str, reload: object) -> None:
    assert value(server(dockerfile).reload) == reload


@pytest.mark.parametrize(
    ("dockerfile", "ips", "trusts"),
    [
        ("CMD gunicorn app", "127.0.0.1,::1", True),
        ("ENV FORWARDED_ALLOW_IPS=*\nCMD gunicorn app", "*", True),
        (
            "ENV FORWARDED_ALLOW_IPS=*\nCMD gunicorn app --forwarded-allow-ips 10.0.0.1",
            "10.0.0.1",
            True,
        ),
        ("ENV FORWARDED_ALLOW_IPS=*\nCMD uvicorn a:b --no-proxy-headers", "*", False),
        ("CMD fastapi run --forwarded-allow-ips '*'", "*", True),
        ("CMD hypercorn a:b", None, False),
    ],
)
def test_trusted_proxies(dockerfile: str, ips: object, trusts: bool) -> None:
    one = server(dockerfile)
    assert (value(one.forwarded_allow_ips), value(one.proxy_headers)) == (ips, trusts)


@pytest.mark.parametrize(
    ("dockerfile", "logs"),
    [
        ("CMD gunicorn app", False),
        ("CMD gunicorn app --access-logfile -", True),
        ("CMD uvicorn a:b", True),
        ("CMD uvicorn a:b --no-access-log", False),
        ("CMD hypercorn a:b", False),
        ("CMD granian a:b --access-log", True),
        ("CMD waitress-serve a:b", False),
        ("CMD uwsgi -w a", True),
        ("CMD uwsgi -w a --disable-logging", False),
    ],
)
def test_access_log(dockerfile: str, logs: bool) -> None:
    assert value(server(dockerfile).access_log) == logs


def test_ini_of_uwsgi() -> None:
    ini = (
        "[other]\nprocesses = 9\n[uwsgi]\n; comment\nhttp = 0.0.0.0:$(PORT)\nmodule = a.wsgi\n"
        "callable = app\nprocesses = 4\ndaemonize = /var/log/a\ndisable-logging = true\n"
    )
    one = server("ENV PORT=80\nCMD uwsgi --ini a.ini", a_DOT_ini=ini)
    assert addresses(one) == ["0.0.0.0:80"]
    assert (value(one.workers), value(one.daemon), value(one.access_log)) == (4, True, False)
    assert isinstance(one.target, Known)
    assert one.target.value is not None
    assert one.target.value.text == "a.wsgi:app"
    condition = ini + "if-env = X\nprocesses = 2\nendif =\n"
    assert value(server("CMD uwsgi a.ini", a_DOT_ini=condition).workers) == "?"


def test_toml_of_hypercorn() -> None:
    toml = 'bind = ["0.0.0.0:80"]\nworkers = 3\naccesslog = "-"\n'
    one = server("CMD hypercorn a:b -c a.toml", a_DOT_toml=toml)
    assert (addresses(one), value(one.workers), value(one.access_log)) == (["0.0.0.0:80"], 3, True)
    assert value(server("CMD hypercorn a:b -c a.toml -w 4", a_DOT_toml=toml).workers) == 4


def test_each_source_is_a_layer() -> None:
    command = 'ENV GUNICORN_CMD_ARGS="-w 4" WEB_CONCURRENCY=2\nCMD ["gunicorn", "app", "-w", "5"]'
    one = server(command, gunicorn_DOT_conf_DOT_py="workers = 3")
    layers = one.settings.layers("workers").layers
    assert [layer.kind for layer in layers] == [
        "default",
        "gunicorn.conf.py",
        "GUNICORN_CMD_ARGS",
        "command line",
    ]
    assert isinstance(one.workers, Known)
    assert [place.text for place in one.workers.places] == ["5"]
    assert one.workers.says == "its command line sets workers to 5"


def test_several_servers() -> None:
    start = "#!/bin/sh\ncelery -A a worker &\nexec gunicorn a\n"
    found = servers('CMD ["/app/start.sh"]', start_DOT_sh=start)
    assert [(each.name, each.is_certain) for each in found] == [
        ("celery worker", True),
        ("gunicorn", True),
    ]
    branches = (
        '#!/bin/sh\ncase "$1" in\nweb) exec gunicorn a ;;\n*) exec celery -A a worker ;;\nesac\n'
    )
    found = servers('ENTRYPOINT ["/app/start.sh"]', start_DOT_sh=branches)
    assert [(each.name, each.is_certain) for each in found] == [
        ("gunicorn", False),
        ("celery worker", False),
    ]


FASTAPI = "from fastapi import FastAPI\napp = FastAPI()\n"
FLASK = "from flask import Flask\ndef create_app():\n    return Flask(__name__)\n"
DJANGO = "from django.core.wsgi import get_wsgi_application as get\napplication = get()\n"


@pytest.mark.parametrize(
    ("dockerfile", "files", "found"),
    [
        ("CMD gunicorn main:app", {"main.py": FASTAPI}, ("main.py", "FastAPI", "asgi")),
        ("CMD gunicorn core.wsgi", {"core/wsgi.py": DJANGO}, ("core/wsgi.py", "Django", "wsgi")),
        ("CMD gunicorn 'a:create_app()'", {"a.py": FLASK}, ("a.py", "Flask", "wsgi")),
        ("CMD uvicorn --factory a:create_app", {"a.py": FLASK}, ("a.py", "Flask", "wsgi")),
        (
            "CMD gunicorn --chdir src main:app",
            {"src/main.py": FASTAPI},
            ("src/main.py", "FastAPI", "asgi"),
        ),
        (
            "CMD uvicorn --app-dir src main:app",
            {"src/main.py": FASTAPI},
            ("src/main.py", "FastAPI", "asgi"),
        ),
        (
            "ENV PYTHONPATH=/app/lib\nCMD uvicorn main:app",
            {"lib/main.py": FASTAPI},
            ("lib/main.py", "FastAPI", "asgi"),
        ),
        ("ENV PYTHONPATH=$X\nCMD uvicorn main:app", {"lib/main.py": FASTAPI}, "?"),
        (
            "WORKDIR /app/src\nCMD uvicorn main:app",
            {"src/main.py": FASTAPI},
            ("src/main.py", "FastAPI", "asgi"),
        ),
        ("CMD fastapi run", {"app/main.py": FASTAPI}, ("app/main.py", "FastAPI", "asgi")),
        (
            "CMD fastapi run",
            {"a/b.py": FASTAPI, "pyproject.toml": '[tool.fastapi]\nentrypoint = "a.b:app"\n'},
            ("a/b.py", "FastAPI", "asgi"),
        ),
        ("CMD fastapi run src/x.py", {"src/x.py": FASTAPI}, ("src/x.py", "FastAPI", "asgi")),
        ("CMD flask run", {"app.py": FLASK}, ("app.py", "Flask", "wsgi")),
        ("CMD flask --app a run", {"a.py": FLASK}, ("a.py", "Flask", "wsgi")),
        ("ENV FLASK_APP=a.py\nCMD flask run", {"a.py": FLASK}, ("a.py", "Flask", "wsgi")),
        ("CMD gunicorn other:app", {"main.py": FASTAPI}, "?"),
        ("CMD gunicorn main:other", {"main.py": FASTAPI}, "?"),
        ("CMD gunicorn $APP", {"main.py": FASTAPI}, "?"),
    ],
)
def test_application(dockerfile: str, files: dict[str, str], found: object) -> None:
    [container] = project({"Dockerfile": SLIM + dockerfile, **files}).repository().containers
    [one] = container.servers
    served = one.served.application
    shown: object = "?"
    if isinstance(served, Known):
        shown = (served.value.path, served.value.framework, served.value.interface)
    assert shown == found


def test_application_in_a_bind_mount() -> None:
    compose = """
services:
  web:
    build: .
    command: uvicorn main:app
    volumes: [./other:/app]
"""
    files = {"Dockerfile": SLIM, "compose.yml": compose, "other/main.py": FASTAPI}
    container = project(files).repository().file_sets[0].containers[0]
    module = container.servers[0].served.module
    assert isinstance(module, Known)
    assert module.value.path == "other/main.py"


def test_the_first_folder_is_enough_to_find_a_module() -> None:
    compose = (
        "services:\n  web:\n    build: .\n    command: daphne main:app\n    env_file: prod.env\n"
    )
    files = {"Dockerfile": SLIM, "compose.yml": compose, "main.py": FASTAPI}
    container = project(files).repository().file_sets[0].containers[0]
    [one] = container.servers
    assert not isinstance(one.served.roots, Known)
    assert isinstance(one.served.application, Known)
