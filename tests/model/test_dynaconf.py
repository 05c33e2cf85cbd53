"""Settings of dynaconf in containers: which files it finds there."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.python.evaluate.results import to_fact
from dockerlint_py.testing import project

UNKNOWN = "unknown"
DOCKERFILE = 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n'
FILES = {
    "Dockerfile": DOCKERFILE,
    "compose.yml": "services:\n  web:\n    build: .\n",
    "main.py": "from flask import Flask\nfrom conf import settings\napp = Flask('x')\n"
    "KEY = settings.KEY\n",
    "conf.py": "from dynaconf import Dynaconf\n"
    "settings = Dynaconf(settings_files=['settings.toml'])\n",
    "settings.toml": "key = 'file'\n",
}


def key(changes: dict[str, str]) -> object:
    """The value of `KEY` in the one container, and how it starts."""
    files = {name: text for name, text in {**FILES, **changes}.items() if text}
    (container,) = (c for c in project(files).repository().containers if c.service is not None)
    value = container.code.startups[0].evaluator.value("main.py", "KEY")
    assert value is not None
    fact = to_fact("KEY", value)
    return fact.value if isinstance(fact, Known) else UNKNOWN


def test_a_file_beside_the_program_is_read() -> None:
    assert key({}) == "file"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({".dockerignore": "settings.toml\n"}, id="not sent"),
        pytest.param(
            {"Dockerfile": DOCKERFILE.replace("COPY . .", "COPY *.py ./")}, id="not copied"
        ),
        pytest.param({"settings.toml": "", "other/settings.toml": "key = 1\n"}, id="elsewhere"),
        pytest.param(
            {"Dockerfile": DOCKERFILE.replace("CMD", "RUN make settings.toml\nCMD")}, id="changed"
        ),
        pytest.param({"settings.local.toml": "[\n"}, id="a local file that is broken"),
        pytest.param({".gitignore": "*.local.toml\n"}, id="a local file that git ignores"),
        pytest.param({".gitignore": "/config\n"}, id="another file that git ignores"),
        pytest.param(
            {
                "Dockerfile": DOCKERFILE.replace('["python", "main.py"]', '["./start.sh"]'),
                "start.sh": "#!/bin/sh\necho > settings.toml\nexec python main.py\n",
            },
            id="written at the start",
        ),
        pytest.param({"config/settings.toml": "key = 'config'\n"}, id="two files"),
        pytest.param({"dynaconf_hooks.py": "def post(s): return {}\n"}, id="hooks"),
    ],
)
def test_other_files_leave_it_unknown(changes: dict[str, str]) -> None:
    assert key(changes) == UNKNOWN


@pytest.mark.parametrize(
    ("environment", "expected"),
    [("DYNACONF_KEY: variable", "variable"), ("DYNACONF_KEY: '5'", 5), ("OTHER: x", "file")],
)
def test_variables_of_the_container_stand_above_files(environment: str, expected: object) -> None:
    compose = f"{FILES['compose.yml']}    environment:\n      {environment}\n"
    assert key({"compose.yml": compose}) == expected


def test_a_file_that_is_mounted_is_read() -> None:
    mounted = f"{FILES['compose.yml']}    volumes: ['./deploy/settings.toml:/app/settings.toml']\n"
    changes = {"compose.yml": mounted, "deploy/settings.toml": "key = 'mounted'\n"}
    assert key(changes) == "mounted"


def test_a_file_below_the_folder_of_the_module_is_found_where_it_is_copied() -> None:
    conf = (
        "from pathlib import Path\nfrom dynaconf import Dynaconf\n"
        "settings = Dynaconf(settings_files=[Path(__file__).parent / 'etc/base.toml'])\n"
    )
    changes = {"conf.py": conf, "settings.toml": "", "etc/base.toml": "key = 'base'\n"}
    assert key(changes) == "base"
