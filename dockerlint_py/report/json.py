"""`--format json`: schema version 1 of the documented contract."""

import json
from typing import Any

from dockerlint_py import __version__
from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.report.identity import fingerprints
from dockerlint_py.report.summary import summarise
from dockerlint_py.text import Place

SCHEMA = 1


def render(outcome: Outcome) -> str:
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
    text = json.dumps(document, indent=2)
    # The same string to a JSON reader, but no command to a CI runner that sees it in a log.
    return text.replace("##[", r"##\u005b").replace("##vso[", r"##vso\u005b") + "\n"


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
        "location": _location(finding.at, outcome),
        "related": [
            {**_location(place, outcome), "message": place.note} for place in finding.related
        ],
        "fix": None,
        "fingerprint": fingerprint,
        "suppressed": problem.suppressed._asdict() if problem.suppressed else None,
    }


def _location(place: Place, outcome: Outcome) -> dict[str, Any]:
    start, end = place.start, place.end
    return {
        "path": outcome.shown(place.path),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }
