"""`--format junit`: every finding is a test that failed, for the CI systems that show tests."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.report.concise import lines
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.report.summary import audited
from dockerlint_py.text import clean
from dockerlint_py.text.regex import regex

_NOT_XML = regex("[\ufffe\uffff]")
"""Characters that XML 1.0 has no way to write, beside those that `clean` takes away."""


def render(outcome: Outcome, _: ReportOptions = DEFAULT) -> str:
    """One test suite; a run that found nothing is one test that passed."""
    problems = outcome.problems
    failures = len(outcome.open_problems)
    counts = (
        f'tests="{max(len(problems), 1)}" failures="{failures}" errors="0" '
        f'skipped="{len(problems) - failures}"'
    )
    cases = [line for problem in problems for line in _case(problem, outcome)]
    cases = cases or ['    <testcase name="no findings" classname="dockerlint-py"/>']
    remarks = [*lines(outcome, (), outcome.notes), *audited(outcome)]
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<testsuites>",
            f'  <testsuite name="dockerlint-py" {counts}>',
            *cases,
            f"    <system-out>{_text(remarks)}</system-out>",
            "  </testsuite>",
            "</testsuites>\n",
        )
    )


def _case(problem: Problem, outcome: Outcome) -> Iterator[str]:
    at = problem.finding.at
    path = _attribute(outcome.shown(at.path))
    name = _attribute(f"{problem.rule.id} {problem.rule.name} line {at.line}")
    yield f'    <testcase name={name} classname={path} file={path} line="{at.line}">'
    if problem.suppressed is None:
        message = _attribute(problem.finding.message)
        details = _text(_details(problem, outcome))
        yield f'      <failure type="{problem.severity.word}" message={message}>{details}</failure>'
    else:
        yield f'      <skipped message="{problem.suppressed.kind}"/>'
    yield "    </testcase>"


def _details(problem: Problem, outcome: Outcome) -> Iterator[str]:
    yield from lines(outcome, (problem,), ())
    yield from (f"because {clean(clause)}" for clause in problem.finding.chain)
    if problem.containers:
        yield f"for {', '.join(clean(name) for name in problem.containers)} ({problem.role})"


def _text(texts: Iterator[str] | list[str]) -> str:
    return escape(_NOT_XML.sub("\ufffd", "\n".join(texts)))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", clean(text)))
