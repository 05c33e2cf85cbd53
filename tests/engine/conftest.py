"""A rule pack of a stranger's, written into a folder on the import path."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACK = "strangers_rules"

BASE_IMAGE = '''\
"""The base image is named.

## Why
So that there is something to find.

## Instead
Nothing.
"""

from collections.abc import Iterator
from typing import NamedTuple

from dockerlint_py.api import Finding, Severity, Stage, rule


class Options(NamedTuple):
    """What the rule can be told.

    word: what the message begins with
    """

    word: str = "base"
    loud: bool = False


@rule(
    "XYZ001",
    "named-base",
    on=Stage,
    severities=(Severity.WARNING, Severity.ERROR),
    tags=("hygiene",),
    equivalents=("DL9999",),
    options=Options,
)
def check(stage: Stage, options: Options) -> Iterator[Finding]:
    severity = Severity.ERROR if options.loud else None
    yield stage.finding(
        stage.image_place, f"{options.word} {stage.image_place.text}", severity=severity
    )
'''

PRODUCTION = '''\
"""Something matters in production."""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule("XYZ002", "only-in-production", on=Container, severities=(Severity.ERROR,), role="prod")
def check(container: Container) -> Iterator[Finding]:
    yield container.finding(container.place, "it matters", because=(container.role_fact,))
'''

CRASHING = '''\
"""This rule is broken."""

from collections.abc import Iterator

from dockerlint_py.api import Dockerfile, Finding, Severity, rule


@rule("XYZ003", "crashing", on=Dockerfile, severities=(Severity.INFO,), profile="strict")
def check(dockerfile: Dockerfile) -> Iterator[Finding]:
    raise RuntimeError("of no use")
    yield
'''


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    folder = tmp_path / PACK / "family"
    folder.mkdir(parents=True)
    (tmp_path / PACK / "__init__.py").touch()
    (folder / "__init__.py").touch()
    for name, text in (("base", BASE_IMAGE), ("production", PRODUCTION), ("crashing", CRASHING)):
        (folder / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    yield PACK
    for name in [name for name in sys.modules if name.partition(".")[0] == PACK]:
        del sys.modules[name]
