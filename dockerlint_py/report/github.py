"""`--format github`: workflow commands that become annotations, and a plain list for the log.

Documented at https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands.
"""

from collections.abc import Iterator

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.model.finding import Severity
from dockerlint_py.report.concise import lines
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.report.order import worst_first
from dockerlint_py.report.summary import found, plural, summarise
from dockerlint_py.text import clean

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
MAX_PER_COMMAND = 10
"""The runner drops what a step reports beyond this, without a word (`_maxCountPerIssueType`)."""
MAX_MESSAGE = 4000
"""In characters; the runner cuts at 4096."""


def render(outcome: Outcome, _: ReportOptions = DEFAULT) -> str:
    """The worst findings as commands, then every finding and note as one line of a group."""
    problems = worst_first(outcome)
    shown = _annotated(problems)
    commands = [_command(problem, outcome) for problem in shown]
    if len(shown) < len(problems):
        more = plural(len(problems) - len(shown), "more finding")
        commands.append(f"::notice title=dockerlint-py::{more}: see the log of this step")
    summary = found(summarise(outcome))
    listed = lines(outcome, outcome.open_problems, outcome.notes)
    return "".join(
        f"{line}\n" for line in (*commands, f"::group::{summary}", *listed, "::endgroup::")
    )


def _annotated(problems: list[Problem]) -> list[Problem]:
    """Those that the runner shows; when there are others, one notice is kept for saying so."""
    shown = _first_of_each(problems, notices=MAX_PER_COMMAND)
    if len(shown) < len(problems):
        shown = _first_of_each(problems, notices=MAX_PER_COMMAND - 1)
    return shown


def _first_of_each(problems: list[Problem], notices: int) -> list[Problem]:
    left = dict.fromkeys(COMMANDS, MAX_PER_COMMAND) | {Severity.INFO: notices}
    shown = []
    for problem in problems:
        if left[problem.severity]:
            left[problem.severity] -= 1
            shown.append(problem)
    return shown


def _command(problem: Problem, outcome: Outcome) -> str:
    finding = problem.finding
    properties = ",".join(f"{key}={_property(str(v))}" for key, v in _properties(problem, outcome))
    message = clean(finding.message)
    if finding.chain:
        message += f"\nbecause {'; '.join(clean(clause) for clause in finding.chain)}"
    if len(message) > MAX_MESSAGE:
        message = f"{message[:MAX_MESSAGE]}..."
    return f"::{COMMANDS[problem.severity]} {properties}::{_data(message)}"


def _properties(problem: Problem, outcome: Outcome) -> Iterator[tuple[str, str | int]]:
    at = problem.finding.at
    start, end = at.start, at.end
    yield "file", clean(outcome.shown(at.path))
    yield "line", start.line
    yield "endLine", end.line
    if start.line == end.line:  # the runner takes columns of one line only
        yield "col", start.column
        yield "endColumn", end.column
    yield "title", f"{problem.rule.id} {problem.rule.name}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
