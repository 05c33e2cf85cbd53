"""Which secrets a stage leaves in its image, and which only look like some."""

import pytest

from dockerlint_py.testing import project

TOKEN = "ghp_abcdefghijklmnopqrstuvwxyz0123456789"


def exposed(*steps: str) -> list[str]:
    text = "\n".join(("FROM python:3.13-slim", *steps))
    stage = project({"Dockerfile": text}).repository().stages[0]
    return [exposure.name for exposure in stage.exposures]


@pytest.mark.parametrize(
    "steps",
    [
        ("ENV API_KEY=8f2hG7qPz01",),
        ("ENV API_KEY 8f2hG7qPz01",),
        (f"ENV API_KEY={TOKEN}",),
        ("ARG API_KEY=8f2hG7qPz01",),
        ("ARG API_KEY", "RUN true"),
        ("ARG API_KEY=", "RUN true"),
        ("ARG KEY", "ENV API_KEY=${KEY}"),
    ],
)
def test_secrets(steps: tuple[str, ...]) -> None:
    assert exposed(*steps) == ["API_KEY"]


@pytest.mark.parametrize(
    "steps",
    [
        ("ARG API_KEY",),
        ("ARG API_KEY=dummy", "RUN true"),
        ("ARG API_KEY=dummy", "ENV API_KEY=$API_KEY"),
        ("ARG KEY", "ENV API_KEY=${KEY:-changeme}"),
        ("ENV API_KEY=",),
        ("ENV API_KEY_FILE=/run/secrets/key",),
        ("ENV API_KEY=$UNSET_ANYWHERE",),
        ("RUN API_KEY=8f2hG7qPz01 true",),
        ("RUN pip install --index-url https://u:$PASSWORD@pypi.example/simple x",),
    ],
)
def test_no_secrets(steps: tuple[str, ...]) -> None:
    assert exposed(*steps) == []


def test_a_secret_is_shown_where_it_stands_and_nowhere_else() -> None:
    index = "PIP_INDEX_URL=https://u:s3cr4t-9x@pypi.example/simple"
    assert exposed(f"ENV {index}", "RUN pip install -i $PIP_INDEX_URL x") == ["PIP_INDEX_URL"]
    assert exposed(f"RUN git clone https://{TOKEN}@github.com/a/b") == ["git"]
