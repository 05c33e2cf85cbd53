"""The files that a new rule starts from."""

import re

import click

from dockerlint_py.dev.families import family_of
from dockerlint_py.engine.run import UNITS as ENGINE_UNITS

UNITS = tuple(name for name in ENGINE_UNITS if name != "Repository")
"""What a rule can be about; one about the whole repository has no place to start with."""

_MODULE = '''\
"""One sentence that says what is wrong, with a full stop.

## Why
What breaks, leaks or misbehaves, and for whom.

## Instead
What to write in its place.

## References
- https://docs.docker.com/reference/dockerfile/
"""

from collections.abc import Iterator

from dockerlint_py.api import {names}, rule


@rule(
    "{id}",
    "{name}",
    on={unit},
    severities=(Severity.WARNING,),
    tags=("{family}", "dockerfile", "hygiene"),
)
def check({argument}: {unit}) -> Iterator[Finding]:
    if "no-such-thing" in {argument}.path:
        yield {argument}.finding({argument}.place, "what is wrong, where, for whom")
'''

_BAD = """\
# expect: {id}
FROM python:3.13-slim
CMD ["python", "-m", "app"]
"""

_GOOD = """\
FROM python:3.13-slim
CMD ["python", "-m", "app"]
"""


def new_rule_files(rule_id: str, name: str, unit: str) -> dict[str, str]:
    """Path and text of each file; raises `click.UsageError` for an id or a name of a wrong form."""
    if not re.fullmatch(r"[A-Z]{2,3}\d{3}", rule_id):
        raise click.UsageError("an id is two or three capital letters and three digits: SRV021")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise click.UsageError("a name is lower-case words joined by hyphens: no-such-command")
    try:
        family = family_of(rule_id)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    module = f"{rule_id.lower()}_{name.replace('-', '_')}.py"
    values = {
        "id": rule_id,
        "name": name,
        "unit": unit,
        "names": ", ".join(sorted(("Finding", "Severity", unit))),
        "argument": re.sub(r"(?<=[a-z])(?=[A-Z])", "_", unit).lower(),
        "family": family.folder.replace("_", "-"),
    }
    return {
        f"rules/dockerlint_rules/{family.folder}/{module}": _MODULE.format(**values),
        f"fixtures/{rule_id}/bad/Dockerfile": _BAD.format(**values),
        f"fixtures/{rule_id}/good/Dockerfile": _GOOD.format(**values),
    }
