"""One finding in the HTML report: message, places with excerpts, the chain that proves it."""

from collections.abc import Iterator

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.project import rule_url
from dockerlint_py.report.html_markup import Html, lines, prose, tag
from dockerlint_py.text import Place

MAX_LINES = 8
"""Of one excerpt."""
MAX_WIDTH = 240
"""In characters, of a line of an excerpt."""


def finding_card(problem: Problem, outcome: Outcome, anchor: str) -> Html:
    """The finding with all its places, under an id that links can point to."""
    finding = problem.finding
    heading = tag("h4", severity(problem), " ", prose(finding.message))
    places = (finding.at, *finding.related)
    return tag(
        "article",
        lines(
            heading,
            tag("p", rule_link(problem), *_remarks(problem), class_="rule"),
            *(_figure(place, outcome, is_first=n == 0) for n, place in enumerate(places)),
            _because(finding.chain),
        ),
        id=anchor,
        class_=f"finding {problem.severity.word}",
    )


def severity(problem: Problem) -> Html:
    """The severity as a small coloured word."""
    return tag("span", problem.severity.word, class_=f"badge {problem.severity.word}")


def rule_link(problem: Problem) -> Html:
    """The rule's id, as a link to its page, and its name."""
    rule = problem.rule
    link = tag("a", rule.id, href=rule_url(rule.id), rel="noreferrer")
    return Html(f"{link} {rule.name}")


def shown_place(place: Place, outcome: Outcome) -> str:
    """`path:line:column`, as in the other reports."""
    return f"{outcome.shown(place.path)}:{place.start.line}:{place.start.column}"


def _remarks(problem: Problem) -> Iterator[str]:
    yield f" · {problem.finding.confidence.word}"
    if problem.suppressed is not None:
        reason = problem.suppressed.reason
        yield f" · suppressed: {problem.suppressed.kind}{f', {reason}' if reason else ''}"
    if len(problem.containers) > 1:
        yield f" · for {', '.join(problem.containers)}"


def _because(chain: tuple[str, ...]) -> Html:
    if not chain:
        return Html()
    clauses = Html("; ".join(prose(clause) for clause in chain))
    return tag("p", "because ", clauses, class_="because")


def _figure(place: Place, outcome: Outcome, *, is_first: bool) -> Html:
    note = Html() if is_first or not place.note else Html(f" {prose(place.note)}")
    caption = tag("figcaption", tag("code", shown_place(place, outcome)), note)
    return tag("figure", caption, tag("pre", Html("\n".join(_excerpt(place)))))


def _excerpt(place: Place) -> Iterator[Html]:
    first, last = place.start.line, place.end.line
    if last > first and place.end.column == 1:  # it ends with a line end
        last -= 1
    for number in range(first, min(last, first + MAX_LINES - 1) + 1):
        yield _line(place, number)
    if last >= first + MAX_LINES:
        yield tag("span", "     ...", class_="number")


def _line(place: Place, number: int) -> Html:
    """One line, cut to what is around the span, with the span marked."""
    text = place.source.text
    start, end = place.source.line_span(number)
    left = start
    if place.span.start > start:
        left = max(start, min(place.span.start, end) - MAX_WIDTH // 2)
    right = min(end, left + MAX_WIDTH)
    begin, finish = (min(max(offset, left), right) for offset in place.span)
    parts = (
        tag("span", f"{number:>4} ", class_="number"),
        "…" if left > start else "",
        tag("span", text[left:begin]),
        tag("mark", text[begin:finish]),
        tag("span", text[finish:right]),
        "…" if right < end else "",
    )
    return Html("".join(parts))
