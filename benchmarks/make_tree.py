"""Writes a project of the size of a large Django shop: many small files, a git index, Compose.

The files say next to nothing: what is measured is how long it takes to look at them.
"""

import argparse
import subprocess
from pathlib import Path

APPS = 60
MODULES = 36
"""Files in each of the two folders of an app: its modules and its tests."""

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
WORKFLOW = "jobs:\n  image:\n    steps:\n      - run: docker build -t shop .\n"


def main() -> None:
    """Writes the tree into the folder named on the command line, and commits nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="made if need be; must be empty")
    root = parser.parse_args().folder
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
    """About 4,500 files by path."""
    found = {
        "Dockerfile": DOCKERFILE,
        "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
        ".dockerignore": ".*\n**/*.pyc\nmedia\nnode_modules\n",
        ".gitignore": "*.pyc\n.env\n/media/\nnode_modules/\n",
        ".devcontainer/docker-compose.yml": COMPOSE,
        ".github/workflows/image.yml": WORKFLOW,
    }
    for app in range(APPS):
        for module in range(MODULES):
            found[f"shop/app{app}/part{module % 4}/module{module}.py"] = "VALUE = 1\n"
            found[f"shop/app{app}/tests/test_module{module}.py"] = "def test(): pass\n"
        found[f"shop/app{app}/migrations/0001_initial.py"] = "operations = []\n"
    return found


if __name__ == "__main__":
    main()
