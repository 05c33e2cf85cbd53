"""What CFG007 says of files of variables that are not there, and CFG013 of FLASK_ENV."""

from pathlib import Path

import pytest

from tests.behaviour.programs import run

SILENT = {
    "python-dotenv": "from dotenv import load_dotenv\nload_dotenv('.env')",
    "django-environ": "import environ\nenviron.Env.read_env('.env')",
    "environs": "from environs import Env\nEnv().read_env('.env', recurse=False)",
    "pydantic-settings": (
        "from pydantic_settings import BaseSettings\n"
        "class Settings(BaseSettings, env_file='.env'):\n    name: str = 'x'\nSettings()"
    ),
    "decouple": "from decouple import AutoConfig\nAutoConfig('.')('NAME', default='x')",
}


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_a_missing_file_is_passed_over(tmp_path: Path, code: str) -> None:
    assert run(tmp_path, "-W", "ignore", "-c", code).status == 0


def test_decouple_raises_when_it_is_given_the_file(tmp_path: Path) -> None:
    code = "from decouple import Config, RepositoryEnv\nConfig(RepositoryEnv('.env'))"
    assert "FileNotFoundError" in run(tmp_path, "-c", code).output


@pytest.mark.parametrize(
    ("env", "debug"), [({"FLASK_ENV": "development"}, False), ({"FLASK_DEBUG": "1"}, True)]
)
def test_flask_does_not_read_its_old_variable(
    tmp_path: Path, env: dict[str, str], debug: bool
) -> None:
    code = "import flask; print(flask.Flask('x').debug)"
    assert run(tmp_path, "-c", code, **env) == (0, f"{debug}\n")
