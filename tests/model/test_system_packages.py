"""Packages of the operating system: there, not there, or not known."""

import pytest

from dockerlint_py.model.image.system_packages import system_packages
from dockerlint_py.testing import project

SLIM, ALPINE = "python:3.13-slim-bookworm", "python:3.13-alpine3.22"
CASES = [
    (SLIM, "RUN true", "gcc", False),
    ("python:3.13-bookworm", "RUN true", "gcc", True),
    ("example.com/base", "RUN true", "gcc", None),
    (SLIM, "RUN apt-get install -y gcc", "gcc", True),
    (SLIM, "RUN apt-get install -y build-essential", "gcc", True),
    (SLIM, "RUN apt-get install -y curl git gettext", "gcc", False),
    (SLIM, "RUN apt-get install -y python3-pip", "gcc", None),
    (SLIM, "RUN apt-get install -y some-tool", "gcc", None),
    (SLIM, "ARG PACKAGES\nRUN apt-get install -y $PACKAGES", "gcc", None),
    (SLIM, "RUN if true; then apt-get install -y gcc; fi", "gcc", None),
    (SLIM, "RUN ./install.sh", "gcc", None),
    (SLIM, "RUN <<EOF\n#!/usr/bin/env python3\nprint()\nEOF", "gcc", None),
    (SLIM, "RUN curl -o x https://example.com && sed -i s/a/b/ x && mkdir y", "gcc", False),
    (SLIM, "RUN apt-get install -y gcc && apt-get purge -y gcc", "gcc", False),
    (SLIM, "RUN apt-get install -y libpq-dev", "libpq5", True),
    (SLIM, "RUN apt-get install -y libpq-dev && apt-get remove -y libpq-dev", "libpq5", True),
    (
        SLIM,
        "RUN apt-get install -y libpq-dev && apt-get purge -y --auto-remove libpq-dev",
        "libpq5",
        False,
    ),
    (SLIM, "RUN apt-get install -y libpq-dev:amd64", "libpq-dev", True),
    (SLIM, "RUN apt-get install -y pkgconf", "pkg-config|pkgconf", True),
    (SLIM, "COPY --from=golang:1 /usr/lib /usr/lib", "libpq5", None),
    (ALPINE, "RUN apk add --no-cache build-base", "gcc", True),
    (ALPINE, "RUN apk add -t .b gcc && apk del .b", "gcc", False),
    (ALPINE, "RUN apk add --no-cache some-tool", "gcc", None),
]


@pytest.mark.parametrize(("base", "step", "need", "there"), CASES)
def test_whether_a_package_is_there(base: str, step: str, need: str, there: bool | None) -> None:
    repository = project({"Dockerfile": f"FROM {base}\n{step}\n"}).repository()
    assert system_packages(repository.stages[0]).has(need) is there
