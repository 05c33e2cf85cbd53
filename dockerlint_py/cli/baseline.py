"""`dockerlint-py baseline`, and the baseline of `check`."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from dockerlint_py.cli.auditing import Audit, AuditOptions, run_audit
from dockerlint_py.cli.outputs import write_file
from dockerlint_py.cli.places import find_target
from dockerlint_py.cli.streams import EXIT_FINDINGS, EXIT_OK, EXIT_UNTRUSTED, complain
from dockerlint_py.engine.baseline import (
    Comparison,
    Entry,
    compare,
    read_baseline,
    write_baseline,
)
from dockerlint_py.engine.errors import UserError
from dockerlint_py.engine.run import Outcome
from dockerlint_py.model.note import Note
from dockerlint_py.report.summary import plural
from dockerlint_py.text import clean


def without_accepted(audit: Audit, given: str | None) -> Outcome:
    """The outcome in which the findings that a baseline accepts do not count."""
    path = _file(audit, given)
    comparison = _compared(audit, _read(path))
    outcome = comparison.outcome
    if not comparison.stale or not audit.target.is_whole or not outcome.trusted:
        return outcome
    gone = plural(len(comparison.stale), "accepted finding")
    message = f"no longer found: {gone}; `dockerlint-py baseline prune` takes them out"
    shown = os.path.relpath(path.resolve(), audit.target.root)
    return outcome._replace(notes=(*outcome.notes, Note("stale-baseline", shown, None, message)))


def _file(audit: Audit, given: str | None) -> Path:
    """The file that the option names, or else the configuration, relative to where it stands."""
    if given is not None:
        return Path(given)
    configured = audit.config.baseline
    if configured is None:
        raise UserError("name the file: --baseline FILE, or `baseline` in the configuration")
    path = Path(audit.config.path or "").parent / configured
    if not path.resolve().is_relative_to(audit.target.root):
        # A configuration comes with the project, and may not name files elsewhere.
        raise UserError(f"baseline: {configured} is not in {audit.target.root}")
    return path


def run_baseline(action: str, path: str, options: AuditOptions) -> int:
    """Writes, prunes or checks the baseline of the repository that a path is in."""
    try:
        root = find_target((path,), os.environ).root
        audit = run_audit((str(root),), options)
        file = _file(audit, options.baseline)
        if not audit.outcome.trusted:
            raise UserError("a rule crashed: the findings of this run are not all there are")
        return _ACTIONS[action](audit, file)
    except UserError as error:
        complain(str(error))
        return EXIT_UNTRUSTED


def _write(audit: Audit, path: Path) -> int:
    found = _compared(audit, _read(path) if path.exists() else ())
    entries = {*found.current, *found.unjudged}
    write_file(path, write_baseline(entries), audit.target.root)
    click.echo(f"baseline {clean(str(path))}: {plural(len(entries), 'accepted finding')}")
    return EXIT_OK


def _prune(audit: Audit, path: Path) -> int:
    entries = _read(path)
    stale = set(_compared(audit, entries).stale)
    if stale:
        write_file(path, write_baseline(set(entries) - stale), audit.target.root)
    left = plural(len(set(entries) - stale), "accepted finding")
    click.echo(f"baseline {clean(str(path))}: {len(stale)} taken out, {left} left")
    return EXIT_OK


def _check(audit: Audit, path: Path) -> int:
    entries = _read(path)
    stale = _compared(audit, entries).stale
    for entry in stale:
        shown = clean(audit.target.prefix + entry.path)
        click.echo(f"no longer found: {clean(entry.rule)} in {shown} ({clean(entry.fingerprint)})")
    accepted = plural(len(entries), "accepted finding")
    click.echo(f"baseline {clean(str(path))}: {accepted}, {len(stale)} no longer found")
    return EXIT_FINDINGS if stale else EXIT_OK


_ACTIONS = {"write": _write, "prune": _prune, "check": _check}


def _compared(audit: Audit, entries: Iterable[Entry]) -> Comparison:
    return compare(audit.outcome, entries, [info.id for info in audit.catalogue.rules])


def _read(path: Path) -> tuple[Entry, ...]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UserError(
            f"{path}: {error.strerror}: `dockerlint-py baseline write` makes it"
        ) from error
    return read_baseline(text, str(path))
