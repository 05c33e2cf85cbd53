"""Which commands count as throwing the volumes of a deployment away."""

import pytest

from dockerlint_py.model.services.teardowns import throws_volumes_away
from dockerlint_py.testing import project

TASKS = """\
version: "3"
tasks:
  clean:
    - defer: docker compose -f {{.FILE}} down --volumes --rmi local
    - docker compose -f {{.FILE}} up -d db
    - docker compose -f {{.FILE}} run web pytest
"""
FOREGROUND = TASKS.replace("up -d db", "up")
BY_ANOTHER = TASKS.replace("up -d db", "up -d\n    - task: logs")
NOT_AT_THE_END = TASKS.replace("- defer: docker", "- docker")
STARTS_NOTHING = TASKS.replace("up -d db", "pull db")
LONG = """\
version: "3"
tasks:
  build: docker compose build
  clean:
    deps: [build]
    cmds:
      - cmd: docker compose up --detach
      - task: build
      - defer: docker compose down -v
"""


def removes(path: str, text: str) -> bool:
    return throws_volumes_away(project({"Dockerfile": "FROM scratch\n", path: text}).repository())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy.sh", "docker compose down -v\n"),
        ("deploy.sh", "docker-compose -f compose.prod.yml down --remove-orphans --volumes\n"),
        ("Makefile", "deploy:\n\tdocker volume rm shop_static\n"),
        (".github/workflows/x.yml", "- run: docker volume prune -af\n"),
        ("deploy.py", 'run(["docker", "compose", "down", "-v"])\n'),
        ("ansible/site.yml", "- docker_compose_v2:\n    state: absent\n    remove_volumes: true\n"),
        ("README.md", "Before a new version is deployed, run `docker compose down -v`.\n"),
        ("Taskfile.yml", FOREGROUND),
        ("Taskfile.yml", BY_ANOTHER),
        ("Taskfile.yml", NOT_AT_THE_END),
        ("Taskfile.yml", STARTS_NOTHING),
        ("Taskfile.yml", TASKS + "  deploy: docker compose down -v && docker compose up -d\n"),
        ("Taskfile.yml", TASKS + "  broken: [\n"),
        ("deploy.yml", TASKS),
    ],
)
def test_what_throws_volumes_away(path: str, text: str) -> None:
    assert removes(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy.sh", "docker compose down\n"),
        ("deploy.sh", "# docker compose down -v\n"),
        ("deploy.sh", "docker system prune -af --volumes\n"),
        ("Taskfile.yml", TASKS),
        ("Taskfile.shared.yml", LONG),
    ],
)
def test_what_leaves_them(path: str, text: str) -> None:
    assert not removes(path, text)
