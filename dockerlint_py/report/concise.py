"""`--format concise`: one line a finding, as editors and grep like it."""

from collections.abc import Iterable, Iterator

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.model.note import Note
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.text import clean


def render(outcome: Outcome, options: ReportOptions = DEFAULT) -> str:
    """`path:line:column: severity RULE message`, then the notes in the same form."""
    notes = () if options.quiet else outcome.notes
    return "".join(f"{line}\n" for line in lines(outcome, outcome.open_problems, notes))


def lines(outcome: Outcome, problems: Iterable[Problem], notes: Iterable[Note]) -> Iterator[str]:
    """One line for each problem and note; none is a command to a CI runner."""
    for problem in problems:
        at = problem.finding.at
        where = f"{_shown(outcome, at.path)}:{at.start.line}:{at.start.column}"
        yield f"{where}: {problem.severity.word} {problem.rule.id} {clean(problem.finding.message)}"
    for note in notes:
        path = _shown(outcome, note.path)
        where = path if note.line is None else f"{path}:{note.line}"
        yield f"{where}: note {note.code} {clean(note.message)}"


def _shown(outcome: Outcome, path: str) -> str:
    """The path, not beginning with `::`: GitHub's runner would take the line for a command."""
    shown = clean(outcome.shown(path))
    return f"./{shown}" if shown.lstrip().startswith(":") else shown
