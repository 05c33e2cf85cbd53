"""What a set of files is for, and why."""

import pytest

from dockerlint_py.compose import Plan, load_file_set
from dockerlint_py.facts import Known, Unknown
from tests.compose.projects import reader

PLAIN = "services:\n  web:\n    image: x\n"


def role(files: dict[str, str], *names: str) -> tuple[str | None, str]:
    plan = Plan(names or (next(iter(files)),), "alone")
    made = load_file_set(plan, reader(files))
    assert made is not None
    if isinstance(made.role, Known):
        return made.role.value, made.role.says
    assert isinstance(made.role, Unknown)
    return None, made.role.why


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("compose.prod.yml", "prod"),
        ("docker-compose-production.yml", "prod"),
        ("compose.staging.yml", "prod"),
        ("compose.deploy.yml", "prod"),
        ("local.yml", "dev"),
        ("docker-compose.dev.yml", "dev"),
        ("compose.override.yml", "dev"),
        ("compose.e2e.yml", "test"),
        ("docker-compose.search-testing.yml", "test"),
        ("docker-compose.override.unittests.yml", "test"),
        ("tests/compose.yml", "test"),
        (".devcontainer/docker-compose.yml", "dev"),
        ("deploy/production/compose.yml", "prod"),
        ("tests/compose.prod.yml", "test"),
        ("compose.yml", None),
        ("reproduction.compose.yml", None),
        ("compose.dev.prod.yml", None),
    ],
)
def test_names(path: str, expected: str | None) -> None:
    assert role({path: PLAIN})[0] == expected


def test_the_most_specific_file_speaks_for_the_set() -> None:
    files = {"compose.yml": PLAIN, "compose.prod.yml": PLAIN, "compose.dev.yml": PLAIN}
    assert role(files, "compose.yml", "compose.prod.yml")[0] == "prod"
    assert role(files, "compose.dev.yml", "compose.yml")[0] == "dev"


def test_a_header_comment() -> None:
    assert role({"compose.yml": "# Not for production use.\n" + PLAIN}) == (
        "dev",
        "header comment `not for production`",
    )


def test_a_header_says_first_what_the_file_is_not_for() -> None:
    header = "# To deploy in a production environment.\n# Not intended for production use.\n"
    assert role({"compose.yml": header + PLAIN})[0] == "dev"
    assert role({"compose.yml": header.splitlines()[0] + "\n" + PLAIN})[0] == "prod"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("command: python manage.py runserver", "dev"),
        ("command: [uvicorn, app, --reload]", "dev"),
        ("build: .\n    volumes: ['.:/app']", "dev"),
        ("build: .\n    volumes: ['.:/app:ro']", None),
        ("build: .\n    volumes: ['./static:/app/static']", None),
        ("environment: {DEBUG: 'true'}", "dev"),
        ("environment: {DEBUG: '${DEBUG:-true}'}", "dev"),
        ("tty: true", None),
        ("restart: always", None),
        ("restart: always\n    command: gunicorn app", "prod"),
        ("restart: always\n    environment: {DEBUG: 'false'}", "prod"),
        ("restart: always\n    environment: {DEBUG: 'true'}", None),
        ("build: {context: ., target: dev}", "dev"),
        ("develop: {watch: []}", "dev"),
    ],
)
def test_contents(keys: str, expected: str | None) -> None:
    text = f"services:\n  web:\n    image: app\n    {keys}\n"
    assert role({"compose.yml": text})[0] == expected


def test_the_evidence_has_places() -> None:
    text = "services:\n  web:\n    image: x\n    command: flask run\n"
    made = load_file_set(Plan(("compose.yml",), "alone"), reader({"compose.yml": text}))
    assert made is not None
    assert isinstance(made.role, Known)
    assert [place.text for place in made.role.places] == ["flask run"]
