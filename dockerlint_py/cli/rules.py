"""`dockerlint-py rules` and `dockerlint-py explain`."""

from typing import Any

import click

from dockerlint_py.cli.streams import EXIT_OK, EXIT_UNTRUSTED, complain
from dockerlint_py.engine.config import DEFAULT_PACKS
from dockerlint_py.engine.errors import did_you_mean
from dockerlint_py.engine.packs import Catalogue, load_catalogue, page_of
from dockerlint_py.engine.rule import RuleInfo
from dockerlint_py.project import rule_url

SCHEMA = 1


def run_rules(format_: str) -> int:
    """Lists the rules of the installed packs."""
    catalogue = load_catalogue(DEFAULT_PACKS)
    if format_ == "json":
        import json

        document = {"schema": SCHEMA, "rules": [_row(info) for info in catalogue.rules]}
        click.echo(json.dumps(document, indent=2))
        return EXIT_OK
    width = max(len(info.name) for info in catalogue.rules)
    for info in catalogue.rules:
        profile = "" if info.profile == "default" else f" ({info.profile})"
        severity = info.severity.word
        click.echo(f"{info.id}  {info.name:<{width}}  {severity:<7}  {info.summary}{profile}")
    return EXIT_OK


def run_explain(codes: tuple[str, ...]) -> int:
    """Prints the pages of rules named by id or name."""
    catalogue = load_catalogue(DEFAULT_PACKS)
    status = EXIT_OK
    for code in codes:
        info = catalogue.by_code(code)
        if info is None:
            complain(f"no rule is called {code!r}{_hint(code, catalogue)}")
            status = EXIT_UNTRUSTED
        else:
            click.echo(page_of(info) or f"{info.id}: {info.summary}\n", nl=False)
    return status


def _hint(code: str, catalogue: Catalogue) -> str:
    return did_you_mean(code, [word for info in catalogue.rules for word in (info.id, info.name)])


def _row(info: RuleInfo) -> dict[str, Any]:
    security = info.security
    return {
        "id": info.id,
        "name": info.name,
        "family": info.family,
        "severity": info.severity.word,
        "severities": [severity.word for severity in info.severities],
        "profile": info.profile,
        "role": info.role,
        "fix": None,
        "tags": list(info.tags),
        "security": security and {"severity": security.score, "cwe": f"CWE-{security.cwe}"},
        "unit": info.unit,
        "summary": info.summary,
        "url": rule_url(info.id),
        "options": [{**option._asdict(), "default": option.default} for option in info.options],
    }
