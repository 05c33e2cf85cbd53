"""The findings of the HTML report container by container, each with what was understood of it."""

from collections.abc import Iterator, Sequence

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.report.html_finding import (
    finding_card,
    rule_link,
    severity,
    shown_place,
)
from dockerlint_py.report.html_markup import Html, lines, tag
from dockerlint_py.report.map_model import ContainerMap, RepositoryMap, Section, Value


def containers_of(found: RepositoryMap) -> list[ContainerMap]:
    """The containers in the order of the report."""
    return [c for each in found.file_sets for c in each.containers] + list(found.images)


class Findings:
    """The findings to show; each in full at its first container, as a link at the others."""

    __slots__ = ("_anchors", "_outcome", "_problems")

    def __init__(self, outcome: Outcome, problems: Sequence[Problem]) -> None:
        self._outcome = outcome
        self._problems = problems
        self._anchors = {id(problem): f"f{n}" for n, problem in enumerate(problems, 1)}

    def about(self, container: str) -> list[Problem]:
        """Those that concern a container, the worst first."""
        return _worst_first(p for p in self._problems if container in p.containers)

    def without_container(self) -> list[Problem]:
        """Those about files that no container is known to use."""
        return _worst_first(p for p in self._problems if not p.containers)

    def section(self, container: ContainerMap, anchor: str) -> Html:
        """A container: what it is, what was found, what was understood."""
        problems = self.about(container.id)
        return tag(
            "section",
            lines(
                tag("h3", container.id, " ", role_pill(container.role)),
                tag("p", f"taken for {container.role}: {container.evidence}", class_="evidence"),
                *(self._shown(problem, container.id) for problem in problems),
                tag("p", "No findings.", class_="none") if not problems else Html(),
                _understood(container, self._outcome),
            ),
            id=anchor,
            class_="container",
        )

    def loose_section(self) -> Html:
        """Findings without a container; nothing when there is none."""
        problems = self.without_container()
        if not problems:
            return Html()
        cards = (self._shown(problem, "") for problem in problems)
        heading = tag("h3", "Files that no container is known to use")
        return tag("section", lines(heading, *cards), class_="container")

    def _shown(self, problem: Problem, container: str) -> Html:
        anchor = self._anchors[id(problem)]
        if not problem.containers or problem.containers[0] == container:
            return finding_card(problem, self._outcome, anchor)
        place = shown_place(problem.finding.at, self._outcome)
        link = tag("a", f"see {problem.containers[0]}", href=f"#{anchor}")
        return tag(
            "p", severity(problem), " ", rule_link(problem), " at ", tag("code", place), ": ", link
        )


def role_pill(role: str) -> Html:
    """The role as a small word."""
    return tag("span", role, class_="badge role")


def _worst_first(problems: Iterator[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: -problem.severity)


def _understood(container: ContainerMap, outcome: Outcome) -> Html:
    rows = [
        tag("tr", tag("th", section.name if n == 0 else "", scope="row"), *cells)
        for section in container.sections
        for n, cells in enumerate(_cells(section, outcome))
    ]
    summary = tag("summary", "What was understood")
    return tag("details", summary, tag("div", tag("table", lines(*rows)), class_="wide"))


def _cells(section: Section, outcome: Outcome) -> Iterator[tuple[Html, Html]]:
    for entry in section.entries:
        name = f"{entry.name} " if entry.name else ""
        places = ", ".join(
            f"{outcome.shown(place.path)}:{place.line}" for place in entry.value.places
        )
        origin = " ".join(part for part in (entry.value.layer, places) if part)
        yield tag("td", name, _value(entry.value)), tag("td", origin, class_="origin")


def _value(value: Value) -> Html:
    text = tag("code", value.text) if value.text is not None else Html()
    if value.unknown is None:
        return text
    unknown = tag("span", f"unknown: {value.unknown}", class_="unknown")
    return Html(f"{text} {unknown}")
