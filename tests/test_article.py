"""The article's example, in the same shape and our own words: its Compose findings, and no others.

The three applications of the example are Django, FastAPI and Flask; every line that Compose rules
have something to say about is marked with `# expect:`.
"""

from pathlib import Path

import pytest

from dockerlint_py.testing import Project, project
from dockerlint_py.testing.case import Expected, take_out_expectations

FOLDER = Path(__file__).parents[1] / "fixtures" / "projects" / "article"

RULES = (
    *("CMP", "MIG006", "MIG009", "MIG010", "CFG010", "CFG012", "NET003", "NET015"),
    *("SRV014", "STG007", "CTX004"),
)
"""The families and rules that read Compose files so far."""


def example() -> tuple[Project, list[Expected]]:
    expected: list[Expected] = []
    files = {}
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            name = path.relative_to(FOLDER).as_posix()
            files[name] = take_out_expectations(name, path.read_text("utf-8"), expected)
    scripts = ["library/manage.py", "weather/scripts/wait_for_it.sh"]
    return project(files, executable=scripts), expected


EXAMPLE, EXPECTED = example()


@pytest.fixture(scope="module")
def found() -> set[Expected]:
    return {
        Expected(p.finding.at.path, p.finding.at.line, p.rule.id, p.severity.word)
        for p in EXAMPLE.check(*RULES).problems
    }


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda e: f"{e.path}:{e.line}-{e.rule}")
def test_a_finding_of_the_example(expected: Expected, found: set[Expected]) -> None:
    at = {each for each in found if each[:3] == expected[:3]}
    assert at
    assert expected.severity in (None, *(each.severity for each in at))


def test_nothing_else_is_found_in_it(found: set[Expected]) -> None:
    places = {each[:3] for each in EXPECTED}
    assert [each for each in sorted(found) if each[:3] not in places] == []
