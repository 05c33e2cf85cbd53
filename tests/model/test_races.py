"""Which services start before what they need."""

import pytest

from dockerlint_py.testing import project

SERVICES = """\
services:
  web:
    build: .
{web}
  migrate:
    build: .
    command: python manage.py migrate
    depends_on: {{db: {{condition: service_healthy}}}}
  db:
    image: postgres:17
    healthcheck: {{test: pg_isready}}
"""
DOCKERFILE = 'FROM python:3.13-slim\nCMD ["gunicorn", "shop.wsgi"]\n'


def until(web: str, dockerfile: str = DOCKERFILE) -> tuple[str, ...]:
    files = {"Dockerfile": dockerfile, "compose.yml": SERVICES.format(web=web)}
    (file_set,) = project(files).repository().file_sets
    container = file_set.container("web")
    assert container is not None
    race = container.race
    return race.until if race is not None else ()


JOB = "`migrate` has finished"
DATABASE = "`db` accepts connections"


@pytest.mark.parametrize(
    ("engine", "expected"),
    [("sqlite3", ()), ("postgresql", ("`db` accepts connections",))],
)
def test_nobody_asks_the_server_when_the_database_is_a_file(
    engine: str, expected: tuple[str, ...]
) -> None:
    settings = (
        f'DATABASES = {{"default": {{"ENGINE": "django.db.backends.{engine}", "NAME": "db"}}}}'
    )
    compose = (
        "services:\n  web: {build: ., command: python manage.py runserver, depends_on: [db]}\n"
    )
    files = {
        "Dockerfile": "FROM python:3.13-slim\nWORKDIR /code\nCOPY . .\n",
        "compose.yml": compose + "  db: {image: 'postgres:17'}\n",
        "manage.py": 'import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"\n',
        "shop/__init__.py": "",
        "shop/settings.py": settings + "\nINSTALLED_APPS = []\n",
    }
    (file_set,) = project(files).repository().file_sets
    container = file_set.container("web")
    assert container is not None
    race = container.race
    assert (race.until if race is not None else ()) == expected


@pytest.mark.parametrize(
    ("web", "expected"),
    [
        ("", (JOB,)),
        ("    depends_on: [db]", (DATABASE, JOB)),
        ("    depends_on: {db: {condition: service_healthy}}", (JOB,)),
        ("    depends_on: {migrate: {condition: service_completed_successfully}}", ()),
        ("    depends_on: {migrate: {condition: service_started}}", (JOB,)),
        ("    depends_on: {db: {condition: '${HOW:-service_started}'}}", ()),
        ("    command: celery -A shop worker", ()),
        ("    command: sh -c 'python manage.py migrate && gunicorn shop.wsgi'", (DATABASE,)),
        ("    command: '${COMMAND}'", ()),
    ],
)
def test_what_is_not_waited_for(web: str, expected: tuple[str, ...]) -> None:
    assert until(web) == expected
