from datetime import date

import pytest

from dockerlint_py.knowledge.deprecated_images import DEPRECATED, deprecation
from dockerlint_py.knowledge.images import parse_image


@pytest.mark.parametrize(
    ("image", "row"),
    [
        ("tiangolo/uvicorn-gunicorn:python3.11", "tiangolo/uvicorn-gunicorn*"),
        ("tiangolo/uvicorn-gunicorn-fastapi", "tiangolo/uvicorn-gunicorn*"),
        ("mirror.gcr.io/tiangolo/uvicorn-gunicorn-fastapi", "tiangolo/uvicorn-gunicorn*"),
        ("tiangolo/meinheld-gunicorn-flask", "tiangolo/meinheld-gunicorn*"),
        ("django:1.10", "django"),
        ("python:3-onbuild", "python:*-onbuild"),
        ("python:onbuild", "python:*-onbuild"),
        ("centos/python-38-centos7", "centos/python-*"),
        ("centos:7", "centos"),
        ("frolvlad/alpine-python3", "frolvlad/alpine-python*"),
        ("bitnami/postgresql:15", "bitnami/*"),
        ("bitnamilegacy/postgresql:15", "bitnamilegacy/*"),
        ("bitnami/postgresql", None),
        ("bitnami/minideb:bookworm", None),
        ("tiangolo/uwsgi-nginx-flask", None),
        ("python:3.13", None),
        ("ghcr.io/team/django", None),
        ("team/django", None),
    ],
)
def test_deprecation(image: str, row: str | None) -> None:
    ref = parse_image(image)
    assert ref is not None
    found = deprecation(ref)
    assert (found.image if found else None) == row


def test_rows_are_complete_and_unique() -> None:
    assert len({row.image for row in DEPRECATED}) == len(DEPRECATED)
    for row in DEPRECATED:
        assert row.why
        assert row.instead
        assert row.source.startswith("https://")
        date.fromisoformat(row.as_of)
