"""The classes of files that an image should not hold."""

import pytest

from dockerlint_py.context.classes import LARGE, FileClass, classify

CASES = {
    FileClass.ENVIRONMENT: [".env", "src/.env.prod", "prod.env", ".envrc", ".envs/.local/.django"],
    FileClass.SECRET: [
        "server.key", "certs/server.pem", "id_rsa", "credentials.json", "service-account-x.json",
        "service_account.json", "secrets.toml", "secret.yml", ".netrc", ".pypirc",
    ],
    FileClass.VERSION_CONTROL: [".git/HEAD", "sub/.git/config", ".hg/store"],
    FileClass.PYTHON_CACHE: ["a/__pycache__/b.pyc", "b.pyo", ".mypy_cache/x", ".pytest_cache/x"],
    FileClass.VIRTUAL_ENVIRONMENT: [".venv/bin/python", "venv/lib/x.py", ".venv/cacert.pem"],
    FileClass.NODE_MODULES: ["node_modules/a/tests/x.js"],
    FileClass.TESTS: ["tests/a.py", "app/test_a.py", "a_test.py",
        "tests/management/commands/a.py", "conftest.py", "tests/key.pem"],
    FileClass.DATABASE: ["db.sqlite3", "x.sqlite", "a.db", "dump.sql", "prod-backup.sql.gz"],
    FileClass.EDITOR: [".idea/x.xml", ".vscode/settings.json", ".a.swp", ".DS_Store"],
    FileClass.DOCS: ["docs/index.md"],
    FileClass.NOTEBOOK: ["a.ipynb", "docs/a.ipynb"],
    FileClass.COVERAGE: [".coverage", ".coverage.host.1", "htmlcov/index.html", "coverage.xml"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "expected"), [(path, kind) for kind, paths in CASES.items() for path in paths]
)
def test_classes(path: str, expected: FileClass) -> None:
    assert classify(path) is expected


@pytest.mark.parametrize(
    "path",
    [
        ".env.example",
        "example.env",
        "sample.env",
        ".env.sample",
        ".env.dist",
        ".env.template",
        ".env.j2",
        "secrets.example.yml",
        "environment.py",
        "env/settings.py",
        "app/env.py",
        "keys.py",
        "monkey.py",
        "public/testing.py",
        "contest.py",
        "migrations/0001_dump.py",
        "schema.sql",
        "photo.png",
        "README.md",
        "src/dockerfile.py",
        "shop/management/commands/test_email.py",
        "templates/docs/orders.html",
    ],
)
def test_ordinary_files(path: str) -> None:
    assert classify(path) is None


def test_media_is_judged_by_size() -> None:
    assert classify("photo.png", LARGE) is FileClass.MEDIA
    assert classify("photo.png", LARGE - 1) is None
    assert classify("src/big.py", LARGE) is None
