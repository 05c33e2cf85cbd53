"""`--format gitlab`: a Code Quality report, https://docs.gitlab.com/ci/testing/code_quality/."""

from typing import Any

from dockerlint_py.engine.identity import fingerprints
from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.model.finding import Severity
from dockerlint_py.report.encode import to_json
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.text import clean

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(outcome: Outcome, _: ReportOptions = DEFAULT) -> str:
    """The open findings; GitLab has no place for notes, and compares fingerprints only."""
    prints = fingerprints(outcome.problems)
    return to_json(
        [
            _issue(problem, fingerprint, outcome)
            for problem, fingerprint in zip(outcome.problems, prints, strict=True)
            if problem.suppressed is None
        ]
    )


def _issue(problem: Problem, fingerprint: str, outcome: Outcome) -> dict[str, Any]:
    at = problem.finding.at
    return {
        # The widget of a merge request shows the description alone.
        "description": f"{problem.rule.id} {problem.rule.name}: {clean(problem.finding.message)}",
        "check_name": problem.rule.id,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[problem.severity],
        "location": {
            "path": outcome.shown(at.path),
            "lines": {"begin": at.start.line, "end": at.end.line},
        },
    }
