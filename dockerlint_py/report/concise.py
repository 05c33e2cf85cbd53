"""`--format concise`: one line a finding, as editors and grep like it."""

from dockerlint_py.engine.run import Outcome
from dockerlint_py.text import clean


def render(outcome: Outcome) -> str:
    """`path:line:column: severity RULE message`, then the notes in the same form."""
    lines = []
    for problem in outcome.open_problems:
        at = problem.finding.at
        where = f"{clean(outcome.shown(at.path))}:{at.start.line}:{at.start.column}"
        message = clean(problem.finding.message)
        lines.append(f"{where}: {problem.severity.word} {problem.rule.id} {message}")
    for note in outcome.notes:
        path = clean(outcome.shown(note.path))
        where = path if note.line is None else f"{path}:{note.line}"
        lines.append(f"{where}: note {note.code} {clean(note.message)}")
    # A line that begins with `::` is a command to GitHub's runner.
    return "".join(f"./{line}\n" if line.startswith(":") else f"{line}\n" for line in lines)
