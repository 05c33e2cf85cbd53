"""`dockerlint-py map`: what the audit understood of a project."""

import os
from datetime import date

import click

from dockerlint_py.cli.opening import open_repository, read_config
from dockerlint_py.cli.places import find_target
from dockerlint_py.cli.streams import EXIT_OK, EXIT_UNTRUSTED, complain, shielded
from dockerlint_py.engine.errors import UserError
from dockerlint_py.report.map_model import map_of


def run_map(path: str, format_: str) -> int:
    """Prints the map of a project, and returns the exit status."""
    try:
        target = find_target((path,), os.environ)
        # A map holds nothing that depends on the day.
        repository = open_repository(target, read_config(target), today=date.min)
    except UserError as error:
        complain(str(error))
        return EXIT_UNTRUSTED
    found = map_of(repository)
    if format_ == "json":
        from dockerlint_py.report import map_json

        shown = map_json.render(found, target.prefix)
    elif format_ == "mermaid":
        from dockerlint_py.report import map_mermaid

        shown = map_mermaid.render(found, target.prefix)
    else:
        from dockerlint_py.report import map_tree

        shown = shielded(map_tree.render(found, target.prefix), os.environ)
    click.echo(shown, nl=False)
    return EXIT_OK
