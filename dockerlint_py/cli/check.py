"""`dockerlint-py check`: from paths to reports and an exit status."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from dockerlint_py.cli.auditing import Audit, AuditOptions, run_audit
from dockerlint_py.cli.outputs import Output, read_outputs, write_file
from dockerlint_py.cli.streams import (
    EXIT_FINDINGS,
    EXIT_OK,
    EXIT_UNTRUSTED,
    complain,
    paint,
    say,
    shielded,
    wants_color,
)
from dockerlint_py.engine.errors import UserError
from dockerlint_py.engine.run import Outcome
from dockerlint_py.model.finding import Severity
from dockerlint_py.record import NamedTuple
from dockerlint_py.report.formats import FORMATS
from dockerlint_py.report.options import ReportOptions

UNREADABLE = ("broken-file",)


class CheckOptions(NamedTuple):
    """The options that only `check` has, as click gives them."""

    format_: str = "text"
    output: tuple[str, ...] = ()
    sarif_category: str | None = None
    sarif_suppressed: bool = False
    fail_on: str | None = None
    show_suppressed: bool = False
    color: str = "auto"
    quiet: bool = False


def check_plainly(paths: Sequence[str]) -> int:
    """`check PATH...` without any option; ends as click does when nobody waits for the end."""
    try:
        return run_check(paths or (".",), AuditOptions(), CheckOptions())
    except KeyboardInterrupt:
        sys.stderr.write("\nAborted!\n")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_FINDINGS


def run_check(paths: Sequence[str], audit_options: AuditOptions, options: CheckOptions) -> int:
    """Audits, prints the reports, and returns the exit status."""
    try:
        outputs = read_outputs(options.output)
        audit = run_audit(paths, audit_options)
        outcome = audit.target.narrow(_without_accepted(audit, audit_options))
        _report(outcome, options, outputs, audit.target.root)
    except UserError as error:
        complain(str(error))
        return EXIT_UNTRUSTED
    return _status(outcome, audit, options.fail_on or audit.config.fail_on)


def _without_accepted(audit: Audit, options: AuditOptions) -> Outcome:
    if options.baseline is None and audit.config.baseline is None:
        return audit.outcome
    from dockerlint_py.cli.baseline import without_accepted

    return without_accepted(audit, options.baseline)


def _report(outcome: Outcome, options: CheckOptions, outputs: Iterable[Output], root: Path) -> None:
    wishes = ReportOptions(
        quiet=options.quiet,
        show_suppressed=options.show_suppressed,
        sarif_category=options.sarif_category,
        sarif_suppressed=options.sarif_suppressed,
    )
    for output in outputs:
        write_file(output.path, FORMATS[output.format].render(outcome, wishes), root)
    color = wants_color(options.color, os.environ)
    wishes = wishes._replace(paint=paint) if color else wishes
    chosen = FORMATS[options.format_]
    report = chosen.render(outcome, wishes)
    if chosen.is_prose:
        report = shielded(report, os.environ)
    say(report)


def _status(outcome: Outcome, audit: Audit, fail_on: str) -> int:
    named_broken = any(
        note.code in UNREADABLE and note.path in audit.target.files for note in outcome.notes
    )
    if not outcome.trusted or named_broken:
        return EXIT_UNTRUSTED
    if fail_on == "never":
        return EXIT_OK
    threshold = Severity[fail_on.upper()]
    worst = max((problem.severity for problem in outcome.open_problems), default=None)
    return EXIT_OK if worst is None or worst < threshold else EXIT_FINDINGS
