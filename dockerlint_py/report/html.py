"""`--output html=FILE`: one page for people, with nothing in it that comes from elsewhere.

There is no script, and the policy in its head forbids every one: whatever an audited file holds,
the page can only show it.
"""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from dockerlint_py import __version__
from dockerlint_py.engine.run import Outcome
from dockerlint_py.project import URL
from dockerlint_py.report.html_container import Findings, containers_of
from dockerlint_py.report.html_markup import Html, lines, prose, tag, void
from dockerlint_py.report.html_picture import Subject, picture_of_images, picture_of_services
from dockerlint_py.report.html_style import STYLE
from dockerlint_py.report.map_model import RepositoryMap, map_of
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.report.summary import audited, found, summarise


def render(outcome: Outcome, options: ReportOptions = DEFAULT) -> str:
    """The page: counts, pictures, the findings of each container, notes."""
    shown = outcome.problems if options.show_suppressed else outcome.open_problems
    understood = map_of(outcome.repository)
    anchors = {c.id: f"c{n}" for n, c in enumerate(containers_of(understood), 1)}
    findings = Findings(outcome, shown)
    main = tag(
        "main",
        lines(
            tag("h2", "Map"),
            *_pictures(understood, findings, anchors),
            tag("h2", "Findings by container"),
            *(findings.section(c, anchors[c.id]) for c in containers_of(understood)),
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
    hidden = {"suppressed": counts.suppressed, "in the baseline": counts.baselined}
    shown = {"errors": counts.error, "warnings": counts.warning, "infos": counts.info}
    shown |= {word: count for word, count in hidden.items() if count}
    items = (tag("li", tag("strong", str(count)), f" {word}") for word, count in shown.items())
    return tag(
        "header",
        lines(
            tag("h1", "Container audit"),
            tag("ul", lines(*items), class_="counts"),
            *(tag("p", prose(sentence)) for sentence in audited(outcome)),
        ),
    )


def _pictures(
    understood: RepositoryMap, findings: Findings, anchors: dict[str, str]
) -> Iterator[Html]:
    for each in understood.file_sets:
        if not each.containers:
            continue
        subjects = [Subject(c, anchors[c.id], findings.about(c.id)) for c in each.containers]
        yield tag("h3", each.id)
        yield tag("p", f"{each.role}: {each.evidence}", class_="evidence")
        yield picture_of_services(f"The services of {each.id}", subjects)
    if understood.images:
        subjects = [Subject(c, anchors[c.id], findings.about(c.id)) for c in understood.images]
        yield tag("h3", "Images of Dockerfiles alone")
        yield picture_of_images("The images that only Dockerfiles describe", subjects)


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
