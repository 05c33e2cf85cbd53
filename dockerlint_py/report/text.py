"""`--format text`: findings with underlined excerpts, for people."""

from collections.abc import Iterator

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.model.finding import Severity
from dockerlint_py.report.excerpt import excerpt
from dockerlint_py.report.options import DEFAULT, Paint, ReportOptions
from dockerlint_py.report.summary import audited, found, summarise
from dockerlint_py.text import Place, clean

COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def render(outcome: Outcome, options: ReportOptions = DEFAULT) -> str:
    """The report, with an empty line between its parts."""
    blocks = [
        "\n".join(_problem(problem, outcome, options.paint))
        for problem in outcome.problems
        if problem.suppressed is None or options.show_suppressed
    ]
    if not options.quiet:
        notes = "\n".join(_notes(outcome, options.paint))
        summary = "\n".join((f"{found(summarise(outcome))}.", *audited(outcome)))
        blocks.extend(part for part in (notes, summary) if part)
    return "".join(f"{block}\n\n" for block in blocks[:-1]) + "".join(f"{b}\n" for b in blocks[-1:])


def _problem(problem: Problem, outcome: Outcome, paint: Paint) -> Iterator[str]:
    finding, rule = problem.finding, problem.rule
    label = paint(f"{problem.severity.word}[{rule.id}]", COLORS[problem.severity])
    hidden = "" if problem.suppressed is None else f" (suppressed: {problem.suppressed.kind})"
    yield f"{label} {clean(finding.message)}{hidden}"
    places = (finding.at, *finding.related)
    gutter = max(len(str(place.line)) for place in places)
    for number, place in enumerate(places):
        path = outcome.shown(place.path)
        yield from _place(place, path, gutter, is_primary=number == 0)
    pad = " " * gutter
    if finding.chain:
        yield f"{pad} = because {'; '.join(clean(clause) for clause in finding.chain)}"
    if problem.containers:
        names = ", ".join(clean(name) for name in problem.containers)
        yield f"{pad} = {rule.name}, for {names} ({problem.role})"
    else:
        yield f"{pad} = {rule.name}"


def _place(place: Place, path: str, gutter: int, *, is_primary: bool) -> Iterator[str]:
    start = place.start
    arrow = "-->" if is_primary else "..."
    note = f" {clean(place.note)}" if place.note and not is_primary else ""
    yield f"{' ' * gutter}{arrow} {clean(path)}:{start.line}:{start.column}{note}"
    yield from excerpt(place, gutter)


def _notes(outcome: Outcome, paint: Paint) -> Iterator[str]:
    for note in outcome.notes:
        path = clean(outcome.shown(note.path))
        where = path if note.line is None else f"{path}:{note.line}"
        yield f"{paint('note', 'blue')}[{note.code}] {where}: {clean(note.message)}"
