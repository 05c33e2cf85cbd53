"""When all routes of an application are known: only if its object is used for nothing else."""

import pytest

from dockerlint_py.model.servers.route_table import route_table
from dockerlint_py.testing import project

DOCKERFILE = (
    'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0"]\n'
)
FASTAPI = "from fastapi import FastAPI\n\napp = FastAPI({})\n\n\n"
HEALTH = '@app.get("/health")\ndef health(): ...\n'


def answers(main: str, path: str, **others: str) -> bool | None:
    """Whether the application answers a path; None when its routes are not known."""
    more = {f"{name}.py": text for name, text in others.items()}
    files = {"Dockerfile": DOCKERFILE, "main.py": main, **more}
    (container,) = project(files).repository().containers
    table = route_table(container.servers[0])
    return None if table is None else table.answers(path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/health", True), ("/health/", True), ("/healthz", False), ("/", False), ("/docs", True)],
)
def test_paths(path: str, expected: bool) -> None:
    assert answers(FASTAPI.format("") + HEALTH, path) is expected


@pytest.mark.parametrize(
    "more",
    [
        "app.include_router(other)\n",
        "app.mount('/', other)\n",
        "app.mount('/health', other)\nsetup(app)\n",
        "app.add_middleware(Health)\n",
        "setup(app)\n",
        "@app.get(PATH)\ndef other(): ...\n",
        "@app.middleware('http')\nasync def other(request, call_next): ...\n",
        "def make(app):\n    @app.get('/healthz')\n    def other(): ...\n",
    ],
)
def test_any_other_use_leaves_them_open(more: str) -> None:
    assert answers(FASTAPI.format("") + HEALTH + more, "/healthz") is not False


@pytest.mark.parametrize("argument", ["routes=ROUTES", "root_path='/api'", "**OPTIONS"])
def test_arguments_may_bring_routes(argument: str) -> None:
    assert answers(FASTAPI.format(argument) + HEALTH, "/healthz") is not False
    assert answers(FASTAPI.format("title='Shop'") + HEALTH, "/healthz") is False


def test_a_module_that_imports_it_back_may_add_routes() -> None:
    main = FASTAPI.format("") + HEALTH + "import more\n"
    assert answers(main, "/healthz", more="from main import app\nadd(app)\n") is None
    assert answers(main, "/healthz", more="import os\n") is False


def test_of_other_frameworks_nothing_is_known() -> None:
    main = "from quart import Quart\napp = Quart(__name__)\n"
    assert answers(main, "/healthz") is None
