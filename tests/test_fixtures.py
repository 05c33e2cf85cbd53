"""Every fixture folder: what it expects is found, and nothing else by its rule."""

from pathlib import Path

import pytest

from dockerlint_py.testing import Case, find_cases

ROOT = Path(__file__).parents[1]
CASES = find_cases(ROOT / "fixtures")
PROVEN = ("CFG", "CRS", "CTX", "DEP", "IMG", "STG")
NOT_YET = frozenset(
    "CFG010 CFG013 CFG016 CRS005 CRS006 DEP007 DEP010 DEP016 DEP018 DEP020 IMG003 STG009".split()
)


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


def test_good_fixtures_of_some_families_all_prove_their_reason() -> None:
    """Families that were held to the clauses of their rules, and stay so."""
    unproven = [
        f"{case.rule}/{case.name}"
        for case in CASES
        if case.rule[:3] in PROVEN and case.rule not in NOT_YET
        if not case.is_bad and not case.fires_if
    ]
    assert unproven == []
