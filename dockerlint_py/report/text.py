"""`--format text`: findings with underlined excerpts, for people."""

from collections.abc import Callable, Iterator, Sequence

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.model.container import Container
from dockerlint_py.model.finding import Severity
from dockerlint_py.report.excerpt import excerpt
from dockerlint_py.report.summary import Summary, summarise
from dockerlint_py.text import Place, clean

Paint = Callable[[str, str], str]
COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def plain(text: str, color: str) -> str:  # noqa: ARG001 - the signature of a painter
    """A painter that paints nothing."""
    return text


def render(
    outcome: Outcome, *, paint: Paint = plain, quiet: bool = False, show_suppressed: bool = False
) -> str:
    """The report; `paint(text, color)` colours it, `quiet` leaves out notes and summary."""
    blocks = [
        "\n".join(_problem(problem, outcome, paint))
        for problem in outcome.problems
        if problem.suppressed is None or show_suppressed
    ]
    if not quiet:
        notes = "\n".join(_notes(outcome, paint))
        blocks.extend(part for part in (notes, _summary(outcome)) if part)
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


def _summary(outcome: Outcome) -> str:
    counts = summarise(outcome)
    lines = [f"{_found(counts)}."]
    containers = outcome.repository.containers
    if containers:
        groups = ", ".join(_groups(containers))
        lines.append(f"Audited {_plural(counts.files, 'file')}; containers: {groups}.")
    else:
        lines.append(f"Audited {_plural(counts.files, 'file')}; no container found.")
    unknown = outcome.repository.unknowns
    if unknown:
        lines.append(f"Unknown: {'; '.join(clean(reason) for reason in unknown)}.")
    return "\n".join(lines)


def _groups(containers: Sequence[Container]) -> Iterator[str]:
    """The containers by file and role: one by its name, several by their number."""
    groups: dict[tuple[str, str, str], list[Container]] = {}
    for container in containers:
        file = container.id.partition(":")[0]
        groups.setdefault((file, container.role, container.evidence), []).append(container)
    for (file, role, evidence), members in groups.items():
        name = members[0].id if len(members) == 1 else f"{len(members)} of {file}"
        yield f"{clean(name)} ({role}: {clean(evidence)})"


def _found(counts: Summary) -> str:
    total = counts.error + counts.warning + counts.info
    if not total:
        text = "No findings"
    else:
        parts = [
            _plural(count, word)
            for count, word in ((counts.error, "error"), (counts.warning, "warning"))
            if count
        ]
        if counts.info:
            parts.append(f"{counts.info} info")
        text = f"{_plural(total, 'finding')}: {', '.join(parts)}"
    hidden = counts.suppressed + counts.baselined
    return f"{text}; {hidden} suppressed" if hidden else text


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
