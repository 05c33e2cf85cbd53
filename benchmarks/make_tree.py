"""Writes a project of the size of a large Django shop: many files, a git index, Compose.

Its Python says the same things over and over, under other names: 200,000 lines of code that serves,
three times as many of tests.
"""

import argparse
import subprocess
from pathlib import Path

APPS = 60
MODULES, TESTS = 20, 50
"""Files of an app, and of its tests."""
PARTS = 6
"""How many times a file has the same code, each time under other names."""

DOCKERFILE = """\
FROM python:3.12 AS build
RUN apt-get -y update && apt-get install -y gettext && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY pyproject.toml ./
RUN pip install --no-cache-dir .

FROM python:3.12-slim
RUN groupadd -r shop && useradd -r -g shop shop
COPY --from=build /usr/local/lib/python3.12/site-packages/ /usr/local/lib/python3.12/site-packages/
COPY . /app
WORKDIR /app
EXPOSE 8000
ENV PYTHONUNBUFFERED=1
CMD ["uvicorn", "shop.asgi:application", "--host=0.0.0.0", "--port=8000", "--workers=2"]
"""
COMPOSE = (
    "services:\n  api:\n    build: ..\n    command: sleep infinity\n  db:\n    image: postgres:15\n"
)
SETTINGS = """\
import os

SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = os.environ.get("DEBUG", "") == "1"
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
ROOT_URLCONF = "shop.urls"
"""
ASGI = """\
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
application = get_asgi_application()
"""
HEAD = """\
import logging
from dataclasses import dataclass, field

from {before} import Order0 as Earlier

logger = logging.getLogger(__name__)

"""
PART = '''
@dataclass
class Order{part}:
    """An order, and what it comes to."""

    number: int
    lines: list[tuple[str, int, int]] = field(default_factory=list)
    earlier: "Earlier | None" = None

    def total(self, discount: float = 0.0) -> float:
        total = sum(price * count for _, price, count in self.lines)
        if discount and total > 100:
            total -= total * discount
        logger.debug("order %s comes to %s", self.number, total)
        return round(total, 2)


def orders_of_{part}(rows: list[dict[str, int]]) -> dict[int, Order{part}]:
    found: dict[int, Order{part}] = {{}}
    for row in rows:
        number = row.get("number", {part})
        order = found.setdefault(number, Order{part}(number))
        order.lines.append((f"article {{row['article']}}", row["price"], row["count"]))
    return found
'''
TEST = """
def test_total_{part}() -> None:
    order = {{"number": {part}, "article": 1, "price": 100, "count": 2}}
    found = orders_of_{part}([order, {{**order, "article": 2}}])
    assert len(found) == 1
    assert found[{part}].total() == 400.0
    assert found[{part}].total(discount=0.5) == 200.0
    assert [line[0] for line in found[{part}].lines] == ["article 1", "article 2"]

"""
WORKFLOW = "jobs:\n  image:\n    steps:\n      - run: docker build -t shop .\n"


def main() -> None:
    """Writes the tree into the folder named on the command line, and commits nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="made if need be; must be empty")
    make_tree(parser.parse_args().folder)


def make_tree(root: Path) -> None:
    """Writes the tree into an empty folder; needs git."""
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()):
        raise SystemExit(f"{root} is not empty")
    for path, text in files().items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)


def files() -> dict[str, str]:
    """About 4,300 files by path."""
    found = {
        "Dockerfile": DOCKERFILE,
        "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
        ".dockerignore": ".*\n**/*.pyc\nmedia\nnode_modules\n",
        ".gitignore": "*.pyc\n.env\n/media/\nnode_modules/\n",
        ".devcontainer/docker-compose.yml": COMPOSE,
        ".github/workflows/image.yml": WORKFLOW,
        "shop/settings.py": SETTINGS,
        "shop/asgi.py": ASGI,
        "shop/urls.py": "from shop.app59.module19 import Order0\n\nurlpatterns = []\n",
    }
    before = "shop.base"
    found["shop/base.py"] = code("shop.nothing")
    for app in range(APPS):
        for module in range(MODULES):
            found[f"shop/app{app}/module{module}.py"] = code(before)
            before = f"shop.app{app}.module{module}"
        for test in range(TESTS):
            found[f"shop/app{app}/tests/test_module{test}.py"] = tests(f"shop.app{app}.module0")
        found[f"shop/app{app}/migrations/0001_initial.py"] = "operations = []\n"
    return found


def code(before: str) -> str:
    """A module that imports another one."""
    return HEAD.format(before=before) + "".join(PART.format(part=part) for part in range(PARTS))


def tests(module: str) -> str:
    """A module of tests."""
    names = "".join(f"from {module} import orders_of_{part}\n" for part in range(PARTS))
    return names + 4 * "".join(TEST.format(part=part) for part in range(PARTS))


if __name__ == "__main__":
    main()
