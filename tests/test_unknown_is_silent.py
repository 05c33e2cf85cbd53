"""Making a fact unknown can only remove or lower findings: over all rules, all fixtures."""

from pathlib import Path

import pytest

from dockerlint_py.facts import Blur
from dockerlint_py.model.finding import Severity
from dockerlint_py.testing import Case, find_cases

CASES = find_cases(Path(__file__).parents[1] / "fixtures")

Findings = dict[tuple[str, str, int, int, str], Severity]


def findings(case: Case, blur: Blur) -> Findings:
    checked = case.project.check(options=case.options, blur=blur)
    assert checked.outcome.trusted, checked.outcome.notes
    return {
        (p.rule.id, p.finding.at.path, *p.finding.at.span, p.finding.key): p.severity
        for p in checked.problems
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.name}")
def test_hiding_any_layer_only_removes_or_lowers(case: Case) -> None:
    everything = Blur()
    known = findings(case, everything)
    assert everything.seen, "the model asked for no layer"
    for layer in everything.seen:
        for identity, severity in findings(case, Blur(frozenset({layer}))).items():
            assert identity in known, f"hiding {layer} makes {identity}"
            assert severity <= known[identity], f"hiding {layer} raises {identity}"
