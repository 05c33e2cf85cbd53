"""Where virtual environments are made, with which Python, and where COPY brings them."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.image.stage import Stage
from dockerlint_py.model.packages.virtualenvs import MAX_ENVIRONMENTS
from dockerlint_py.testing import project

PYTHON = "FROM python:3.13-slim AS build\nWORKDIR /app\n"
UV = "FROM ghcr.io/astral-sh/uv:debian-slim AS build\nWORKDIR /app\n"


def stages(text: str) -> tuple[Stage, ...]:
    return project({"Dockerfile": text}).repository().stages


@pytest.mark.parametrize(
    ("steps", "paths"),
    [
        ("RUN python -m venv /venv", ["/venv"]),
        ("RUN python3 -m venv venv", ["/app/venv"]),
        ("RUN cd /srv && virtualenv env", ["/srv/env"]),
        ("ENV VENV=/opt/v\nRUN python -m venv $VENV", ["/opt/v"]),
        ("RUN python -m venv $UNSET_ANYWHERE/x", ["/x"]),
        ("RUN uv venv", ["/app/.venv"]),
        ("RUN uv venv /v && uv pip install x", ["/v"]),
        ("RUN uv sync --locked", ["/app/.venv"]),
        ("RUN uv --directory /srv sync", ["/srv/.venv"]),
        ("ENV UV_PROJECT_ENVIRONMENT=/v\nRUN uv sync", ["/v"]),
        ("RUN UV_PROJECT_ENVIRONMENT=env uv sync", ["/app/env"]),
        ("RUN uv sync --active", []),
        ("RUN uv export -o requirements.txt", []),
        ("RUN poetry install", []),
        ("ENV POETRY_VIRTUALENVS_IN_PROJECT=1\nRUN poetry install", ["/app/.venv"]),
        ("RUN poetry config virtualenvs.in-project true\nRUN poetry install", ["/app/.venv"]),
        ("RUN poetry install\nRUN poetry config virtualenvs.in-project true", []),
        ("RUN PIPENV_VENV_IN_PROJECT=1 pipenv sync", ["/app/.venv"]),
        ("RUN pipenv install --system", []),
        ("RUN pdm sync --prod", ["/app/.venv"]),
        ("RUN python -m venv /v\nENV VIRTUAL_ENV=/v\nRUN pdm sync", ["/v"]),
        ("RUN test -d /v || python -m venv /v", []),
        ("RUN pip install gunicorn", []),
    ],
)
def test_where_environments_are_made(steps: str, paths: list[str]) -> None:
    assert [env.path for env in stages(PYTHON + steps)[0].virtualenvs] == paths


@pytest.mark.parametrize(
    ("copy", "path"),
    [
        ("COPY --from=build /venv /venv", "/venv"),
        ("COPY --from=build /venv /opt/", "/opt"),
        ("COPY --from=build /venv/ /opt/venv", "/opt/venv"),
        ("COPY --from=build / /", "/venv"),
        ("WORKDIR /srv\nCOPY --from=build /venv env", "/srv/env"),
        ("COPY --from=build /venv/lib /venv/lib", None),
        ("COPY --from=build --parents /venv /x", None),
        ("COPY venv /venv", None),
    ],
)
def test_where_copy_brings_them(copy: str, path: str | None) -> None:
    text = f"{PYTHON}RUN python -m venv /venv\nFROM python:3.13-slim\n{copy}\n"
    deliveries = stages(text)[1].deliveries
    assert [d.path for d in deliveries] == ([path] if path else [])
    assert all(d.env.home == "/venv" for d in deliveries)


def test_an_environment_is_followed_over_two_copies() -> None:
    text = (
        f"{PYTHON}RUN python -m venv /a\nFROM scratch AS between\nCOPY --from=build /a /b\n"
        "FROM python:3.13-slim\nCOPY --from=between /b /c\n"
    )
    (env,) = stages(text)[2].virtualenvs
    assert (env.home, env.path) == ("/a", "/c")


@pytest.mark.parametrize(
    ("text", "python"),
    [
        (f"{PYTHON}RUN python -m venv /v", ("/usr/local/bin", (3, 13), False)),
        (f"{PYTHON}RUN /usr/bin/python3 -m venv /v", ("/usr/bin", (3, 13), False)),
        (f"{PYTHON}RUN python3.12 -m venv /v", None),
        (f"{PYTHON}RUN uv sync", ("/usr/local/bin", (3, 13), False)),
        (f"{PYTHON}RUN uv sync -p 3.13", ("/usr/local/bin", (3, 13), False)),
        (f"{PYTHON}RUN uv sync -p 3.12", ("/root/.local/share/uv/python", (3, 12), True)),
        (f"{PYTHON}ENV UV_PYTHON_DOWNLOADS=0\nRUN uv sync -p 3.12", None),
        (f"{PYTHON}USER app\nRUN uv sync -p 3.12", None),
        (f"{PYTHON}RUN uv python install && uv sync", ("/root/.local/share/uv/python", None, True)),
        (f"{UV}RUN uv sync", ("/root/.local/share/uv/python", None, True)),
        (f"{UV}ENV UV_PYTHON_INSTALL_DIR=/py\nRUN uv sync", ("/py", None, True)),
        (f"{UV}ENV UV_PYTHON_DOWNLOADS=never\nRUN uv sync", None),
        (
            "FROM debian:bookworm-slim\nRUN apt-get install -y python3-venv\n"
            "RUN python3 -m venv /v",
            ("/usr/bin", (3, 11), False),
        ),
        ("FROM corp/base:1\nRUN python3 -m venv /v", None),
    ],
)
def test_the_python_behind_an_environment(
    text: str, python: tuple[str, tuple[int, int] | None, bool] | None
) -> None:
    (env,) = stages(text)[0].virtualenvs
    assert (tuple(env.python.value) if isinstance(env.python, Known) else None) == python


@pytest.mark.parametrize(
    ("steps", "lost"),
    [
        ("RUN python -m venv /v && . /v/bin/activate\nRUN pip install x", ["pip install x"]),
        ("RUN . /v/bin/activate && pip install x\nRUN pip install y", []),
        ("RUN . /v/bin/activate\nENV PATH=/v/bin:$PATH\nRUN pip install x", []),
        ("RUN . /v/bin/activate\nRUN /v/bin/pip install x", []),
        ("RUN . /v/bin/activate\nRUN . /v/bin/activate && pip install x", []),
        ("RUN . /v/bin/activate\nRUN uv pip install x", []),
        ("RUN . /v/bin/activate\nRUN pip install --target /t x", []),
        ("RUN . $UNKNOWN_TO_ALL/bin/activate\nRUN true", []),
    ],
)
def test_activations_that_are_lost(steps: str, lost: list[str]) -> None:
    (container,) = project({"Dockerfile": PYTHON + steps}).repository().containers
    assert [each.user.text for each in container.lost_activations] == lost


def test_long_chains_of_copies_are_followed() -> None:
    steps = "".join(
        f"FROM python:3.13-slim AS s{n}\nCOPY --from=s{n - 1} /v /v\n" for n in range(1, 200)
    )
    last = stages(f"FROM python:3.13-slim AS s0\nRUN python -m venv /v\n{steps}")[-1]
    assert [env.home for env in last.virtualenvs] == ["/v"]


def test_copies_that_double_environments_are_bounded() -> None:
    steps = "".join(
        f"FROM python:3.13-slim AS s{n}\nCOPY --from=s{n - 1} / /a\nCOPY --from=s{n - 1} / /b\n"
        for n in range(1, 60)
    )
    last = stages(f"FROM python:3.13-slim AS s0\nRUN python -m venv /v\n{steps}")[-1]
    assert len(last.virtualenvs) == MAX_ENVIRONMENTS
