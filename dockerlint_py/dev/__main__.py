"""`python -m dockerlint_py.dev docs [--check]` and `python -m dockerlint_py.dev new-rule`."""

from pathlib import Path

import click

from dockerlint_py.dev.generate import generated_files
from dockerlint_py.dev.new_rule import UNITS, new_rule_files
from dockerlint_py.report.write import write_atomically

ROOT = Path(__file__).parents[2]


@click.group()
def main() -> None:
    """Developer commands; run from a checkout."""


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a file is stale.")
def docs(*, check: bool) -> None:
    """Writes the rule index, the rule pages and the README's rule table."""
    stale = []
    for path, text in generated_files(ROOT):
        target = ROOT / path
        if target.is_file() and target.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if not check:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(target, text)
    for path in stale:
        click.echo(f"{'stale' if check else 'written'}: {path}")
    raise SystemExit(1 if check and stale else 0)


@main.command(name="new-rule")
@click.argument("rule_id", metavar="ID")
@click.argument("name")
@click.option("--on", type=click.Choice(sorted(UNITS)), default="Stage", show_default=True)
def new_rule(rule_id: str, name: str, on: str) -> None:
    """Starts a rule: its module, a bad and a good fixture. ID is like SRV021, NAME like no-cmd."""
    for path, text in new_rule_files(rule_id, name, on).items():
        target = ROOT / path
        if target.exists():
            raise click.ClickException(f"{path} is there already")
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, text)
        click.echo(f"written: {path}")
    click.echo(
        f"next: write them, then `pytest -k {rule_id}` and `python -m dockerlint_py.dev docs`"
    )


if __name__ == "__main__":
    main(prog_name="python -m dockerlint_py.dev")
