"""The baseline: findings that a project accepts, kept in a file.

It is a multiset: the k-th of several findings that look the same has a fingerprint of its own, so
that one accepted finding never hides a second one. The file has an entry a line, sorted, without
line numbers or dates, so that git merges what two branches accept.
"""

from collections.abc import Collection, Iterable, Mapping

from dockerlint_py.engine.errors import UserError
from dockerlint_py.engine.identity import fingerprints
from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.engine.suppression import Suppressed
from dockerlint_py.record import NamedTuple

SCHEMA = 1


class Entry(NamedTuple):
    """One accepted finding; path and rule are there for people who read the file."""

    path: str
    rule: str
    fingerprint: str


class Comparison(NamedTuple):
    """A baseline beside a run.

    `outcome` has the accepted problems suppressed. `stale` are entries whose finding is gone,
    `current` all findings of the run, `unjudged` the entries of rules that were not run.
    """

    outcome: Outcome
    stale: tuple[Entry, ...]
    current: tuple[Entry, ...]
    unjudged: tuple[Entry, ...]


def compare(outcome: Outcome, entries: Iterable[Entry], known: Collection[str]) -> Comparison:
    """Holds accepted findings against those of a run; `known` are the ids of all rules."""
    entries = tuple(entries)
    prints = _fingerprints_of_open(outcome.problems)
    ran = {info.id for info in outcome.rules}
    unjudged = {entry for entry in entries if entry.rule in known and entry.rule not in ran}
    found = set(prints.values())
    return Comparison(
        _accepting(outcome, prints, {entry.fingerprint for entry in entries}),
        stale=tuple(e for e in entries if e.fingerprint not in found and e not in unjudged),
        current=tuple(
            Entry(outcome.problems[n].finding.at.path, outcome.problems[n].rule.id, fingerprint)
            for n, fingerprint in prints.items()
        ),
        unjudged=tuple(sorted(unjudged)),
    )


def _accepting(outcome: Outcome, prints: Mapping[int, str], accepted: Collection[str]) -> Outcome:
    reason = Suppressed("baseline", "", None)
    problems = (
        problem._replace(suppressed=reason) if prints.get(number) in accepted else problem
        for number, problem in enumerate(outcome.problems)
    )
    return outcome._replace(problems=tuple(problems))


def _fingerprints_of_open(problems: tuple[Problem, ...]) -> dict[int, str]:
    """The fingerprints of the open problems among themselves, by their number in the run."""
    numbers = [number for number, problem in enumerate(problems) if problem.suppressed is None]
    return dict(zip(numbers, fingerprints(problems[n] for n in numbers), strict=True))


def read_baseline(text: str, shown_as: str) -> tuple[Entry, ...]:
    """The entries of a file; raises `UserError` that names the line of what is none."""
    import json

    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UserError(f"{shown_as}{line}: not a baseline: {error}") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise UserError(f"{shown_as}: not a baseline of schema {SCHEMA}")
    rows = document.get("findings")
    if not isinstance(rows, list):
        raise UserError(f"{shown_as}: a baseline without findings")
    return tuple(_entry(row, shown_as) for row in rows)


def _entry(row: object, shown_as: str) -> Entry:
    if isinstance(row, dict) and set(row) == set(Entry._fields):
        entry = Entry(**row)
        if all(isinstance(value, str) for value in entry):
            return entry
    raise UserError(f"{shown_as}: not an entry of a baseline: {row!r}")


def write_baseline(entries: Iterable[Entry]) -> str:
    """The text of the file, each entry on a line."""
    import json

    rows = ",\n".join(json.dumps(entry._asdict()) for entry in sorted(set(entries)))
    body = f"[\n{rows}\n]" if rows else "[]"
    return f'{{"schema": {SCHEMA}, "findings": {body}}}\n'
