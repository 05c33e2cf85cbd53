"""What a file changes of the project that it includes."""

import pytest

from tests.compose.projects import loaded
from tests.compose.render import render

BASE = """\
services:
  db:
    image: postgres:18
    environment: {A: "1", B: "1"}
    ports: ["5432:5432"]
    volumes: ["data:/var/lib/postgresql"]
volumes: {data: {labels: {a: b}}}
"""


@pytest.mark.parametrize(
    "over",
    [
        "services: {db: {shm_size: 256mb}}\n",
        'services: {db: {environment: ["B=2", "C=3"], ports: ["5433:5432"], image: postgres:17}}\n',
        "services: {db: {ports: !reset null}}\nvolumes: {data: {driver: local}}\n",
        "services:\n  db:\n    environment: !override\n      - Z=1\n",
        'services: {db: {volumes: ["other:/backup"]}}\nvolumes: {other: {}}\n',
    ],
)
def test_a_file_changes_what_it_includes_as_an_overlay_does(over: str) -> None:
    including = loaded({"compose.yml": f"include: [inc.yml]\n{over}", "inc.yml": BASE})
    overlay = loaded({"inc.yml": BASE, "compose.yml": over}, "inc.yml", "compose.yml")
    assert not including.problems
    assert render(including, "/a") == render(overlay, "/a")


def test_an_included_project_is_not_changed_by_the_next_one() -> None:
    made = loaded(
        {
            "compose.yml": "include: [one.yml, two.yml]\n",
            "one.yml": "services: {a: {image: one}}\n",
            "two.yml": "services: {a: {image: two, tty: true}}\n",
        }
    )
    rendered = render(made, "/a")
    assert "'image': 'one'" in repr(rendered)
    assert "'tty': True" in repr(rendered)
