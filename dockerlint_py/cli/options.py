"""Options that several commands have."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_AUDIT = (
    click.option("--select", multiple=True, metavar="CODES", help="Run only these rules."),
    click.option("--extend-select", multiple=True, metavar="CODES", help="Run these rules too."),
    click.option("--ignore", multiple=True, metavar="CODES", help="Do not run these rules; wins."),
    click.option("--profile", type=click.Choice(["default", "strict"]), help="Which rules are on."),
    click.option(
        "--role",
        type=click.Choice(["auto", "prod", "dev", "test"]),
        default="auto",
        help="What the files are for, instead of what the audit thinks.",
    ),
    click.option(
        "-f",
        "--compose-file",
        "compose_files",
        multiple=True,
        metavar="FILE",
        help="Audit exactly these Compose files, merged in this order.",
    ),
    click.option("--today", metavar="DATE", help="The day to judge ends of life on."),
    click.option("--no-ignores", is_flag=True, help="Take no notice of ignore comments."),
    click.option("--baseline", metavar="FILE", help="The file of accepted findings."),
    click.option("--config", metavar="FILE", help="This configuration file and no other."),
    click.option("--isolated", is_flag=True, help="No configuration file at all."),
    click.option(
        "-v", "--verbose", is_flag=True, help="Tell on standard error what is being done."
    ),
)


def audit_options(command: F) -> F:
    """What to audit, with which rules; the fields of `AuditOptions`."""
    for option in reversed(_AUDIT):
        command = option(command)
    return command
