"""`checklist --format text`: the steps of every container, for people."""

from collections.abc import Iterable, Iterator

from dockerlint_py.report.checklist import Checklist, Step
from dockerlint_py.text import clean

SIGNS = {"done": "[x]", "missing": "[ ]", "not applicable": "[-]", "unknown": "[?]"}
LEGEND = "[x] done  [ ] missing  [-] not applicable  [?] unknown"


def render(lists: Iterable[Checklist], prefix: str = "") -> str:
    """The lists as text; `prefix` stands before every path."""
    lines = [line for each in lists for line in (*_checklist(each, prefix), "")]
    return "".join(f"{line}\n" for line in (*lines, LEGEND))


def _checklist(checklist: Checklist, prefix: str) -> Iterator[str]:
    container = checklist.container
    name = clean(prefix + container.id)
    if checklist.framework is None:
        yield f"{SIGNS[checklist.state]} {name}: {clean(checklist.why)}"
        return
    yield f"{name} ({container.role}: {clean(container.evidence)}): {checklist.framework}"
    for step in checklist.steps:
        yield from _step(step, prefix)


def _step(step: Step, prefix: str) -> Iterator[str]:
    verdict = step.verdict
    yield f"  {SIGNS[verdict.state]} {step.item.title} ({', '.join(step.item.rules)})"
    yield f"      {clean(verdict.why)}"
    for place in verdict.lines:
        yield f"      --> {clean(prefix + place.path)}:{place.line}"
