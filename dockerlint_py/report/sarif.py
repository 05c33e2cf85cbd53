"""`--format sarif`: SARIF 2.1.0, as GitHub's code scanning and GitLab read it.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/ and
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.
"""

from typing import Any

from dockerlint_py import __version__
from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.project import URL
from dockerlint_py.report.encode import to_json
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.report.sarif_result import ROOT, Results, physical_location
from dockerlint_py.report.sarif_rules import rule_descriptor
from dockerlint_py.text import clean

MAX_RESULTS = 5000
"""GitHub keeps no more of a run, and refuses a file with five times as many."""


def render(outcome: Outcome, options: ReportOptions = DEFAULT) -> str:
    """One run with the open findings, and with the suppressed ones where they are wanted."""
    problems, left_out = _reported(outcome, options)
    results = Results(outcome, marks_suppressions=options.sarif_suppressed)
    run: dict[str, Any] = {
        "tool": {"driver": _driver(outcome)},
        "columnKind": "unicodeCodePoints",
        # Without an address: it would differ between machines, and tell whose they are.
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the audited project."}}},
        "invocations": [_invocation(outcome, left_out)],
        "results": [results.of(problem) for problem in problems],
    }
    if options.sarif_category is not None:
        run["automationDetails"] = {"id": f"{options.sarif_category}/"}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return to_json({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _reported(outcome: Outcome, options: ReportOptions) -> tuple[list[Problem], int]:
    """The problems to report, in the order of all reports, and how many there was no room for."""
    wanted = outcome.problems if options.sarif_suppressed else outcome.open_problems
    ranks = [(p.suppressed is not None, -p.severity, number) for number, p in enumerate(wanted)]
    kept = sorted(number for *_, number in sorted(ranks)[:MAX_RESULTS])
    return [wanted[number] for number in kept], len(wanted) - len(kept)


def _driver(outcome: Outcome) -> dict[str, Any]:
    return {
        "name": "dockerlint-py",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": URL,
        "rules": [rule_descriptor(info, outcome.configured) for info in outcome.rules],
    }


def _invocation(outcome: Outcome, left_out: int) -> dict[str, Any]:
    notifications: list[dict[str, Any]] = []
    if left_out:
        text = f"{left_out} findings are left out: GitHub takes no more than {MAX_RESULTS}."
        notifications.append({"level": "warning", "message": {"text": text}})
    for note in outcome.notes:
        region = {} if note.line is None else {"region": {"startLine": note.line}}
        location = physical_location(outcome.shown(note.path), region)
        notifications.append(
            {
                "level": "error" if note.code == "crash" else "warning",
                "message": {"text": f"{clean(note.message)} ({note.code})."},
                **({"locations": [location]} if note.path else {}),
            }
        )
    return {
        "executionSuccessful": outcome.trusted,
        "toolExecutionNotifications": notifications,
    }
