"""Releases that are gone from the mirrors have ended, and the table has no unknown versions."""

from datetime import date

import pytest

from dockerlint_py.knowledge.eol import eol
from dockerlint_py.knowledge.package_archives import ARCHIVED, is_archived

ALL = [(family, version) for family, found in ARCHIVED.items() for version in sorted(found)]


@pytest.mark.parametrize(("family", "version"), ALL)
def test_what_is_archived_has_ended(family: str, version: str) -> None:
    row = eol(family, version)
    assert row is not None
    assert row.is_past(date(2026, 11, 24)) or version == "14.04"


@pytest.mark.parametrize(
    ("family", "version"),
    [
        ("debian", "11"),
        ("ubuntu", "18.04"),
        ("ubuntu", "25.04"),
        ("alpine", "3.9"),
        ("debian", None),
    ],
)
def test_an_end_alone_does_not_take_packages_away(family: str, version: str | None) -> None:
    assert not is_archived(family, version)
