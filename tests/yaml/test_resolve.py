"""Types of scalars, as go-yaml v3 gives them to Compose."""

import math

import pytest

from dockerlint_py.text import Source
from dockerlint_py.yaml import (
    BadTagError,
    ScalarNode,
    SequenceNode,
    Timestamp,
    parse,
    resolve,
)


def scalar(text: str) -> ScalarNode:
    root = parse(Source("compose.yml", f"- {text}\n")).documents[0].root
    assert isinstance(root, SequenceNode)
    node = root.items[0]
    assert isinstance(node, ScalarNode)
    return node


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("22:22", "22:22"),
        ("true", True),
        ("~", None),
        ("", None),
        ("'~'", "~"),
        ("010", 8),
        ("08", 8.0),
        ("0o17", 15),
        ("0x10", 16),
        ("0b11", 3),
        ("-0x10", -16),
        ("+5", 5),
        ("1_000", 1000),
        ("3.10", 3.1),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("9999999999999999999", 9999999999999999999),
        ("99999999999999999999", 1e20),
        (".inf", math.inf),
        ("1.2.3", "1.2.3"),
        ("0x", "0x"),
        ("!!str 5", "5"),
        ("!!int '5'", 5),
        ("!!float 5", 5.0),
        ("!custom 5", "5"),
        ("! 5", "5"),
        ("!!binary aGk=", "hi"),
    ],
)
def test_values(text: str, value: object) -> None:
    made = resolve(scalar(text))
    assert made == value
    assert type(made) is type(value)


@pytest.mark.parametrize(
    "text", ["2020-01-02", "2001-1-2 3:4:5", "2001-12-14T21:59:43Z", "2001-12-14t21:59:43.1-05:00"]
)
def test_dates_are_neither_text_nor_number(text: str) -> None:
    assert isinstance(resolve(scalar(text)), Timestamp)


@pytest.mark.parametrize("text", ["2020-13-01", "2001-12-14T21:59:43", "12-01-01", "'2020-01-02'"])
def test_what_only_looks_like_a_date_is_text(text: str) -> None:
    made = resolve(scalar(text))
    assert isinstance(made, str)
    assert not isinstance(made, Timestamp)


@pytest.mark.parametrize("text", ["!!int x", "!!bool 'yes'", "!!float x", "!!binary '*'"])
def test_a_tag_that_does_not_fit(text: str) -> None:
    with pytest.raises(BadTagError):
        resolve(scalar(text))
