"""Making a fact unknown can only remove or lower findings: over all rules, all fixtures."""

from pathlib import Path
from typing import NamedTuple

import pytest

from dockerlint_py.facts import Blur
from dockerlint_py.model.finding import Severity
from dockerlint_py.testing import Case, find_cases

CASES = find_cases(Path(__file__).parents[1] / "fixtures")

Identity = tuple[str, str, int, int, str]


class Found(NamedTuple):
    """What an audit finds. `absences` holds the worst severity of a rule for a container."""

    findings: dict[Identity, Severity]
    absences: dict[tuple[str, str, str], Severity]
    at_containers: dict[Identity, tuple[str, ...]]


def findings(case: Case, blur: Blur) -> Found:
    checked = case.project.check(options=case.options, blur=blur)
    assert checked.outcome.trusted, checked.outcome.notes
    places = {tuple(c.place[:2]) for c in checked.outcome.repository.containers}
    found = Found({}, {}, {})
    for p in checked.problems:
        at = p.finding.at
        identity = (p.rule.id, at.path, *at.span, p.finding.key)
        found.findings[identity] = p.severity
        for container in p.containers:
            key = (p.rule.id, container, p.finding.key)
            found.absences[key] = max(p.severity, found.absences.get(key, p.severity))
        if tuple(at[:2]) in places:
            found.at_containers[identity] = p.containers
    return found


def allowed(known: Found, blurred: Found, identity: Identity) -> Severity | None:
    """How bad a finding may be when something is hidden; None when it may not be there.

    What all containers of an image lack is reported at the image; when nothing is known of one of
    them any more, it is reported at each of the others.
    """
    if identity in known.findings:
        return known.findings[identity]
    rule, key = identity[0], identity[-1]
    containers = blurred.at_containers.get(identity, ())
    before = [known.absences.get((rule, container, key)) for container in containers]
    severities = [severity for severity in before if severity is not None]
    return min(severities, default=None) if len(severities) == len(before) else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.name}")
def test_hiding_any_layer_only_removes_or_lowers(case: Case) -> None:
    everything = Blur()
    known = findings(case, everything)
    assert everything.seen, "the model asked for no layer"
    for layer in everything.seen:
        blurred = findings(case, Blur(frozenset({layer})))
        for identity, severity in blurred.findings.items():
            limit = allowed(known, blurred, identity)
            assert limit is not None, f"hiding {layer} makes {identity}"
            assert severity <= limit, f"hiding {layer} raises {identity}"
