"""`checklist --format json`: the steps of every container, for programs; schema version 1."""

from collections.abc import Iterable
from typing import Any

from dockerlint_py import __version__
from dockerlint_py.report.checklist import Checklist, Step
from dockerlint_py.report.encode import location, to_json

SCHEMA = 1


def render(lists: Iterable[Checklist], prefix: str = "") -> str:
    """The lists as JSON; `prefix` stands before every path."""
    document = {
        "schema": SCHEMA,
        "tool": {"name": "dockerlint-py", "version": __version__},
        "root": ".",
        "containers": [_checklist(each, prefix) for each in lists],
    }
    return to_json(document)


def _checklist(checklist: Checklist, prefix: str) -> dict[str, Any]:
    container = checklist.container
    return {
        "id": prefix + container.id,
        "role": container.role,
        "framework": checklist.framework,
        "state": checklist.state or None,
        "why": checklist.why,
        "steps": [_step(step, prefix) for step in checklist.steps],
    }


def _step(step: Step, prefix: str) -> dict[str, Any]:
    verdict = step.verdict
    return {
        "step": step.item.key,
        "title": step.item.title,
        "rules": list(step.item.rules),
        "state": verdict.state,
        "why": verdict.why,
        "evidence": [location(place, prefix + place.path) for place in verdict.lines],
    }
