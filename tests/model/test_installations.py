"""What installer commands of a build install, from which files, and where it ends up."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.container import Container
from dockerlint_py.testing import project

PYPROJECT = """\
[project]
name = "app"
version = "1"
requires-python = ">=3.13"
dependencies = ["flask", "tomli ; python_version < '3.11'"]
[project.optional-dependencies]
pg = ["psycopg"]
[dependency-groups]
dev = ["pytest"]
"""
REGISTRY = 'source = { registry = "https://pypi.org/simple" }'
UV_LOCK = f"""\
version = 1
requires-python = ">=3.13"
[[package]]
name = "app"
version = "1"
source = {{ virtual = "." }}
dependencies = [{{ name = "flask" }}]
[package.optional-dependencies]
pg = [{{ name = "psycopg" }}]
[package.dev-dependencies]
dev = [{{ name = "pytest" }}]
[[package]]
name = "flask"
version = "3.1.3"
{REGISTRY}
dependencies = [
  {{ name = "werkzeug" }}, {{ name = "colorama", marker = "sys_platform == 'win32'" }},
]
[[package]]
name = "werkzeug"
version = "3.1.3"
{REGISTRY}
[[package]]
name = "colorama"
version = "0.4.6"
{REGISTRY}
[[package]]
name = "pytest"
version = "9.0.1"
{REGISTRY}
[[package]]
name = "psycopg"
version = "3.3.4"
{REGISTRY}
"""
FILES = {
    "pyproject.toml": PYPROJECT,
    "uv.lock": UV_LOCK,
    "requirements.txt": "-r base.txt\ngunicorn==23.0.0\n",
    "base.txt": "Django>=5 ; python_version >= '3.10'\n",
    "wide.txt": b"\xff\xfe" + "flask==3.1.3\n".encode("utf-16-le"),
}
COMMANDS = {
    "uv sync": ({"flask": "3.1.3", "werkzeug": "3.1.3", "pytest": "9.0.1"}, True),
    "uv sync --no-dev": ({"flask": "3.1.3", "werkzeug": "3.1.3"}, True),
    "uv sync --only-group dev": ({"pytest": "9.0.1"}, True),
    "uv sync --no-dev --extra pg": (
        {"flask": "3.1.3", "werkzeug": "3.1.3", "psycopg": "3.3.4"},
        True,
    ),
    "uv sync $OPTIONS": ({}, False),
    "pip install -r requirements.txt": ({"django": None, "gunicorn": "23.0.0"}, False),
    "pip install -r wide.txt": ({"flask": "3.1.3"}, False),
    "pip install .": ({"flask": None}, False),
    "pip install .[pg]": ({"flask": None, "psycopg": None}, False),
    "pip install flask==3.1.3 uvicorn[standard]": ({"flask": "3.1.3", "uvicorn": None}, False),
    "pip install --group dev": ({"pytest": None}, False),
    "uv pip install --system --group ./pyproject.toml:DEV": ({"pytest": None}, False),
    "pip install --group docs": ({}, False),
    "pip install -r nothing.txt": ({}, False),
}


def container(text: str) -> Container:
    return project({**FILES, "Dockerfile": text}).repository().containers[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_distributions_of_a_command(command: str) -> None:
    made = container(f"FROM python:3.13-slim\nARG OPTIONS\nWORKDIR /app\nCOPY . .\nRUN {command}\n")
    contents = made.dependencies.installations[0].contents
    found = {name: each.version for name, each in contents.distributions.items()}
    assert (found, contents.complete) == COMMANDS[command]


PREFIXES = [
    ("RUN pip install flask", "/usr/local"),
    ("RUN python -m venv /venv && /venv/bin/pip install flask", "/venv"),
    ("RUN python -m venv venv && venv/bin/pip install flask", "/app/venv"),
    ("RUN python -m venv /venv && . /venv/bin/activate && pip install flask", "/venv"),
    ("RUN python -m venv /venv\nENV PATH=/venv/bin:$PATH\nRUN pip install flask", "/venv"),
    ("ENV PATH=/nowhere/bin:$PATH\nRUN pip install flask", "/usr/local"),
    ("RUN pip install --user flask", "/root/.local"),
    ("RUN pip install --target=/lib/app flask", "/lib/app"),
    ("RUN pip wheel -w /wheels flask", "/wheels"),
    ("RUN uv sync", "/app/.venv"),
    ("ENV UV_PROJECT_ENVIRONMENT=/usr/local\nRUN uv sync", "/usr/local"),
    ("RUN cd /srv && uv sync", "/srv/.venv"),
    ("RUN uv pip install --system flask", "/usr/local"),
    ("ENV VIRTUAL_ENV=/venv\nRUN uv venv /venv && uv pip install flask", "/venv"),
    ("RUN poetry config virtualenvs.create false && poetry install", "/usr/local"),
    ("ENV POETRY_VIRTUALENVS_CREATE=false\nRUN poetry install", "/usr/local"),
    ("ENV POETRY_VIRTUALENVS_IN_PROJECT=1\nRUN poetry install", "/app/.venv"),
    ("RUN poetry install", None),
    ("RUN pipenv install --system", "/usr/local"),
    ("RUN conda create -n web flask", "/opt/conda/envs/web"),
    ("ARG PLACE\nRUN pip install --target=$PLACE flask", None),
]


@pytest.mark.parametrize(("steps", "prefix"), PREFIXES)
def test_where_a_command_installs(steps: str, prefix: str | None) -> None:
    made = container(f"FROM python:3.13-slim\nWORKDIR /app\n{steps}\n")
    found = made.dependencies.installations[-1].prefix
    assert (found.value if isinstance(found, Known) else None) == prefix


COPIES = [
    ("RUN uv sync", "COPY --from=build /app/.venv /app/.venv", True),
    ("RUN uv sync", "COPY --from=build /app /app", True),
    ("RUN uv sync", "COPY --from=build /app/static /static", False),
    (
        "RUN pip install flask",
        "COPY --from=build /usr/local/lib/python3.13/site-packages "
        "/usr/local/lib/python3.13/site-packages",
        True,
    ),
    ("RUN pip install flask", "COPY --from=build /usr/local/bin/tool /bin/", False),
    ("RUN pip install --user flask", "COPY --from=build /root/.local /root/.local", True),
    ("RUN pip wheel -w /wheels flask", "COPY --from=build /wheels/*.whl /wheels/", True),
    ("RUN poetry install", "COPY --from=build /app /app", False),
]


@pytest.mark.parametrize(("steps", "copy", "arrives"), COPIES)
def test_what_copies_bring_into_an_image(steps: str, copy: str, arrives: bool) -> None:
    build = f"FROM python:3.13 AS build\nWORKDIR /app\nCOPY . .\n{steps}\n"
    made = container(f"{build}FROM python:3.13-slim\n{copy}\n")
    assert bool(made.dependencies.arrivals) is arrives


def test_a_broken_manifest_is_a_note_when_an_image_is_installed_from_it() -> None:
    files = {
        "Dockerfile": "FROM python:3.13-slim\nCOPY . .\nRUN uv sync\n",
        "pyproject.toml": "[project\n",
        "other/pyproject.toml": "[project\n",
    }
    notes = project(files).check("DEP001").outcome.notes
    assert [(note.code, note.path) for note in notes] == [("broken-file", "pyproject.toml")]
