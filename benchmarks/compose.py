"""Compares one run over 200 Compose files with a run of compose-lint over the same files.

The files are made by this script, the same ones every time: a web application with workers, a
database, a queue and a proxy each, whose services share their settings through an anchor. The two
programs run in turn, and the medians of the paired ratios are printed. See README.md.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from timing import find, measure, report, version_of

FILES = 200
SEED = 20261124

APP = """\
x-app: &app
  image: registry.example.org/{name}/app:{tag}
  restart: unless-stopped
  environment: &environment
    DATABASE_URL: postgres://{name}:${{POSTGRES_PASSWORD:?}}@db:5432/{name}
    REDIS_URL: redis://queue:6379/0
    LOG_LEVEL: ${{LOG_LEVEL:-info}}
  networks: [backend]
  depends_on:
    db:
      condition: service_healthy
    queue:
      condition: service_started
"""
SERVICE = """\
  {service}:
    <<: *app
    command: {command}
    environment:
      <<: *environment
      WORKER_NAME: {service}
    labels:
      com.example.service: {service}
      com.example.team: "{team}"
    healthcheck:
      test: ["CMD", "python", "-m", "health", "{service}"]
      interval: 30s
      timeout: 5s
      retries: 3
    deploy:
      replicas: {replicas}
      resources:
        limits:
          cpus: "{cpus}"
          memory: {memory}M
"""
STORES = """\
  db:
    image: postgres:17
    environment:
      POSTGRES_USER: {name}
      POSTGRES_PASSWORD: ${{POSTGRES_PASSWORD:?}}
    volumes:
      - data:/var/lib/postgresql/data
    networks: [backend]
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U {name}"]
  queue:
    image: redis:8
    command: ["redis-server", "--appendonly", "yes"]
    volumes:
      - queue:/data
    networks: [backend]
  proxy:
    image: nginx:1.28
    ports:
      - "{port}:80"
      - "127.0.0.1:{debug}:8080"
    volumes:
      - ./nginx.conf:/etc/nginx/conf.d/default.conf:ro
    networks: [backend, edge]
    depends_on: [web]
networks:
  backend:
  edge:
volumes:
  data:
  queue:
"""
COMMANDS = {
    "web": "gunicorn shop.wsgi --bind 0.0.0.0:8000 --workers 3",
    "worker": "celery -A shop worker --concurrency 4",
    "beat": "celery -A shop beat",
    "mail": "celery -A shop worker --queues mail",
    "search": "python -m shop.index --follow",
    "reports": "celery -A shop worker --queues reports",
}


def main() -> int:
    """Prints the medians; 1 when a limit is given and the ratio of CPU times is above it."""
    options = parse_arguments()
    ours, theirs = find(options.dockerlint), find(options.compose_lint)
    for command in (ours, theirs):
        print(f"{command}: {version_of(command)}")
    with tempfile.TemporaryDirectory() as folder:
        files = list(write_files(Path(folder)))
        lines = sum(path.read_text("utf-8").count("\n") for path in files)
        print(f"{len(files)} Compose files, {lines} lines; {options.runs} paired runs\n")
        pairs = measure(
            [ours, "check", "--isolated", folder],
            [theirs, "check", "--allow-partial-coverage", *map(str, files)],
            options.runs,
        )
    return int(report(("dockerlint-py", "compose-lint"), pairs) > options.limit)


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dockerlint", default="dockerlint-py", help="our console script")
    parser.add_argument("--compose-lint", default="compose-lint", help="theirs (from PyPI)")
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each program")
    parser.add_argument("--limit", type=float, default=0.5, help="the largest allowed ratio")
    return parser.parse_args()


def write_files(folder: Path) -> Iterator[Path]:
    """Writes the Compose files, one project each; the same ones every time."""
    chance = random.Random(SEED)
    for number in range(FILES):
        path = folder / f"shop{number:03}" / "compose.yml"
        path.parent.mkdir()
        path.write_text(compose_file(f"shop{number}", number, chance), "utf-8")
        yield path


def compose_file(name: str, number: int, chance: random.Random) -> str:
    """One Compose file."""
    others = [service for service in COMMANDS if service != "web"]
    services = ["web", *chance.sample(others, chance.randint(1, len(others)))]
    return "".join(
        (
            APP.format(name=name, tag=f"1.{number}"),
            "services:\n",
            *(service_of(service, chance) for service in services),
            STORES.format(name=name, port=8000 + number, debug=18000 + number),
        )
    )


def service_of(name: str, chance: random.Random) -> str:
    """One service of the application."""
    return SERVICE.format(
        service=name,
        command=COMMANDS[name],
        team=chance.choice(("shop", "search", "platform")),
        replicas=chance.randint(1, 4),
        cpus=chance.choice(("0.5", "1", "2")),
        memory=chance.choice((256, 512, 1024)),
    )


if __name__ == "__main__":
    sys.exit(main())
