"""Programs that import code of the repository: which file, which settings, which environment."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.code.env_typos import is_mistaken
from dockerlint_py.testing import project

IMAGE = "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n"
SETTINGS = "shop/settings.py"
FILES = {
    "manage.py": 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    "shop/__init__.py": "",
    "shop/settings.py": "import os\nDEBUG = os.environ.get('DEBUG', 'no')\nNAME = 'default'\n",
    "shop/production.py": "from .settings import *\nNAME = 'production'\n",
    "shop/wsgi.py": (
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.production")\n'
        "application = get_wsgi_application()\n"
    ),
    "shop/celery.py": 'os.environ["DJANGO_SETTINGS_MODULE"] = "shop.production"\n',
    "api/main.py": "from fastapi import FastAPI\napp = FastAPI()\n",
    "app.py": "from flask import Flask\napp = Flask(__name__)\n",
}


def started(image: str, **compose: str) -> list[tuple[str, str | None]]:
    """The files that are imported, and the settings that are loaded."""
    repository = project(FILES | {"Dockerfile": IMAGE + image} | compose).repository()
    return [
        (each.file, each.settings_file.value if isinstance(each.settings_file, Known) else None)
        for container in repository.containers
        for each in container.code.startups
    ]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("python manage.py migrate", ("manage.py", "shop/settings.py")),
        ("python /app/manage.py migrate", ("manage.py", "shop/settings.py")),
        ("./manage.py run --settings=shop.production", ("manage.py", "shop/production.py")),
        ("gunicorn shop.wsgi:application -w 2", ("shop/wsgi.py", "shop/production.py")),
        ("gunicorn -w 2 --chdir shop wsgi", ("shop/wsgi.py", "shop/production.py")),
        ("DJANGO_SETTINGS_MODULE=shop.settings gunicorn shop.wsgi", ("shop/wsgi.py", SETTINGS)),
        (
            "DJANGO_SETTINGS_MODULE=shop.settings celery -A shop worker",
            ("shop/celery.py", "shop/production.py"),
        ),
        ("celery --app=shop beat", ("shop/celery.py", "shop/production.py")),
        ("uvicorn --app-dir api main:app", ("api/main.py", None)),
        ("PYTHONPATH=api uvicorn main:app", ("api/main.py", None)),
        ("fastapi run api/main.py", ("api/main.py", None)),
        ("flask run", ("app.py", None)),
        ("flask --app app db upgrade", ("app.py", None)),
        ("python app.py", ("app.py", None)),
        ("python -m api.main", ("api/main.py", None)),
    ],
)
def test_what_a_command_imports(command: str, expected: tuple[str, str | None]) -> None:
    assert started(f"CMD {command}\n") == [expected]


@pytest.mark.parametrize(
    "command",
    [
        "python manage.py --help",
        "gunicorn $APP",
        "gunicorn missing.wsgi",
        "uvicorn --unheard-of x main:app",
        "python -c 'import app'",
        "echo app.py",
        "test -f x && python app.py",
    ],
)
def test_what_imports_nothing_that_is_known(command: str) -> None:
    assert started(f"CMD {command}\n") == []


@pytest.mark.parametrize(
    ("variables", "debug"),
    [
        ("environment: [DEBUG=yes]", "yes"),
        ("environment: [OTHER=1]", "no"),
        ("environment: [DEBUG]", None),
        ("env_file: web.env", "file"),
        ("environment: {DEBUG: '${DEBUG}'}", None),
    ],
)
def test_settings_of_a_service(variables: str, debug: str | None) -> None:
    compose = f"services:\n  web:\n    build: .\n    {variables}\n"
    files = FILES | {
        "Dockerfile": f"{IMAGE}CMD python manage.py runserver\n",
        "compose.yml": compose,
        "web.env": "DEBUG=file\n",
    }
    container = project(files).repository().file_sets[0].container("web")
    assert container is not None
    (settings,) = container.code.settings
    fact = settings.get("DEBUG")
    assert (fact.value if isinstance(fact, Known) else None) == debug


def test_a_file_that_is_not_there_may_choose_the_settings() -> None:
    compose = "services:\n  web:\n    build: .\n    env_file: missing.env\n"
    assert started("CMD python manage.py migrate\n", **{"compose.yml": compose})[-1][1] is None


def test_a_deployment_without_compose_may_set_what_the_image_does_not() -> None:
    files = FILES | {"Dockerfile": f"{IMAGE}ENV NAME=x\nCMD gunicorn shop.wsgi\n"}
    (container,) = project(files).repository().containers
    (settings,) = container.code.settings
    assert not isinstance(settings.get("DEBUG"), Known)
    assert isinstance(settings.get("NAME"), Known)


@pytest.mark.parametrize(
    ("files", "known"),
    [
        ({}, True),
        ({".env": "DEBUG=1\n"}, False),
        ({".gitignore": ".env\n"}, False),
        ({".gitignore": ".env\n", ".dockerignore": ".env\n"}, True),
        ({".env": "DEBUG=1\n", ".dockerignore": "**/.env\n"}, True),
    ],
)
def test_a_file_of_variables_in_the_image(files: dict[str, str], known: bool) -> None:
    settings = "from dotenv import load_dotenv\nload_dotenv()\n" + FILES["shop/settings.py"]
    compose = "services:\n  web:\n    build: .\n    environment: [A=1]\n"
    base = {
        "shop/settings.py": settings,
        "Dockerfile": f"{IMAGE}CMD python manage.py runserver\n",
        "compose.yml": compose,
    }
    container = project(FILES | base | files).repository().file_sets[0].container("web")
    assert container is not None
    (settings,) = container.code.settings
    assert isinstance(settings.get("DEBUG"), Known) == known


@pytest.mark.parametrize(
    ("one", "other", "mistaken"),
    [
        ("DB_PASSWORD", "DB_PASSOWRD", True),
        ("SHOP_DEBUG", "SHOP_DATABASE_DEBUG", True),
        ("API_KEY", "APIKEY", True),
        ("ALLOWED_HOST", "ALLOWED_HOSTS", False),
        ("BROKER_ADRESS", "BROKER_ADDRESS", True),
        ("DB_HOST", "DB_PORT", False),
        ("DB_USER", "DB_NAME", False),
        ("SHARD1_URL", "SHARD2_URL", False),
        ("DEBUG", "SHOP_DEBUG", False),
        ("SHOP_A", "SHOP_B", False),
        ("SHOP_DB_HOST", "STORE_DB_PORT", False),
    ],
)
def test_names_that_one_mistake_tells_apart(one: str, other: str, mistaken: bool) -> None:
    assert is_mistaken(one, other) == is_mistaken(other, one) == mistaken
