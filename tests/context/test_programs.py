"""Commands of the project that are given outside of images and Compose files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.context import FileSpec, Scope, Snapshot
from dockerlint_py.context.programs import CommandOrigin, ProgramCommand, find_programs
from dockerlint_py.text import Source

SCRIPT, PIPELINE, PLATFORM, DOCUMENTATION = CommandOrigin
KUBERNETES = """\
apiVersion: batch/v1
kind: Job
spec:
  template:
    spec:
      containers:
        - name: migrate
          command:
            - python
            - manage.py
          args:
            - migrate
            - --noinput
"""
HELM = 'command: {{ .Values.python }} ["python", "manage.py", "migrate"]\n'


def programs(path: str, text: str) -> tuple[ProgramCommand, ...]:
    files: dict[str, str | bytes | FileSpec] = {path: text}
    return find_programs(Scope(Snapshot.of(files)))


@pytest.mark.parametrize(
    ("path", "text", "origin"),
    [
        ("deploy.sh", "docker compose run --rm web python manage.py migrate\n", SCRIPT),
        ("deploy.sh", "ssh host 'cd app && python manage.py migrate && true'\n", SCRIPT),
        ("Makefile", "migrate:\n\t@docker compose exec web ./manage.py migrate\n", SCRIPT),
        ("Taskfile.yml", "m:\n  cmds:\n    - python manage.py migrate\n", SCRIPT),
        ("bin/release", "#!/bin/sh\npython manage.py migrate\n", SCRIPT),
        ("pyproject.toml", 'm = "python manage.py migrate"\n', SCRIPT),
        (".github/workflows/x.yml", "- run: python -m django migrate\n", PIPELINE),
        (".gitlab-ci.yml", "deploy:\n  script:\n    - python manage.py migrate\n", PIPELINE),
        ("Procfile", "release: python manage.py migrate\n", PLATFORM),
        ("fly.toml", "release_command = 'python manage.py migrate'\n", PLATFORM),
        ("render.yaml", "preDeployCommand: python manage.py migrate\n", PLATFORM),
        ("app.json", '{"scripts": {"postdeploy": "python manage.py migrate"}}\n', PLATFORM),
        ("heroku.yml", "release:\n  command:\n    - python manage.py migrate\n", PLATFORM),
        ("k8s/job.yaml", KUBERNETES, PLATFORM),
        ("chart/templates/job.yaml", HELM, PLATFORM),
        ("README.md", "Then run `python manage.py migrate`.\n", DOCUMENTATION),
    ],
)  # fmt: skip
def test_where_commands_are_found(path: str, text: str, origin: CommandOrigin) -> None:
    (found,) = programs(path, text)
    assert (found.arguments[0], found.origin) == ("migrate", origin)
    assert found.place.path == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy.sh", "# python manage.py migrate\n"),
        ("k8s/job.yaml", "# command: python manage.py migrate\n"),
        ("shop/views.py", "'python manage.py migrate'\n"),
        ("deploy.sh", "pip install django alembic-utils\n"),
    ],
)
def test_what_is_no_command(path: str, text: str) -> None:
    assert programs(path, text) == ()


def test_arguments_end_with_the_command() -> None:
    (first, second) = programs(
        "run.sh", "python manage.py check && alembic -c a.ini upgrade head\n"
    )
    assert first.arguments == ("check",)
    assert second.arguments == ("-c", "a.ini", "upgrade", "head")


@given(st.text("manage.py django-m alembic\n\"'#[]:`|&", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for path in ("a.sh", "a.yaml", "README.md", "Makefile"):
        for found in programs(path, text):
            assert found.place.source.text == Source(path, text).text
