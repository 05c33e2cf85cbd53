"""`dockerlint-py checklist`: which steps of a deployment are done."""

import os
from importlib import import_module

import click

from dockerlint_py.cli.auditing import AuditOptions, run_audit
from dockerlint_py.cli.streams import EXIT_OK, EXIT_UNTRUSTED, complain, shielded
from dockerlint_py.engine.errors import UserError
from dockerlint_py.report.checklist import checklists_of


def run_checklist(path: str, format_: str) -> int:
    """Audits with all rules, prints the lists, and returns the exit status."""
    try:
        audit = run_audit((path,), AuditOptions(profile="strict"))
    except UserError as error:
        complain(str(error))
        return EXIT_UNTRUSTED
    renderer = import_module(f"dockerlint_py.report.checklist_{format_}")
    shown: str = renderer.render(checklists_of(audit.outcome), audit.target.prefix)
    click.echo(shown if format_ == "json" else shielded(shown, os.environ), nl=False)
    return EXIT_OK if audit.outcome.trusted else EXIT_UNTRUSTED
