"""Effective settings of servers, held against gunicorn and uvicorn themselves."""

import ast
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.servers.server import RunningServer
from dockerlint_py.testing import project

CONFIG = "bind = '0.0.0.0:1111'\nworkers = 3\nreload = True\n"


def server(env: dict[str, str], arguments: list[str], files: dict[str, str]) -> RunningServer:
    variables = "".join(f'ENV {name}="{value}"\n' for name, value in env.items())
    command = ", ".join(f'"{word}"' for word in arguments)
    dockerfile = f"FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n{variables}CMD [{command}]\n"
    [container] = project({"Dockerfile": dockerfile, **files}).repository().containers
    [found] = container.servers
    return found


def known(one: RunningServer) -> dict[str, object]:
    """What the tables of this project make of a server."""
    assert isinstance(one.binds, Known)
    assert isinstance(one.workers, Known)
    assert isinstance(one.reload, Known)
    return {
        "bind": [bind.text for bind in one.binds.value],
        "workers": one.workers.value,
        "reload": one.reload.value,
    }


def clean(env: dict[str, str]) -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    return {**own, **env}


@pytest.mark.parametrize(
    ("env", "arguments", "config"),
    [
        ({}, [], ""),
        ({"PORT": "99", "WEB_CONCURRENCY": "5"}, [], ""),
        ({"PORT": "99", "WEB_CONCURRENCY": "5"}, [], CONFIG),
        ({"GUNICORN_CMD_ARGS": "--bind=:2 -w 4"}, [], CONFIG),
        ({"GUNICORN_CMD_ARGS": "--bind=:2 -w 4"}, ["-b", "[::]:3", "--workers=6"], CONFIG),
    ],
)
def test_gunicorn(tmp_path: Path, env: dict[str, str], arguments: list[str], config: str) -> None:
    tmp_path.joinpath("app.py").write_text("application = print\n")
    files = {"gunicorn.conf.py": config} if config else {}
    for name, text in files.items():
        tmp_path.joinpath(name).write_text(text)
    command = [sys.executable, "-m", "gunicorn", "--print-config", "app", *arguments]
    run = subprocess.run(
        command, cwd=tmp_path, env=clean(env), check=True, capture_output=True, text=True
    )
    real = dict(re.findall(r"^(\w+) += (.*)$", run.stdout, re.MULTILINE))
    ours = known(server(env, ["gunicorn", "app", *arguments], files))
    binds = [
        f"*{each}" if each.startswith(":") else each for each in ast.literal_eval(real["bind"])
    ]
    assert ours == {
        "bind": binds,
        "workers": int(real["workers"]),
        "reload": real["reload"] == "True",
    }


@pytest.mark.parametrize(
    ("env", "arguments"),
    [
        ({}, []),
        ({"PORT": "99", "WEB_CONCURRENCY": "2"}, []),
        ({"UVICORN_HOST": "0.0.0.0", "UVICORN_PORT": "7", "UVICORN_WORKERS": "3"}, []),
        ({"UVICORN_HOST": "0.0.0.0", "UVICORN_RELOAD": "true"}, ["--port", "8", "--host=::"]),
        ({"UVICORN_RELOAD": "0", "WEB_CONCURRENCY": "2"}, ["--workers", "4"]),
    ],
)
def test_uvicorn(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], arguments: list[str]
) -> None:
    module = importlib.import_module("uvicorn.main")
    taken: dict[str, Any] = {}
    monkeypatch.setattr(module, "run", lambda app, **options: taken.update(options))
    for name in ("PORT", "WEB_CONCURRENCY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    module.main(["app:app", *arguments], standalone_mode=False)
    config = module.Config("app:app", workers=taken["workers"])
    host, port = taken["host"], taken["port"]
    assert known(server(env, ["uvicorn", "app:app", *arguments], {})) == {
        "bind": [f"[{host}]:{port}" if ":" in host else f"{host}:{port}"],
        "workers": config.workers,
        "reload": taken["reload"],
    }
