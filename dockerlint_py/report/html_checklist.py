"""The deployment lists in the HTML report: the same steps as `checklist` shows."""

from collections.abc import Iterator, Sequence

from dockerlint_py.engine.run import Outcome
from dockerlint_py.project import rule_url
from dockerlint_py.report.checklist import Checklist, Step, checklists_of
from dockerlint_py.report.checklist_subject import DONE, MISSING, NOT_APPLICABLE, UNKNOWN
from dockerlint_py.report.html_markup import Html, lines, prose, tag
from dockerlint_py.report.summary import plural

STATES = (MISSING, UNKNOWN, DONE, NOT_APPLICABLE)
"""In the order in which a reader wants to know how many there are."""
NOT_ALL_RULES = (
    "A step stays unknown where rules that judge it did not run; "
    "`dockerlint-py checklist` runs all of them."
)


def checklist_section(outcome: Outcome) -> Html:
    """The lists of all containers, and why the others have none; nothing without containers."""
    lists = checklists_of(outcome)
    if not lists:
        return Html()
    run = {info.id for info in outcome.rules}
    judges = {rule for each in lists for step in each.steps for rule in step.item.rules}
    return lines(
        tag("h2", "Checklist"),
        Html() if judges <= run else tag("p", prose(NOT_ALL_RULES), class_="evidence"),
        *(_steps(each, outcome) for each in lists if each.framework is not None),
        _others([each for each in lists if each.framework is None]),
    )


def _steps(checklist: Checklist, outcome: Outcome) -> Html:
    framework = checklist.framework or ""
    states = [step.verdict.state for step in checklist.steps]
    counts = [f"{states.count(state)} {state}" for state in STATES if state in states]
    items = tag("ul", lines(*(_step(step, outcome) for step in checklist.steps)), class_="steps")
    return tag(
        "section",
        lines(
            tag("h3", checklist.container.id, " ", tag("span", framework, class_="badge role")),
            tag("details", lines(tag("summary", ", ".join(counts)), items)),
        ),
    )


def _step(step: Step, outcome: Outcome) -> Html:
    verdict = step.verdict
    state = tag("span", verdict.state, class_=f"badge {verdict.state.replace(' ', '-')}")
    rules = Html(" ".join(tag("a", r, href=rule_url(r), rel="noreferrer") for r in step.item.rules))
    places = dict.fromkeys(f"{outcome.shown(at.path)}:{at.line}" for at in verdict.places)
    return tag(
        "li",
        lines(
            tag("p", state, " ", tag("strong", step.item.title), " ", tag("span", rules)),
            tag("p", prose(verdict.why), *_listed(places), class_="evidence"),
        ),
    )


def _listed(places: dict[str, None]) -> Iterator[str]:
    for number, place in enumerate(places):
        yield ", " if number else ": "
        yield tag("code", place)


def _others(lists: Sequence[Checklist]) -> Html:
    if not lists:
        return Html()
    items = (
        tag("li", tag("code", each.container.id), f" ({each.state}): ", prose(each.why))
        for each in lists
    )
    summary = tag("summary", f"{plural(len(lists), 'container')} without a list")
    return tag("details", lines(summary, tag("ul", lines(*items))))
