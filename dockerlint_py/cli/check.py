"""`dockerlint-py check`: from paths to an exit status."""

import os
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import click

from dockerlint_py.cli.opening import open_repository, read_config
from dockerlint_py.cli.outputs import Output, read_outputs
from dockerlint_py.cli.places import Target, find_target
from dockerlint_py.cli.streams import (
    EXIT_FINDINGS,
    EXIT_OK,
    EXIT_UNTRUSTED,
    complain,
    paint,
    shielded,
    wants_color,
)
from dockerlint_py.engine.config import Config, check_against_rules
from dockerlint_py.engine.errors import UserError
from dockerlint_py.engine.packs import load_catalogue
from dockerlint_py.engine.run import Outcome, audit
from dockerlint_py.engine.select import check_selectors, select_rules
from dockerlint_py.model.finding import Severity
from dockerlint_py.report.formats import FORMATS
from dockerlint_py.report.options import ReportOptions

UNREADABLE = ("broken-file",)


class CheckOptions(NamedTuple):
    """The options of `check`, as click gives them."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    role: str = "auto"
    compose_files: tuple[str, ...] = ()
    format_: str = "text"
    output: tuple[str, ...] = ()
    sarif_category: str | None = None
    sarif_suppressed: bool = False
    fail_on: str | None = None
    today: str | None = None
    no_ignores: bool = False
    show_suppressed: bool = False
    config: str | None = None
    isolated: bool = False
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False


def run_check(paths: Sequence[str], options: CheckOptions) -> int:
    """Audits, prints the reports, and returns the exit status."""
    try:
        target = find_target(paths, os.environ)
        outputs = read_outputs(options.output, target.root)
        config = read_config(target, options.config, isolated=options.isolated)
        outcome = _audit(target, config, options)
        _report(outcome, options, outputs)
    except UserError as error:
        complain(str(error))
        return EXIT_UNTRUSTED
    return _status(outcome, target, options.fail_on or config.fail_on)


def _audit(target: Target, config: Config, options: CheckOptions) -> Outcome:
    catalogue = load_catalogue(config.plugins)
    check_against_rules(config, catalogue)
    check_selectors(
        catalogue, [code for codes in config.per_path_ignores.values() for code in codes]
    )
    infos = select_rules(
        catalogue,
        profile=options.profile or config.profile,
        select=_codes(options.select) or config.select,
        extend_select=(*config.extend_select, *_codes(options.extend_select)),
        ignore=(*config.ignore, *_codes(options.ignore)),
    )
    repository = open_repository(
        target,
        config,
        today=_today(options.today),
        role=options.role,
        compose_files=options.compose_files,
    )
    if options.verbose:
        click.echo(f"{target.root}: {len(infos)} rules", err=True)
    outcome = audit(
        repository, infos, catalogue, config, inline_suppressions=not options.no_ignores
    )
    return target.narrow(outcome)


def _codes(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def _today(given: str | None) -> date:
    if given is None:
        return date.today()  # noqa: DTZ011 - an end of life is a day in the user's calendar
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UserError(f"--today: not a date (YYYY-MM-DD): {given}") from error


def _report(outcome: Outcome, options: CheckOptions, outputs: Iterable[Output]) -> None:
    wishes = ReportOptions(
        quiet=options.quiet,
        show_suppressed=options.show_suppressed,
        sarif_category=options.sarif_category,
        sarif_suppressed=options.sarif_suppressed,
    )
    for output in outputs:
        output.write(FORMATS[output.format].render(outcome, wishes))
    color = wants_color(options.color, os.environ)
    wishes = wishes._replace(paint=paint) if color else wishes
    chosen = FORMATS[options.format_]
    report = chosen.render(outcome, wishes)
    if chosen.is_prose:
        report = shielded(report, os.environ)
    click.echo(report, nl=False, color=color or None)


def _status(outcome: Outcome, target: Target, fail_on: str) -> int:
    named_broken = any(
        note.code in UNREADABLE and note.path in target.files for note in outcome.notes
    )
    if not outcome.trusted or named_broken:
        return EXIT_UNTRUSTED
    if fail_on == "never":
        return EXIT_OK
    threshold = Severity[fail_on.upper()]
    worst = max((problem.severity for problem in outcome.open_problems), default=None)
    return EXIT_OK if worst is None or worst < threshold else EXIT_FINDINGS
