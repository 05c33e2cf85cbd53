"""From paths and options to the outcome of an audit."""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date

from dockerlint_py.cli.opening import open_repository, read_config
from dockerlint_py.cli.places import Target, find_target
from dockerlint_py.engine.config import Config, check_against_rules
from dockerlint_py.engine.errors import UserError
from dockerlint_py.engine.packs import Catalogue, load_catalogue
from dockerlint_py.engine.run import Outcome, audit
from dockerlint_py.engine.select import check_selectors, select_rules
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import clean


class AuditOptions(NamedTuple):
    """What to audit, with which rules; as click gives it."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    role: str = "auto"
    compose_files: tuple[str, ...] = ()
    today: str | None = None
    no_ignores: bool = False
    baseline: str | None = None
    config: str | None = None
    isolated: bool = False
    verbose: bool = False


class Audit(NamedTuple):
    """An audit that has been made: of what, how, and what came out, of the whole root."""

    target: Target
    config: Config
    catalogue: Catalogue
    outcome: Outcome


def run_audit(paths: Sequence[str], options: AuditOptions) -> Audit:
    """Audits; raises `UserError` when the run cannot start."""
    target = find_target(paths, os.environ)
    config = read_config(target, options.config, isolated=options.isolated)
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
        sys.stderr.write(f"{clean(str(target.root))}: {len(infos)} rules\n")
    outcome = audit(
        repository, infos, catalogue, config, inline_suppressions=not options.no_ignores
    )
    return Audit(target, config, catalogue, outcome)


def _codes(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def _today(given: str | None) -> date:
    if given is None:
        return date.today()  # noqa: DTZ011 - an end of life is a day in the user's calendar
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UserError(f"--today: not a date (YYYY-MM-DD): {given}") from error
