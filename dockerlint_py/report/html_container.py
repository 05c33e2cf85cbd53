"""The findings of the HTML report container by container, each with what was understood of it."""

from collections.abc import Iterable, Iterator, Sequence

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.record import NamedTuple
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


class Shown(NamedTuple):
    """A finding on the page: the id of its card, and the container at which the card stands.

    `home` is empty when no container of the page is concerned.
    """

    problem: Problem
    anchor: str
    home: str


class Findings:
    """The findings of the page; each in full at its first container, as a link at the others."""

    __slots__ = ("_outcome", "_shown")

    def __init__(
        self, outcome: Outcome, problems: Sequence[Problem], containers: Iterable[ContainerMap]
    ) -> None:
        known = {container.id for container in containers}
        self._outcome = outcome
        self._shown = [
            Shown(problem, f"f{n}", next((c for c in problem.containers if c in known), ""))
            for n, problem in enumerate(problems, 1)
        ]
        self._shown.sort(key=lambda shown: -shown.problem.severity)

    def about(self, container: ContainerMap) -> list[Problem]:
        """Those that concern a container, the worst first."""
        return [shown.problem for shown in self._shown if container.id in shown.problem.containers]

    def section(self, container: ContainerMap, anchor: str) -> Html:
        """A container: what it is, what was found, what was understood."""
        entries = [
            self._card(shown) if shown.home == container.id else self._link(shown)
            for shown in self._shown
            if container.id in shown.problem.containers
        ]
        return tag(
            "section",
            lines(
                tag("h3", container.id, " ", tag("span", container.role, class_="badge role")),
                tag("p", f"taken for {container.role}: {container.evidence}", class_="evidence"),
                *(entries or [tag("p", "No findings.", class_="none")]),
                _understood(container, self._outcome),
            ),
            id=anchor,
            class_="container",
        )

    def loose_section(self) -> Html:
        """Findings about files that no container is known to use; nothing when there is none."""
        cards = [self._card(shown) for shown in self._shown if not shown.home]
        if not cards:
            return Html()
        heading = tag("h3", "Files that no container is known to use")
        return tag("section", lines(heading, *cards), class_="container")

    def _card(self, shown: Shown) -> Html:
        return finding_card(shown.problem, self._outcome, shown.anchor)

    def _link(self, shown: Shown) -> Html:
        problem = shown.problem
        place = tag("code", shown_place(problem.finding.at, self._outcome))
        link = tag("a", f"see {shown.home}", href=f"#{shown.anchor}")
        return tag("p", severity(problem), " ", rule_link(problem), " at ", place, ": ", link)


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
