"""Usual words in names of variables, and mistakes in them."""

import pytest

from dockerlint_py.knowledge.env_names import is_known_name, mistaken_word


@pytest.mark.parametrize(
    ("token", "word"),
    [
        ("PASSOWRD", "PASSWORD"),
        ("PASWORD", "PASSWORD"),
        ("ADRESS", "ADDRESS"),
        ("TIMEUOT", "TIMEOUT"),
        ("DATABSE", "DATABASE"),
        ("PASSWORDS", None),
        ("PASSWORD", None),
        ("SERVICES", None),
        ("TOKNE", None),
        ("WEATHER", None),
        ("REPLICAS", None),
    ],
)
def test_mistakes_in_words(token: str, word: str | None) -> None:
    assert mistaken_word(token) == word


@pytest.mark.parametrize("name", ["PGUSER", "UVICORN_PORT", "Path", "DJANGO_SETTINGS_MODULE"])
def test_names_that_somebody_reads(name: str) -> None:
    assert is_known_name(name)


def test_names_of_projects_are_not_known() -> None:
    assert not is_known_name("SHOP_TITLE")
