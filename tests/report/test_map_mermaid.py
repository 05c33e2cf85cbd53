"""`map --format mermaid`: what is drawn, that words stay words, that it stays small."""

import re
from pathlib import Path

import pytest

from dockerlint_py.report import map_mermaid
from dockerlint_py.report.map_model import map_of
from dockerlint_py.testing import project

GOLDEN = Path(__file__).parents[1] / "golden" / "report" / "map.mmd"
FILES = {
    "Dockerfile": (
        "FROM python:3.13-slim AS base\nFROM base AS web\nUSER app\n"
        'CMD ["gunicorn", "shop.wsgi", "-b", "0.0.0.0:8000"]\n'
    ),
    "tool/Dockerfile": 'FROM python:3.13-slim\nCMD ["python", "tool.py"]\n',
    "compose.prod.yml": """\
services:
  web:
    build: .
    ports: ["127.0.0.1:80:8000", "443:8443"]
    volumes: ["media:/media", "./conf:/conf"]
    command: gunicorn shop.wsgi -b 0.0.0.0:8000 -w 2
    depends_on: {db: {condition: service_healthy}, job: {condition: service_started}}
  db:
    image: example.org/db:${TAG:-1}
    volumes: ["media:/backup"]
  job: {build: ., command: python manage.py migrate}
volumes: {media: {}}
""",
}
NODE = re.compile(r' *(?:subgraph )?[a-z]+[0-9]+(?:\[|\[\(|\(\()"([^"]*)"(?:\]|\)\]|\)\))')
ARROW = re.compile(r'  n[0-9]+ (?:-->|-\.->|---|-\.-)\|"([^"]*)"\| n[0-9]+')


def chart(files: dict[str, str], prefix: str = "") -> str:
    return map_mermaid.render(map_of(project(files).repository()), prefix)


def labels(text: str) -> list[str]:
    """The labels of a chart; fails for a line that is none of ours."""
    first, *lines = text.splitlines()
    assert first == "flowchart LR"
    found = []
    for line in lines:
        if line != "  end":
            match = NODE.fullmatch(line) or ARROW.fullmatch(line)
            assert match, line
            found.append(match[1])
    return found


def test_the_chart_is_what_it_was() -> None:
    assert chart(FILES) == GOLDEN.read_text(encoding="utf-8")


def test_paths_are_relative_to_what_reports_are() -> None:
    assert '["sub/compose.prod.yml<br/>' in chart(FILES, "sub/")


HOSTILE = [
    '"]; click n0 href "javascript:alert(1)"',
    "<img src=x onerror=alert(1)>",
    "`**bold**`",
    "%%{init: {'theme': 'dark'}}%%",
    "$$x^2$$",
    "1. one",
    "- two",
    "=====",
    "http://example.org www.example.org a@b.c",
    "a\u202eb\x1b[31m",
    "#quot;#59;",
    "_a_ *b*",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_files_stay_words(text: str) -> None:
    quoted = text.replace('"', '\\"').replace("\x1b", "\\e").replace("$", "$$")
    files = {
        f"{text.replace('/', '')}/Dockerfile": "FROM a\n",
        "compose.yml": f'services:\n  web:\n    image: a\n    user: "{quoted}"\n',
    }
    for label in labels(chart(files)):
        for line in label.split("<br/>"):
            assert re.fullmatch(r"(?:[\w .,/:()=+?-]|#[0-9]+;)*", line), line
            assert not re.search(r"://|www\.|^[-+=0-9]|\b_\w|\w_\b", line), line


def test_a_chart_stays_as_small_as_mermaid_wants_it() -> None:
    services = "".join(
        f"  s{n}:\n    image: a\n    user: '{'%' * 90}'\n"
        f"    ports: [{', '.join(str(port) for port in range(1000, 1020))}]\n"
        f"    volumes: [{', '.join(f'v{v}:/v{v}' for v in range(20))}]\n"
        for n in range(90)
    )
    names = "".join(f"  v{v}: {{}}\n" for v in range(20))
    text = chart({"compose.yml": f"services:\n{services}volumes:\n{names}"})
    found = labels(text)
    assert len(text) <= map_mermaid.TEXT_LIMIT
    assert len(ARROW.findall(text)) <= map_mermaid.ARROW_LIMIT
    (left_out,) = (label for label in found if "not drawn" in label)
    drawn = sum(re.match(r"s[0-9]+<br/>", label) is not None for label in found)
    assert left_out == f"not drawn: {90 - drawn} more containers"
    assert drawn > 5
