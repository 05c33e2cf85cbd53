"""Texts that people write wrongly, or on purpose, never raise: command lines and configurations."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dockerlint_py.facts import Environment
from dockerlint_py.model.servers.binds import bind_of
from dockerlint_py.model.servers.config import read_ini
from dockerlint_py.model.servers.phrase import Phrase
from dockerlint_py.testing import project
from dockerlint_py.text import Source

PIECES = (
    *("gunicorn", "uvicorn", "uwsgi", "app:app", "app", ":", "-b", "--bind", "--bind=", "-w", "$X"),
    *("0.0.0.0:", "[::]", "unix:", "fd://", "-c", "x.py", "--ini", "a.ini", "$(nproc)", "''", "&"),
    *(
        "fastapi run",
        "flask --app",
        "run",
        "python manage.py runserver",
        "0:80",
        "--",
        "-k",
        "=",
        "%",
    ),
    *("supervisord -c a.ini", "honcho start", "watchmedo auto-restart", "watchfiles 'a b'"),
)
LINES = (
    *("[uwsgi]", "[program:a]", "[include]", "files = *.ini", "command = gunicorn a:b", "=", "["),
    *(
        "http = :$(PORT)",
        "socket = %(x)",
        " continued",
        "; comment",
        "module",
        "command=%(ENV_A)s x",
    ),
    *("web: gunicorn a", "a:", "directory = /x", "autostart=false", "\r", "command="),
)
words = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=8)
lines = st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=10)


@given(words, lines)
@settings(max_examples=60, deadline=None)
def test_servers(command: list[str], config: list[str]) -> None:
    line = " ".join(command).replace("\n", " ").replace("\r", " ")
    text = "\n".join(config)
    dockerfile = f"FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD {line}\n"
    files = {"Dockerfile": dockerfile, "a.ini": text, "Procfile": text, "x.py": text, "app.py": ""}
    for container in project(files).repository().containers:
        for server in container.servers:
            assert server.binds is not None
            assert server.target is not None
            assert server.served.application is not None
        assert container.company is None or container.company.parts


@given(st.lists(st.text(max_size=12) | st.none(), max_size=4))
def test_addresses(parts: list[str | None]) -> None:
    bind = bind_of(Phrase(tuple(parts)))
    assert bind is None or bind.text


@given(lines)
def test_ini(config: list[str]) -> None:
    assert read_ini(Source("a.ini", "\n".join(config)), Environment()).kind == "a.ini"
