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
