"""Which servers nothing outside of their containers reaches."""

import pytest

from dockerlint_py.testing import project

IMAGE = 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n'
OTHER_FILES = {"conf.py": 'bind = "0.0.0.0:8000"\n'}


def unreachable(service: str) -> list[str]:
    """The hosts that the server of a service listens on in vain."""
    compose = f"services:\n  web:\n    build: .\n    ports: ['8000:8000']\n{service}"
    files = {"compose.yml": compose, "Dockerfile": IMAGE, **OTHER_FILES}
    (file_set,) = project(files).repository().file_sets
    return [found.host for c in file_set.containers for found in c.network.unreachable_servers]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("uvicorn shop.asgi:app", ["127.0.0.1"]),
        ("uvicorn shop.asgi:app --host localhost", ["localhost"]),
        ("hypercorn shop.asgi:app", ["127.0.0.1"]),
        ("daphne shop.asgi:app", ["127.0.0.1"]),
        ("gunicorn shop.wsgi", ["127.0.0.1"]),
        ("flask run", ["127.0.0.1"]),
        ("python manage.py runserver 9000", ["127.0.0.1"]),
        ("fastapi dev main.py", ["127.0.0.1"]),
        ("sh -c 'python manage.py migrate && exec gunicorn shop.wsgi'", ["127.0.0.1"]),
        ("gunicorn shop.wsgi -b '[::1]:8000'", ["::1"]),
        ("gunicorn shop.wsgi -b :8000", []),
        ("fastapi run main.py", []),
        ("waitress-serve shop:app", []),
        ("python manage.py runserver 0.0.0.0:8000", []),
        ("python manage.py runserver 0:8000", []),
        ("uvicorn shop.asgi:app --uds /run/web.sock", []),
        ("gunicorn shop.wsgi -b unix:/run/web.sock", []),
        ("gunicorn -c conf.py shop.wsgi", []),
        ("gunicorn -c missing.py shop.wsgi", []),
        ("gunicorn shop.wsgi -b 127.0.0.1:8001 -b 0.0.0.0:8000", []),
        ("uvicorn shop.asgi:app --host $$(hostname -i)", []),
        ("sh -c 'nginx && exec uvicorn shop.asgi:app'", []),
        ("sh -c 'service nginx start; exec uvicorn shop.asgi:app'", []),
        ("sh -c './proxy & exec uvicorn shop.asgi:app'", []),
        ("sh -c 'uvicorn a:app & exec uvicorn b:app --host 0.0.0.0'", []),
        ("celery -A shop worker", []),
        ("/start", []),
    ],
)
def test_commands(command: str, expected: list[str]) -> None:
    assert unreachable(f"    command: {command}\n") == expected


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        ("uvicorn shop.asgi:app", "UVICORN_HOST", "0.0.0.0"),
        ("flask run", "FLASK_RUN_HOST", "0.0.0.0"),
        ("gunicorn shop.wsgi", "PORT", "8000"),
        ("gunicorn shop.wsgi", "GUNICORN_CMD_ARGS", "-b :8000"),
        ("gunicorn shop.wsgi", "GUNICORN_CMD_ARGS", "${MORE}"),
    ],
)
def test_variables(command: str, name: str, value: str) -> None:
    assert unreachable(f"    command: {command}\n") == ["127.0.0.1"]
    environment = f"    environment: {{{name}: '{value}'}}\n"
    assert unreachable(f"    command: {command}\n{environment}") == []


@pytest.mark.parametrize(
    "more",
    [
        "    network_mode: host\n",
        "    network_mode: service:other\n  other:\n    image: proxy\n",
        "  proxy:\n    image: proxy\n    network_mode: service:web\n",
        "    env_file: .env\n",
    ],
)
def test_what_else_leaves_it_open(more: str) -> None:
    service = "    command: uvicorn shop.asgi:app\n"
    assert unreachable(service) == ["127.0.0.1"]
    assert unreachable(service + more) == []


def test_an_image_alone_is_meant_to_be_reached_unless_a_platform_decides() -> None:
    def of_image(command: str) -> list[str]:
        container = project({"Dockerfile": f"FROM python:3.13-slim\nCMD {command}\n"})
        (only,) = container.repository().containers
        return [found.host for found in only.network.unreachable_servers]

    assert of_image("exec uvicorn shop:app") == ["127.0.0.1"]
    assert of_image("exec gunicorn shop:app") == []  # Heroku and Cloud Run set PORT
    assert of_image("exec gunicorn shop:app -b 127.0.0.1:80") == ["127.0.0.1"]
