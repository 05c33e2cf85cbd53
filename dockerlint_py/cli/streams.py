"""Exit statuses, messages to standard error, colours, and a shield against commands."""

import os
import sys
from collections.abc import Mapping

from dockerlint_py.text import clean

EXIT_OK = 0
EXIT_FINDINGS = 1
EXIT_UNTRUSTED = 2


def complain(message: str) -> None:
    """An error of the user's or ours, on one line of standard error."""
    sys.stderr.write(f"dockerlint-py: {clean(message)}\n")


def say(text: str) -> None:
    """Text on standard output, all of it before anything else is written."""
    sys.stdout.write(text)
    sys.stdout.flush()


def wants_color(choice: str, environment: Mapping[str, str]) -> bool:
    """Whether to colour standard output: `--color`, then NO_COLOR, FORCE_COLOR, a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or sys.stdout.isatty()


def paint(text: str, color: str) -> str:
    """The text in a colour."""
    import click

    return click.style(text, fg=color, bold=True)


def shielded(report: str, environment: Mapping[str, str]) -> str:
    """The report, so that GitHub's runner looks for no command in it when it is printed there.

    No line of a report is a command; this holds even if one were. The word that ends the pause is
    another one each time, else an audited file could say it.
    """
    if environment.get("GITHUB_ACTIONS") != "true":
        return report
    token = os.urandom(16).hex()
    return f"::stop-commands::{token}\n{report}::{token}::\n"
