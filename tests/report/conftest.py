"""One project that makes every report say all that it can say."""

import pytest

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.engine.suppression import Suppressed
from dockerlint_py.facts import Known
from dockerlint_py.model.finding import Finding, Role, Severity
from dockerlint_py.model.note import Note
from dockerlint_py.testing import project
from dockerlint_py.text import Source

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

HOSTILE = (
    "\x1b[31mred\x07\x9b31m \u202eevil\u2066 ##[error]x ##vso[task.complete]y |`<b>*_[a](http://e.x)"
    " ##teamcity[a] <script> & {0} ]]> @user www.e.x #1 \udc80\uffff"
    "\r\n::error file=a::y\n ::stop-commands::z\r::add-mask::q"
)
HOSTILE_FILES = {
    f"::error file={HOSTILE.replace('//', '/')}/Dockerfile": 'FROM python:3.9\nCMD ["python"]\n',
    "compose.prod.yml": 'services: {"::x ##[y]": {image: "##[z]", env_file: "##vso[x\\n::y"}}\n',
}
"""Files that can be read: hostile are their names, and what stays unknown of them."""


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return project(FILES).check(*CODES).outcome


@pytest.fixture(
    scope="module", params=[HOSTILE, f"::error::{HOSTILE}", f"\n{HOSTILE}", "##[a]", "`"]
)
def hostile(request: pytest.FixtureRequest) -> Outcome:
    """Findings and notes in which every text that can come from an audited file is hostile."""
    text = request.param
    outcome = project(HOSTILE_FILES).check(*CODES).outcome
    at = Source(text, f"{text}\n{text}").place(0, len(text)).says(text)
    related = Source(f"{text}/other", text).place(0, 1).says(text)
    facts = (Known(1, (at, related), says=text), Known(2, (related,), says=f"{text} again"))
    finding = Finding(text, at, facts, key=text)
    problems = [
        Problem(rule, severity, finding, Role.PROD, (text, f"{text}:web"), suppressed)
        for rule in outcome.rules
        for severity in Severity
        for suppressed in (None, Suppressed("inline", text, 1))
    ]
    note = Note("broken-file", text, 1, text)
    return outcome._replace(
        problems=(*outcome.problems, *problems),
        notes=(*outcome.notes, note, note._replace(line=None)),
    )
