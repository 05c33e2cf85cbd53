"""Secrets, logins and ports of Compose services."""

import pytest

from dockerlint_py.model.container import Container
from dockerlint_py.testing import project


def service(body: str, **more: str) -> Container:
    files = {"compose.prod.yml": f"services:\n  db:\n{body}", **more}
    (container,) = project(files).repository().containers
    return container


@pytest.mark.parametrize(
    ("value", "written_out"),
    [
        ("8f2hG7qPz01", True),
        ('"8f2hG7qPz01"', True),
        ("${API_KEY:-8f2hG7qPz01}", False),
        ("${FROM_DOTENV}", False),
        ("changeme", False),
        ("admin", False),
        ("shop", False),
        ("", False),
    ],
)
def test_only_what_is_written_out_is_exposed(value: str, written_out: bool) -> None:
    body = f"    image: x:1\n    environment:\n      USERNAME: shop\n      API_KEY: {value}\n"
    found = service(body, **{".env": "FROM_DOTENV=8f2hG7qPz01\n"}).exposed_secrets
    assert [secret.name for secret in found] == (["API_KEY"] if written_out else [])


@pytest.mark.parametrize(
    ("image", "variables", "weak"),
    [
        ("postgres:17", "POSTGRES_HOST_AUTH_METHOD: trust", "POSTGRES_HOST_AUTH_METHOD"),
        ("postgres:17", "POSTGRES_HOST_AUTH_METHOD: scram-sha-256", None),
        ("postgres:17", "POSTGRES_USER: a9, POSTGRES_PASSWORD: a9", "POSTGRES_PASSWORD"),
        ("postgres:17", "POSTGRES_USER: a9, POSTGRES_PASSWORD: b7", None),
        ("mysql:8.4", "MYSQL_ROOT_PASSWORD: root", "MYSQL_ROOT_PASSWORD"),
        ("mysql:8.4", "MYSQL_ALLOW_EMPTY_PASSWORD: 'no'", None),
        ("nginx:1.28", "POSTGRES_PASSWORD: postgres", None),
    ],
)
def test_weak_logins(image: str, variables: str, weak: str | None) -> None:
    found = service(f"    image: {image}\n    environment: {{{variables}}}\n").weak_logins
    assert [login.variable for login in found] == ([weak] if weak else [])


@pytest.mark.parametrize(
    ("port", "to_all"),
    [
        ("5432:5432", True),
        ("5432", True),
        ("0.0.0.0:5432:5432", True),
        ("[::]:5432:5432", True),
        ("127.0.0.1:5432:5432", False),
        ("${ADDRESS}:5432:5432", False),
        ("${MAPPING}:5432", False),
    ],
)
def test_published_to_all(port: str, to_all: bool) -> None:
    body = f'    image: postgres:17\n    ports: ["{port}"]\n'
    found = service(body).service
    assert found is not None
    assert bool(found.published_to_all) is to_all


@pytest.mark.parametrize(
    ("body", "name", "is_open"),
    [
        ("    image: postgis/postgis:17-3.5\n", "PostgreSQL", False),
        ("    image: python:3.13\n    command: celery -A a flower\n", "Flower", True),
        ("    image: python:3.13\n    command: celery -A a flower --auth=b\n", "Flower", False),
        ("    image: mher/flower:2\n", "Flower", True),
        ("    image: mher/flower:2\n    environment: [FLOWER_BASIC_AUTH]\n", "Flower", False),
        ("    image: mher/flower:2\n    env_file: missing.env\n", "Flower", False),
    ],
)
def test_internal_services(body: str, name: str, is_open: bool) -> None:
    found = service(body).internal_service
    assert found is not None
    assert (found.name.value, found.is_open) == (name, is_open)


def test_others_are_not_internal() -> None:
    assert service("    image: nginx:1.28\n").internal_service is None
    assert service("    image: ${IMAGE}\n").internal_service is None
