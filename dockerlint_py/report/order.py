"""The order of reports that may not show everything."""

from dockerlint_py.engine.run import Outcome, Problem


def worst_first(outcome: Outcome) -> list[Problem]:
    """The open problems by severity, then as everywhere by path and position."""
    return sorted(outcome.open_problems, key=lambda problem: -problem.severity)
