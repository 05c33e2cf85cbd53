"""`--format json`: schema version 1 of the documented contract."""

from typing import Any

from dockerlint_py import __version__
from dockerlint_py.engine.identity import fingerprints
from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.report.encode import location, to_json
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.report.summary import summarise

SCHEMA = 1


def render(outcome: Outcome, _: ReportOptions = DEFAULT) -> str:
    """The whole outcome as JSON text, suppressed findings included and marked."""
    prints = fingerprints(outcome.problems)
    document = {
        "schema": SCHEMA,
        "tool": {"name": "dockerlint-py", "version": __version__},
        "root": ".",
        "findings": [
            _finding(problem, fingerprint, outcome)
            for problem, fingerprint in zip(outcome.problems, prints, strict=True)
        ],
        "notes": [{**note._asdict(), "path": outcome.shown(note.path)} for note in outcome.notes],
        "containers": [
            {"id": c.id, "role": c.role, "evidence": c.evidence, "image": c.image}
            for c in outcome.repository.containers
        ],
        "summary": summarise(outcome)._asdict(),
    }
    return to_json(document)


def _finding(problem: Problem, fingerprint: str, outcome: Outcome) -> dict[str, Any]:
    finding = problem.finding
    return {
        "rule": problem.rule.id,
        "name": problem.rule.name,
        "severity": problem.severity.word,
        "confidence": finding.confidence.word,
        "message": finding.message,
        "because": list(finding.chain),
        "role": problem.role,
        "containers": list(problem.containers),
        "location": location(finding.at, outcome.shown(finding.at.path)),
        "related": [
            {**location(place, outcome.shown(place.path)), "message": place.note}
            for place in finding.related
        ],
        "fix": None,
        "fingerprint": fingerprint,
        "suppressed": problem.suppressed._asdict() if problem.suppressed else None,
    }
