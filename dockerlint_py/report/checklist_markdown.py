"""`checklist --format markdown`: a table for every container."""

from collections.abc import Iterable, Iterator

from dockerlint_py.project import rule_url
from dockerlint_py.report.checklist import Checklist, Step
from dockerlint_py.report.markup import code, escape

HEADER = "| state | step | rules | evidence |\n|---|---|---|---|"


def render(lists: Iterable[Checklist], prefix: str = "") -> str:
    """The lists as Markdown; `prefix` stands before every path."""
    return "\n\n".join("\n".join(_checklist(each, prefix)) for each in lists) + "\n"


def _checklist(checklist: Checklist, prefix: str) -> Iterator[str]:
    container = checklist.container
    yield f"## {code(prefix + container.id)}"
    yield ""
    if checklist.framework is None:
        yield f"{checklist.state}: {escape(checklist.why)}"
        return
    yield f"{checklist.framework}, {container.role}: {escape(container.evidence)}"
    yield ""
    yield HEADER
    yield from (_row(step, prefix) for step in checklist.steps)


def _row(step: Step, prefix: str) -> str:
    rules = " ".join(f"[{rule}]({rule_url(rule)})" for rule in step.item.rules)
    places = (f"<br>{code(f'{prefix}{at.path}:{at.line}')}" for at in step.verdict.lines)
    evidence = escape(step.verdict.why) + "".join(places)
    return f"| {step.verdict.state} | {step.item.title} | {rules} | {evidence} |"
