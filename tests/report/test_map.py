"""`map`: what is shown of a project, where it came from, what stays unknown and what is masked."""

import json
import re
from typing import Any

import pytest

from dockerlint_py.report import map_json, map_tree
from dockerlint_py.report.map_model import map_of
from dockerlint_py.testing import project

FILES = {
    "Dockerfile": """\
FROM python:3.13-slim AS base
WORKDIR /app
FROM base AS web
ENV LOG=info
EXPOSE 8000
USER app
CMD ["gunicorn", "shop.wsgi"]
""",
    "compose.yml": """\
services:
  web:
    build: .
    environment: {LOG: debug, SECRET_KEY: 4ecr3t-4ecr3t-4ecr3t}
    ports: ["127.0.0.1:80:8000"]
    volumes: ["./media:/media:ro", "/app/cache"]
    depends_on: {db: {condition: service_healthy}}
  db:
    image: example.org/db:${TAG:-1}
""",
    "compose.prod.yml": """\
services:
  web:
    env_file: prod.env
    command: gunicorn shop.wsgi -w 2
""",
    "deploy.sh": "docker compose -f compose.yml -f compose.prod.yml up -d\n",
}


def tree(prefix: str = "") -> list[str]:
    lines = map_tree.render(map_of(project(FILES).repository()), prefix).split("\n")
    return [" ".join(line.split()) for line in lines]


def document() -> Any:
    return json.loads(map_json.render(map_of(project(FILES).repository())))


@pytest.mark.parametrize(
    "line",
    [
        "compose.prod.yml (prod: file name compose.prod.yml)",
        "merged from compose.yml, compose.prod.yml",
        "web (compose.yml:2)",
        "image Dockerfile#web (Dockerfile Dockerfile:3)",
        "web from Dockerfile#base (Dockerfile:3)",
        "command gunicorn shop.wsgi -w 2 (Compose compose.prod.yml:4)",
        "user app (Dockerfile Dockerfile:6)",
        "workdir /app (Dockerfile Dockerfile:2)",
        "LOG=debug (environment compose.yml:4)",
        "SECRET_KEY=*** (environment compose.yml:4)",
        "mounts /media a bind of media, read-only (Compose compose.yml:6)",
        "/app/cache an anonymous volume (Compose compose.yml:6)",
        "ports 8000 published at 127.0.0.1:80 (Compose compose.yml:5)",
        "8000 exposed (Dockerfile Dockerfile:5)",
        "waits for db service_healthy (compose.yml:7)",
    ],
)
def test_a_line_of_the_tree(line: str) -> None:
    assert line in tree()


def test_what_is_unknown_says_why() -> None:
    text = "\n".join(tree())
    assert "unknown: prod.env does not exist" in text
    assert "image unknown: TAG is not set; this is its default" in text


def test_paths_are_relative_to_what_reports_are() -> None:
    assert "web (sub/compose.yml:2)" in tree("sub/")


def test_json_has_every_value_with_its_places() -> None:
    found = document()
    assert found["schema"] == 1
    (file_set,) = found["file_sets"]
    assert file_set["files"] == ["compose.yml", "compose.prod.yml"]
    assert file_set["containers"] == ["compose.prod.yml:web", "compose.prod.yml:db"]
    web, db = found["containers"]
    assert web["role"] == "prod"
    assert web["user"]["value"] == "app"
    (place,) = web["user"]["from"]
    assert (place["path"], place["line"]) == ("Dockerfile", 6)
    assert {each["name"]: each["value"] for each in web["mounts"] if "name" in each} == {
        "/media": "a bind of media, read-only",
        "/app/cache": "an anonymous volume",
    }
    assert db["image"]["value"] is None
    assert "TAG" in db["image"]["unknown"]


def test_a_secret_is_in_neither_form() -> None:
    assert "4ecr3t" not in map_json.render(map_of(project(FILES).repository()))
    assert not any("4ecr3t" in line for line in tree())


def test_hostile_names_cannot_act_on_a_terminal_or_a_runner() -> None:
    compose = (
        'services:\n  web:\n    image: "a"\n    user: "\\e[31m##[error]x"\n'
        '    environment: {A: "1", "::error::": "##vso[x]"}\n    ports: ["::1:80:80"]\n'
    )
    found = map_of(project({"::error::x/compose.yml": compose}).repository())
    text = map_tree.render(found)
    assert "\x1b" not in text
    assert "::error::" in text
    for shown in (text, map_json.render(found)):
        assert not re.search(r"^\s*::|##[A-Za-z]*\[", shown, re.MULTILINE)
