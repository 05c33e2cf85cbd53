"""One project that makes every report say all that it can say."""

import pytest

from dockerlint_py.engine.run import Outcome
from dockerlint_py.testing import project

FILES = {
    "Dockerfile": (
        "FROM python:3.9-slim AS base\n"
        "RUN apt-get update && \\\n"
        "    apt-get install -y curl\n"
        "FROM base\n"
        "# dockerlint: ignore[NET003] a test of the suppression\n"
        "EXPOSE 70000\n"
        "# dockerlint: ignore[SRV017] nothing to see here\n"
        "COPY . .\n"
        "CMD gunicorn shop.wsgi\n"
    ),
    "shop/wsgi.py": "application = None\n",
    "broken.Dockerfile": "FROM a\nRNU b\n",
    "compose.prod.yml": "services: {web: {build: .}, worker: {build: ., command: celery worker}}\n",
}
CODES = ("IMG001", "IMG005", "NET003", "CTX001", "PYR002", "SRV017")

HOSTILE = "\x1b[31mred\x07 \u202eevil ##[error]x\r::error::y"
HOSTILE_FILES = {
    f"::error file={HOSTILE}/Dockerfile": (
        f'FROM {HOSTILE}\nENV API_TOKEN="{HOSTILE}"\nEXPOSE 0x{HOSTILE}\n'
    ),
    f"{HOSTILE}.dockerfile": (
        f"FROM python:2.7 AS {HOSTILE}\nCOPY {HOSTILE} .\nCMD gunicorn {HOSTILE}\n"
    ),
}


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return project(FILES).check(*CODES).outcome


@pytest.fixture(scope="module")
def hostile() -> Outcome:
    return project(HOSTILE_FILES).check().outcome
