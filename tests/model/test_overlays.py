"""What later Compose files leave standing of earlier ones."""

import pytest

from dockerlint_py.facts import Blur, LayerId
from dockerlint_py.model.file_set import FileSet
from dockerlint_py.testing import project

BASE = """\
services:
  web:
    build: .
    ports: ["8000:8000", "5678:5678"]
    volumes: [".:/app"]
"""


def merged(over: str, name: str = "compose.prod.yml", blur: Blur | None = None) -> FileSet:
    files = {
        "compose.yml": BASE,
        name: over,
        "run.sh": f"docker compose -f compose.yml -f {name} up\n",
        "Dockerfile": "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n",
        "wsgi.py": "",
    }
    (file_set,) = project(files).repository(blur).file_sets
    return file_set


def survivors(over: str, name: str = "compose.prod.yml", blur: Blur | None = None) -> list[str]:
    (container,) = merged(over, name, blur).containers
    return [survivor.kept.value.strip('"') for survivor in container.survivors]


@pytest.mark.parametrize(
    ("over", "kept"),
    [
        ("ports: ['127.0.0.1:8000:8000']", ["8000:8000", "5678:5678"]),
        ("ports: ['80:8000', '81:8000']", ["8000:8000", "8000:8000", "5678:5678"]),
        ("ports: ['8000:8000']", ["5678:5678"]),
        ("ports: !override ['80:8000']", []),
        ("volumes: ['media:/media']", [".:/app"]),
        ("volumes: ['media:/app']", []),
        ("volumes: ['/app/.venv']", [".:/app"]),
        ("user: app", []),
    ],
)
def test_what_stays_in_production(over: str, kept: list[str]) -> None:
    assert survivors(f"services:\n  web:\n    {over}\nvolumes: {{media: {{}}}}\n") == kept


def test_debuggers_and_source_mounts_are_wanted_in_development() -> None:
    over = "services:\n  web:\n    ports: ['80:8000']\n    volumes: ['/app/.venv']\n"
    assert survivors(over, "compose.dev.yml") == ["8000:8000"]


def test_hidden_ports_leave_nothing_beside() -> None:
    blur = Blur(frozenset({LayerId("compose.prod.yml:web", "ports", 0)}))
    over = "services:\n  web:\n    ports: ['80:8000']\n"
    assert survivors(over, blur=blur) == []


def test_an_ineffective_override_names_what_stays() -> None:
    (override,) = merged("services:\n  web:\n    ports: []\n").ineffective_overrides
    assert (override.written, override.path, override.place.line) == ("[]", "web.ports", 3)
    assert override.kept.says == "compose.yml:4 sets web.ports"
