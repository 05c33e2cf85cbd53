"""`--format markdown`: a table for a job summary or a comment on a pull request."""

from collections.abc import Iterator

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.project import rule_url
from dockerlint_py.report.markup import code, escape
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.report.order import worst_first
from dockerlint_py.report.summary import audited, found, plural, summarise

MAX_BYTES = 900_000
"""GitHub takes 1 MiB a step, and refuses the whole summary beyond."""
HEADER = "| severity | rule | place | what |\n|---|---|---|---|\n"


def render(outcome: Outcome, _: ReportOptions = DEFAULT) -> str:
    """The findings, the worst first, as many as fit; then notes and what was audited."""
    head = f"## dockerlint-py: {found(summarise(outcome))}\n\n"
    tail = "".join(_tail(outcome))
    tail = tail if _size(tail) < MAX_BYTES // 2 else ""
    problems = worst_first(outcome)
    rows = list(_fitting((_row(p, outcome) for p in problems), MAX_BYTES - _size(head + tail)))
    table = "".join((HEADER, *rows, "\n")) if rows else ""
    left = len(problems) - len(rows)
    more = f"{plural(left, 'more finding')} did not fit in here.\n\n" if left else ""
    return head + table + more + tail


def _size(text: str) -> int:
    return len(text.encode())


def _fitting(rows: Iterator[str], room: int) -> Iterator[str]:
    for row in rows:
        room -= _size(row)
        if room < 0:
            return
        yield row


def _row(problem: Problem, outcome: Outcome) -> str:
    finding, rule = problem.finding, problem.rule
    place = f"{outcome.shown(finding.at.path)}:{finding.at.line}"
    what = escape(finding.message)
    if finding.chain:
        what += f"<br>because {'; '.join(escape(clause) for clause in finding.chain)}"
    if problem.containers:
        what += f"<br>for {', '.join(map(code, problem.containers))} ({problem.role})"
    link = f"[{rule.id}]({rule_url(rule.id)}) {rule.name}"
    return f"| {problem.severity.word} | {link} | {code(place)} | {what} |\n"


def _tail(outcome: Outcome) -> Iterator[str]:
    for note in outcome.notes:
        path = outcome.shown(note.path)
        where = code(path if note.line is None else f"{path}:{note.line}")
        yield f"- note: {where}: {escape(note.message)} ({note.code})\n"
    if outcome.notes:
        yield "\n"
    yield from (f"{escape(line)}\n" for line in audited(outcome))
