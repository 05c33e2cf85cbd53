"""The command line. Every command imports what it needs when it runs, to start fast."""

from typing import Any

import click

from dockerlint_py import __version__
from dockerlint_py.cli.options import audit_options
from dockerlint_py.report.formats import FORMATS

_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=str))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dockerlint-py")
def main() -> None:
    """Audits Dockerfiles, Compose files and Python source together."""


@main.command()
@_PATHS
@audit_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="What standard output gets.",
)
@click.option("--output", multiple=True, metavar="FORMAT=FILE", help="Another report, into a file.")
@click.option("--sarif-category", metavar="NAME", help="Tells SARIF reports of a commit apart.")
@click.option("--sarif-suppressed", is_flag=True, help="Put suppressed findings into SARIF too.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="Exit with 1 for findings of at least this severity. [default: warning]",
)
@click.option("--show-suppressed", is_flag=True, help="Print suppressed findings too.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours."
)
@click.option("-q", "--quiet", is_flag=True, help="Findings only: no notes, no summary.")
def check(paths: tuple[str, ...], **options: Any) -> None:
    """Audits the project at PATHS (default: the current folder).

    \b
    Exit status: 0 nothing at or above --fail-on, 1 findings,
    2 the run could not be trusted.
    """
    from dockerlint_py.cli.auditing import AuditOptions
    from dockerlint_py.cli.check import CheckOptions, run_check

    audit = AuditOptions(**{name: options.pop(name) for name in AuditOptions._fields})
    raise SystemExit(run_check(paths or (".",), audit, CheckOptions(**options)))


@main.command()
@click.argument("action", type=click.Choice(["write", "prune", "check"]))
@click.argument("path", default=".", type=click.Path(path_type=str))
@audit_options
def baseline(action: str, path: str, **options: Any) -> None:
    """Keeps accepted findings in a file, for the whole repository that PATH is in.

    \b
    write  accept all that is found now
    prune  take out what is no longer found
    check  exit with 1 when there is something to prune
    """
    from dockerlint_py.cli.auditing import AuditOptions
    from dockerlint_py.cli.baseline import run_baseline

    raise SystemExit(run_baseline(action, path, AuditOptions(**options)))


@main.command(name="map")
@click.argument("path", default=".", type=click.Path(path_type=str))
@click.option("--format", "format_", type=click.Choice(["tree", "mermaid", "json"]), default="tree")
def show_map(path: str, format_: str) -> None:
    """Shows what was understood of the project at PATH, and where each value came from."""
    from dockerlint_py.cli.map import run_map

    raise SystemExit(run_map(path, format_))


@main.command()
@click.argument("path", default=".", type=click.Path(path_type=str))
@click.option(
    "--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text"
)
def checklist(path: str, format_: str) -> None:
    """Shows which steps of a Django, FastAPI or Flask deployment every container has done."""
    from dockerlint_py.cli.checklist import run_checklist

    raise SystemExit(run_checklist(path, format_))


@main.command()
@click.argument("rules", nargs=-1, required=True, metavar="RULE...")
def explain(rules: tuple[str, ...]) -> None:
    """Prints the page of a rule: what, why, bad, good, how to fix, how to silence."""
    from dockerlint_py.cli.rules import run_explain

    raise SystemExit(run_explain(rules))


@main.command(name="rules")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
def list_rules(format_: str) -> None:
    """Lists every rule."""
    from dockerlint_py.cli.rules import run_rules

    raise SystemExit(run_rules(format_))
