"""Servers that are not on a container's own command line: started by code, or by a supervisor."""

import pytest

from dockerlint_py.facts import Fact, Known
from dockerlint_py.model.container import Container
from dockerlint_py.testing import project

SLIM = "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n"
FASTAPI = "from fastapi import FastAPI\napp = FastAPI()\n"
FLASK = "from flask import Flask\ndef create_app():\n    return Flask(__name__)\n"


def container(command: str, files: dict[str, str]) -> Container:
    [only] = project({"Dockerfile": SLIM + command, **files}).repository().containers
    return only


def value(fact: Fact[object]) -> object:
    return fact.value if isinstance(fact, Known) else "?"


def shown(container: Container) -> list[tuple[str, object, object, bool]]:
    found = []
    for each in container.servers:
        binds, served = each.binds, each.served.application
        address = binds.value[0].text if isinstance(binds, Known) and binds.value else "?"
        framework = served.value.framework if isinstance(served, Known) else "?"
        found.append((each.name, address, framework, each.is_certain))
    return found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "import uvicorn\nfrom a import app\nuvicorn.run(app, host='0.0.0.0', port=80)\n",
            [("uvicorn", "0.0.0.0:80", "FastAPI", True)],
        ),
        (
            "import uvicorn\nif __name__ == '__main__':\n    uvicorn.run('a:app')\n",
            [("uvicorn", "127.0.0.1:8000", "FastAPI", True)],
        ),
        (
            "import uvicorn\ndef main():\n    uvicorn.run('a:app')\nmain()\n",
            [("uvicorn", "127.0.0.1:8000", "FastAPI", True)],
        ),
        (
            "from uvicorn import Config, Server\nfrom a import app\n"
            "Server(Config(app, host='::')).run()\n",
            [("uvicorn", "[::]:8000", "FastAPI", True)],
        ),
        (
            "import asyncio, uvicorn\nfrom a import app\nasync def main():\n"
            "    await uvicorn.Server(uvicorn.Config(app)).serve()\nasyncio.run(main())\n",
            [("uvicorn", "127.0.0.1:8000", "FastAPI", True)],
        ),
        (
            "import os, uvicorn\nuvicorn.run('a:app', port=int(os.environ.get('P', 5)))\n",
            [("uvicorn", "127.0.0.1:5", "FastAPI", True)],
        ),
        (
            "import uvicorn\nfrom other import options\nuvicorn.run('a:app', **options)\n",
            [("uvicorn", "?", "?", True)],
        ),
        (
            "from b import create_app\napp = create_app()\napp.run(host='0.0.0.0')\n",
            [("Flask.run", "0.0.0.0:5000", "Flask", True)],
        ),
        (
            "from waitress import serve\nfrom b import create_app\nserve(create_app(), port=1)\n",
            [("waitress-serve", "0.0.0.0:1", "Flask", True)],
        ),
        (
            "import sys\nfrom b import create_app\nif sys.argv:\n    create_app().run()\n",
            [("Flask.run", "127.0.0.1:5000", "Flask", False)],
        ),
        ("from b import create_app\ndef unused():\n    create_app().run()\n", []),
        ("class Job:\n    def run(self): ...\nJob().run()\n", []),
    ],
)
def test_started_by_code(code: str, expected: object) -> None:
    files = {"main.py": code, "a.py": FASTAPI, "b.py": FLASK}
    assert shown(container('CMD ["python", "main.py"]', files)) == expected


def test_started_by_a_package() -> None:
    code = "import uvicorn\nuvicorn.run('pkg.a:app')\n"
    files = {"pkg/__init__.py": "", "pkg/__main__.py": code, "pkg/a.py": FASTAPI}
    found = shown(container('CMD ["python", "-m", "pkg"]', files))
    assert found == [("uvicorn", "127.0.0.1:8000", "FastAPI", True)]


CONF = """\
[supervisord]
nodaemon=true

[program:web]
directory = /app
command=gunicorn -b 0.0.0.0:%(ENV_PORT)s
  main:app ; not this
[program:worker]
command = celery -A main worker
[program:off]
command = celery -A main beat
autostart=false
"""


def test_supervisord() -> None:
    command = 'ENV PORT=80\nCMD ["supervisord", "-n", "-c", "conf/s.conf"]'
    one = container(command, {"conf/s.conf": CONF, "main.py": FASTAPI})
    assert shown(one) == [
        ("gunicorn", "0.0.0.0:80", "FastAPI", True),
        ("celery worker", "?", "?", True),
    ]
    [supervisor] = one.supervisors
    assert [each.name for each in supervisor.programs] == ["web", "worker"]
    assert one.servers[0].place.text.startswith("gunicorn -b 0.0.0.0:%(ENV_PORT)s")


def test_supervisord_takes_in_other_files() -> None:
    command = 'COPY s.conf /etc/supervisor/conf.d/\nCMD ["supervisord", "-n"]'
    one = container(command, {"s.conf": CONF})
    assert [each.name for each in one.servers] == ["gunicorn", "celery worker"]
    missing = container('CMD ["supervisord", "-c", "missing.conf"]', {})
    assert missing.supervisors[0].unknown == "missing.conf is not found"


def test_honcho() -> None:
    procfile = "web: gunicorn main:app\nworker: celery -A main worker\n"
    one = container('CMD ["honcho", "start"]', {"Procfile": procfile})
    assert [each.name for each in one.servers] == ["gunicorn", "celery worker"]
    one = container('CMD ["honcho", "start", "worker"]', {"Procfile": procfile})
    assert [each.name for each in one.servers] == ["celery worker"]
