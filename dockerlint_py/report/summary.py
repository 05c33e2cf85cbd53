"""The counts at the end of every report."""

from typing import NamedTuple

from dockerlint_py.engine.run import Outcome
from dockerlint_py.model.finding import Severity


class Summary(NamedTuple):
    """How many findings of each severity are open, how many are hidden and why, how many files."""

    error: int
    warning: int
    info: int
    suppressed: int
    baselined: int
    files: int


def summarise(outcome: Outcome) -> Summary:
    """Counts an outcome."""
    severities = [problem.severity for problem in outcome.open_problems]
    kinds = [p.suppressed.kind for p in outcome.problems if p.suppressed is not None]
    return Summary(
        error=severities.count(Severity.ERROR),
        warning=severities.count(Severity.WARNING),
        info=severities.count(Severity.INFO),
        suppressed=kinds.count("inline"),
        baselined=kinds.count("baseline"),
        files=len(outcome.repository.files_read),
    )
