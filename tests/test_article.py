"""The article's example in the same shape and our own words: what is found in it, and no more.

The three applications are Django, FastAPI and Flask. Every line that a rule has something to say
about is marked with `# expect:`; what rules that are still to come will find is marked as well, and
counts as soon as they are there. `MUTATIONS` are mistakes that the example does not make.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.mark import ParameterSet

from dockerlint_py.engine.config import DEFAULT_PACKS
from dockerlint_py.engine.packs import load_catalogue
from dockerlint_py.testing import Project, project
from dockerlint_py.testing.case import Expected, take_out_expectations

FOLDER = Path(__file__).parents[1] / "fixtures" / "projects" / "article"
PENDING: dict[tuple[str, str], str] = {}
"""What is marked, or a mutation, and is not found yet, and why."""
EXECUTABLE = ("library/manage.py", "weather/utils/scripts/wait_for_it.sh")
RULES = tuple(info.id for info in load_catalogue(DEFAULT_PACKS).rules if info.profile == "default")


def example() -> tuple[dict[str, str | bytes], list[Expected]]:
    expected: list[Expected] = []
    files: dict[str, str | bytes] = {}
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            name = path.relative_to(FOLDER).as_posix()
            files[name] = take_out_expectations(name, path.read_text("utf-8"), expected)
    return files, [each for each in expected if each.rule in RULES]


FILES, EXPECTED = example()


def found_in(example: Project) -> set[Expected]:
    return {
        Expected(p.finding.at.path, p.finding.at.line, p.rule.id, p.severity.word)
        for p in example.check(*RULES).problems
    }


@pytest.fixture(scope="module")
def found() -> set[Expected]:
    return found_in(project(FILES, executable=EXECUTABLE))


def marks(path: str, rule: str) -> list[pytest.MarkDecorator]:
    reason = PENDING.get((path, rule))
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []


def marked() -> Iterator[ParameterSet]:
    for each in EXPECTED:
        name = f"{each.path}:{each.line}-{each.rule}"
        yield pytest.param(each, id=name, marks=marks(each.path, each.rule))


@pytest.mark.parametrize("expected", list(marked()))
def test_a_finding_of_the_example(expected: Expected, found: set[Expected]) -> None:
    at = {each for each in found if each[:3] == expected[:3]}
    assert at
    assert expected.severity in (None, *(each.severity for each in at))


def test_nothing_else_is_found_in_it(found: set[Expected]) -> None:
    places = {each[:3] for each in EXPECTED}
    assert [each for each in sorted(found) if each[:3] not in places] == []


GOLDEN = {
    "library": (
        *("CFG002", "CFG004", "CFG009", "CFG012", "CFG014", "CRS001", "CRS002", "CTX002", "DEP003"),
        *("DEP005", "IMG001", "IMG002", "IMG005", "MIG006", "MIG009", "NET007", "NET008", "NET015"),
        *("PYR001", "SRV014", "STC005"),
    ),
    "weather": (
        *("CFG002", "CFG009", "CFG012", "CFG015", "CRS001", "CTX002", "DEP003", "IMG001", "IMG002"),
        *("IMG005", "MIG006", "MIG009", "NET015", "PYR001", "SRV005", "SRV014"),
    ),
    "notes": (
        *("CTX001", "DEP002", "DEP017", "IMG001", "IMG002", "IMG005", "NET003", "PKG002"),
        *("SRV007", "SRV014"),
    ),
}
"""What has to be found in each of them, whoever changes the marks."""
SILENT = {
    "library": (
        *("CFG001", "CFG005", "CRS004", "DEP006", "DEP013", "NET001", "NET002", "NET004", "NET006"),
        *("ASY004", "PKG005", "SRV001", "SRV002", "SRV003", "SRV004"),
        *("STC001", "STC002", "STC003", "STC004", "STC009"),
    ),
    "weather": ("ASY001", "ASY002", "ASY003", "PKG002", "PKG004", "PKG005", "SRV003"),
    "notes": ("DEP001", "DEP016", "SRV001", "STG008"),
}
"""What looks like a mistake there and is none."""


@pytest.mark.parametrize("folder", list(GOLDEN))
def test_the_marks_are_complete(folder: str) -> None:
    marked = {each.rule for each in EXPECTED if each.path.startswith(f"{folder}/")}
    assert set(GOLDEN[folder]) <= marked


@pytest.mark.parametrize("folder", list(SILENT))
def test_what_is_no_mistake_is_not_told(folder: str, found: set[Expected]) -> None:
    assert set(SILENT[folder]) <= set(RULES)
    told = {each.rule for each in found if each.path.startswith(f"{folder}/")}
    assert not told.intersection(SILENT[folder])


class Mutation(NamedTuple):
    """A mistake: what is written in a file instead, and where which rule finds it."""

    rule: str
    path: str
    old: str
    new: str
    at: str = ""


PROD = "library/docker-compose.prod.yml"
SITE = "weather/docker-compose.prod.yml"
MIGRATE = "command: python manage.py migrate"
MUTATIONS = (
    Mutation("ASY003", "weather/utils/database.py", "postgresql+asyncpg", "postgresql"),
    Mutation("CFG001", PROD, "    dockerfile: Dockerfile\n",
             "    dockerfile: Dockerfile\n  environment: {DJANGO_DEBUG: 'true'}\n",
             PROD),
    Mutation("CTX005", "library/.dockerignore", ".git", "**/migrations"),
    Mutation("DEP001", "notes/Dockerfile", " -c constraints.txt", "", "notes/requirements.txt"),
    Mutation("MIG001", "library/.gitignore", "", "migrations/\n"),
    Mutation("MIG002", SITE, "-c src/alembic.ini", "-c alembic.ini"),
    Mutation("MIG003", PROD, MIGRATE, "command: python manage.py migrate --check"),
    Mutation("MIG004", PROD, MIGRATE, "command: python manage.py makemigrations"),
    Mutation("MIG005", PROD, "command: gunicorn src.core.wsgi -b 0.0.0.0:8000 --workers 2",
             "scale: 2\n    command: sh -c 'python manage.py migrate && gunicorn src.core.wsgi'"),
    Mutation("MIG007", PROD, MIGRATE, "command: python manage.py flush --noinput"),
    Mutation("MIG011", "library/src/core/settings.py",
             "}\nCACHES", '}\nDATABASES["default"]["ENGINE"] = "django.db.backends.sqlite3"\n'
             'DATABASES["default"]["NAME"] = BASE_DIR / "db.sqlite3"\nCACHES'),
    Mutation("NET001", SITE, " -b 0.0.0.0:8000", ""),
    Mutation("NET006", "library/nginx.conf", "server site:8000", "server site:9000"),
    Mutation("PKG004", "weather/Dockerfile", "COPY utils utils\n", ""),
    Mutation("PKG005", "weather/Dockerfile", "3.10.5-slim-buster", "3.10-alpine"),
    Mutation("SRV001", PROD, "gunicorn src.core.wsgi -b 0.0.0.0:8000 --workers 2",
             "python manage.py runserver 0.0.0.0:8000"),
    Mutation("SRV002", SITE, " -k uvicorn.workers.UvicornWorker", ""),
    Mutation("SRV003", SITE, "src.core.main:app ", "src.core.main:application "),
    Mutation("STC001", "library/src/core/settings.py", 'STATIC_ROOT = "/static"\n', ""),
)  # fmt: skip


@pytest.mark.parametrize(
    "mutation",
    [
        pytest.param(each, id=each.rule, marks=marks("mutation", each.rule))
        for each in MUTATIONS
        if each.rule in RULES
    ],
)
def test_a_mistake_that_the_example_does_not_make(mutation: Mutation, found: set[Expected]) -> None:
    text = str(FILES.get(mutation.path, ""))
    assert mutation.old in text
    files = {**FILES, mutation.path: text.replace(mutation.old, mutation.new)}
    new = found_in(project(files, executable=EXECUTABLE)) - found
    rules = {each.rule for each in new}
    assert mutation.rule in rules
    if mutation.at:
        assert mutation.at in {each.path for each in new if each.rule == mutation.rule}
