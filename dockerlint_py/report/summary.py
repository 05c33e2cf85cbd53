"""The counts at the end of every report, and the words for them."""

from collections.abc import Iterator, Sequence

from dockerlint_py.engine.run import Outcome
from dockerlint_py.model.container import Container
from dockerlint_py.model.finding import Severity
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import clean


class Summary(NamedTuple):
    """How many findings of each severity are open, how many are hidden and why, how many files."""

    error: int
    warning: int
    info: int
    suppressed: int
    baselined: int
    files: int


def summarise(outcome: Outcome) -> Summary:
    """Counts an outcome."""
    severities = [problem.severity for problem in outcome.open_problems]
    kinds = [p.suppressed.kind for p in outcome.problems if p.suppressed is not None]
    return Summary(
        error=severities.count(Severity.ERROR),
        warning=severities.count(Severity.WARNING),
        info=severities.count(Severity.INFO),
        suppressed=kinds.count("inline"),
        baselined=kinds.count("baseline"),
        files=len(outcome.repository.files_read),
    )


def found(counts: Summary) -> str:
    """`3 findings: 1 error, 2 warnings; 1 suppressed`."""
    total = counts.error + counts.warning + counts.info
    if total:
        parts = [
            plural(count, word)
            for count, word in ((counts.error, "error"), (counts.warning, "warning"))
            if count
        ]
        if counts.info:
            parts.append(f"{counts.info} info")
        text = f"{plural(total, 'finding')}: {', '.join(parts)}"
    else:
        text = "No findings"
    hidden = ((counts.suppressed, "suppressed"), (counts.baselined, "in the baseline"))
    return "; ".join((text, *(f"{count} {words}" for count, words in hidden if count)))


def audited(outcome: Outcome) -> list[str]:
    """Sentences on what was looked at and what stayed unknown; safe to print."""
    files = plural(len(outcome.repository.files_read), "file")
    containers = outcome.repository.containers
    if containers:
        lines = [f"Audited {files}; containers: {', '.join(_groups(containers))}."]
    else:
        lines = [f"Audited {files}; no container found."]
    unknown = outcome.repository.unknowns
    if unknown:
        lines.append(f"Unknown: {'; '.join(clean(reason) for reason in unknown)}.")
    return lines


def plural(count: int, word: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _groups(containers: Sequence[Container]) -> Iterator[str]:
    """The containers by file and role: one by its name, several by their number."""
    groups: dict[tuple[str, str, str], list[Container]] = {}
    for container in containers:
        file = container.id.partition(":")[0]
        groups.setdefault((file, container.role, container.evidence), []).append(container)
    for (file, role, evidence), members in groups.items():
        name = members[0].id if len(members) == 1 else f"{len(members)} of {file}"
        yield f"{clean(name)} ({role}: {clean(evidence)})"
