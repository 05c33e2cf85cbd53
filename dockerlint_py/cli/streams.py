"""Exit statuses, messages to standard error, and colours."""

import sys
from collections.abc import Mapping

import click

from dockerlint_py.text import clean

EXIT_OK = 0
EXIT_FINDINGS = 1
EXIT_UNTRUSTED = 2


def complain(message: str) -> None:
    """An error of the user's or ours, on standard error."""
    lines = "\n".join(clean(line) for line in message.split("\n"))
    click.echo(f"dockerlint-py: {lines}", err=True)


def wants_color(choice: str, environment: Mapping[str, str]) -> bool:
    """Whether to colour standard output: `--color`, then NO_COLOR, FORCE_COLOR, a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or sys.stdout.isatty()


def paint(text: str, color: str) -> str:
    """The text in a colour."""
    return click.style(text, fg=color, bold=True)
