"""Constraints: what Poetry allows was recorded from poetry-core 2.2, see CONSTRAINTS."""

import pytest

from dockerlint_py.manifests.versions import pep440, pipfile, poetry

GRID = [
    "0.0.3",
    "0.0.4",
    "0.1",
    "0.1.5",
    "0.2",
    "1.0",
    "1.2",
    "1.2.3",
    "1.2.4",
    "1.3",
    "1.9.9",
    "2.0",
    "2.1",
    "3.11",
    "3.12",
    "4.0",
]
# Which versions of GRID poetry.core.constraints.version.parse_constraint(...).allows.
CONSTRAINTS = {
    "*": "0.0.3 0.0.4 0.1 0.1.5 0.2 1.0 1.2 1.2.3 1.2.4 1.3 1.9.9 2.0 2.1 3.11 3.12 4.0",
    "": "0.0.3 0.0.4 0.1 0.1.5 0.2 1.0 1.2 1.2.3 1.2.4 1.3 1.9.9 2.0 2.1 3.11 3.12 4.0",
    "1.2": "1.2",
    "==1.2": "1.2",
    "=1.2": "1.2",
    "1.2.*": "1.2 1.2.3 1.2.4",
    "==1.*": "1.0 1.2 1.2.3 1.2.4 1.3 1.9.9",
    "^1": "1.0 1.2 1.2.3 1.2.4 1.3 1.9.9",
    "^1.2": "1.2 1.2.3 1.2.4 1.3 1.9.9",
    "^1.2.3": "1.2.3 1.2.4 1.3 1.9.9",
    "^0.1": "0.1 0.1.5",
    "^0.0.3": "0.0.3",
    "^0.0": "0.0.3 0.0.4",
    "^0": "0.0.3 0.0.4 0.1 0.1.5 0.2",
    "~1": "1.0 1.2 1.2.3 1.2.4 1.3 1.9.9",
    "~1.2": "1.2 1.2.3 1.2.4",
    "~1.2.3": "1.2.3 1.2.4",
    "~0.1": "0.1 0.1.5",
    "~=1": "1.0",
    "~=1.2": "1.2 1.2.3 1.2.4 1.3 1.9.9",
    "~=1.2.3": "1.2.3 1.2.4",
    ">=1.2": "1.2 1.2.3 1.2.4 1.3 1.9.9 2.0 2.1 3.11 3.12 4.0",
    "> 1.2": "1.2.3 1.2.4 1.3 1.9.9 2.0 2.1 3.11 3.12 4.0",
    ">=1.2,<2": "1.2 1.2.3 1.2.4 1.3 1.9.9",
    ">=1.2 <2": "1.2 1.2.3 1.2.4 1.3 1.9.9",
    "!=1.2": "0.0.3 0.0.4 0.1 0.1.5 0.2 1.0 1.2.3 1.2.4 1.3 1.9.9 2.0 2.1 3.11 3.12 4.0",
    "^1 || ^3": "1.0 1.2 1.2.3 1.2.4 1.3 1.9.9 3.11 3.12",
    "1.2 || >=4": "1.2 4.0",
    "^3.11": "3.11 3.12",
    "~3.11": "3.11",
    ">=3.11,!=3.12": "3.11 4.0",
    "<=1.2.*": "0.0.3 0.0.4 0.1 0.1.5 0.2 1.0 1.2",
}


@pytest.mark.parametrize(("text", "allowed"), CONSTRAINTS.items())
def test_poetry(text: str, allowed: str) -> None:
    versions = poetry(text)
    assert [version for version in GRID if versions.allows(version)] == allowed.split()


@pytest.mark.parametrize("text", ["one", "^", "^x", ">=1,<", "1 2 x", "^1.2.3.*.*", "x" * 10_000])
def test_unreadable_constraints(text: str) -> None:
    versions = poetry(text)
    assert (versions.known, versions.allows("1.0"), versions.pin) == (False, None, None)


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("==1.2", "1.2"),
        ("===1.2", "1.2"),
        ("==1.*", None),
        (">=1", None),
        ("==1,!=2", None),
        ("", None),
    ],
)
def test_pins(text: str, pin: str | None) -> None:
    assert pep440(text).pin == pin


def test_what_is_allowed() -> None:
    assert pep440("").anything
    assert pipfile("*").anything
    assert pep440(">=1").allows("1.0rc1") is False
    assert pep440(">=1").allows("nonsense") is None
    assert pep440("not a specifier").allows("1") is None


@pytest.mark.parametrize(
    ("text", "minor", "allowed"),
    [
        (">=3.12", "3.12", True),
        (">=3.12", "3.11", False),
        (">=3.12.4", "3.12", True),
        ("<3.12", "3.12", False),
        ("<=3.12", "3.12", True),
        ("==3.12.*", "3.12", True),
        ("==3.12.3", "3.12", True),
        ("!=3.12.*", "3.12", False),
        (">=3.9,<4", "3.14", True),
        ("garbage", "3.12", None),
    ],
)
def test_python_minors(text: str, minor: str, allowed: bool | None) -> None:
    assert pep440(text).allows_python(minor) is allowed
