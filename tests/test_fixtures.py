"""Every fixture folder: what it expects is found, and nothing else by its rule."""

from pathlib import Path

import pytest

from dockerlint_py.testing import Case, find_cases

ROOT = Path(__file__).parents[1]
CASES = find_cases(ROOT / "fixtures")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.name}")
def test_fixture(case: Case) -> None:
    assert case.mismatches() == []
    assert case.is_bad == bool(case.expected), "bad cases expect something, good ones nothing"


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.fires_if], ids=lambda case: f"{case.rule}-{case.name}"
)
def test_a_good_fixture_is_silent_for_its_reason(case: Case) -> None:
    assert not case.is_bad
    assert case.vacuous() == []
