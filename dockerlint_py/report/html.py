"""`--output html=FILE`: one page for people, with nothing in it that comes from elsewhere.

There is no script, and the policy in its head forbids every one: whatever an audited file holds,
the page can only show it.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from dockerlint_py import __version__
from dockerlint_py.engine.run import Outcome
from dockerlint_py.project import URL
from dockerlint_py.report.html_checklist import checklist_section
from dockerlint_py.report.html_container import Findings, containers_of
from dockerlint_py.report.html_markup import Html, lines, prose, tag, void
from dockerlint_py.report.html_picture import Subject, picture_of_images, picture_of_services
from dockerlint_py.report.html_style import STYLE
from dockerlint_py.report.map_model import ContainerMap, RepositoryMap, map_of
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.report.summary import audited, found, plural, summarise

MAX_BOXES = 150
"""Of a picture; more would be drawn for long, and read by nobody."""


def render(outcome: Outcome, options: ReportOptions = DEFAULT) -> str:
    """The page: counts, pictures, checklists, the findings of each container, notes."""
    understood = map_of(outcome.repository)
    containers = containers_of(understood)
    anchors = {container.id: f"c{n}" for n, container in enumerate(containers, 1)}
    shown = outcome.problems if options.show_suppressed else outcome.open_problems
    findings = Findings(outcome, shown, containers)

    def subjects(group: Sequence[ContainerMap]) -> list[Subject]:
        return [Subject(each, anchors[each.id], findings.about(each)) for each in group]

    main = tag(
        "main",
        lines(
            *_map(understood, subjects),
            checklist_section(outcome),
            tag("h2", "Findings by container"),
            *(findings.section(each, anchors[each.id]) for each in containers),
            findings.loose_section(),
            *_notes(outcome),
        ),
    )
    body = tag("body", lines(_header(outcome), main, _footer()))
    page = tag("html", lines(_head(found(summarise(outcome))), body), lang="en")
    return f"<!doctype html>\n{page}\n"


def _head(summary: str) -> Html:
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        lines(
            void("meta", charset="utf-8"),
            void("meta", http_equiv="Content-Security-Policy", content=Html(policy)),
            void("meta", name="viewport", content="width=device-width, initial-scale=1"),
            void("meta", name="referrer", content="no-referrer"),
            tag("title", f"dockerlint-py: {summary}"),
            tag("style", Html(STYLE)),
        ),
    )


def _header(outcome: Outcome) -> Html:
    counts = summarise(outcome)
    said = [plural(counts.error, "error"), plural(counts.warning, "warning"), f"{counts.info} info"]
    hidden = ((counts.suppressed, "suppressed"), (counts.baselined, "in the baseline"))
    said += [f"{count} {words}" for count, words in hidden if count]
    pairs = (each.partition(" ") for each in said)
    items = (tag("li", tag("strong", number), f" {words}") for number, _, words in pairs)
    return tag(
        "header",
        lines(
            tag("h1", "Container audit"),
            tag("ul", lines(*items), class_="counts"),
            *(tag("p", prose(sentence)) for sentence in audited(outcome)),
        ),
    )


def _map(
    understood: RepositoryMap, subjects: Callable[[Sequence[ContainerMap]], list[Subject]]
) -> Iterator[Html]:
    if containers_of(understood):
        yield tag("h2", "Map")
    for each in understood.file_sets:
        if each.containers:
            yield tag("h3", each.id)
            yield tag("p", f"{each.role}: {each.evidence}", class_="evidence")
            label = f"The services of {each.id}"
            yield _unless_crowded(picture_of_services, label, subjects(each.containers))
    if understood.images:
        yield tag("h3", "Images of Dockerfiles alone")
        label = "The images that only Dockerfiles describe"
        yield _unless_crowded(picture_of_images, label, subjects(understood.images))


def _unless_crowded(
    draw: Callable[[str, Sequence[Subject]], Html], label: str, subjects: Sequence[Subject]
) -> Html:
    if len(subjects) > MAX_BOXES:
        return tag("p", f"{len(subjects)} containers are too many for a picture.", class_="none")
    return draw(label, subjects)


def _notes(outcome: Outcome) -> Iterator[Html]:
    if not outcome.notes:
        return
    yield tag("h2", "Notes")
    items = []
    for note in outcome.notes:
        path = outcome.shown(note.path)
        where = path if note.line is None else f"{path}:{note.line}"
        items.append(tag("li", tag("code", where), ": ", prose(note.message), f" ({note.code})"))
    yield tag("ul", lines(*items))


def _footer() -> Html:
    link = tag("a", "dockerlint-py", href=URL, rel="noreferrer")
    return tag("footer", tag("p", "Made by ", link, f" {__version__}."))
