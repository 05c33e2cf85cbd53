import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.knowledge.stage_names import DATE, SOURCE, purpose, purposes


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("prod", "prod"),
        ("django-production", "prod"),
        ("docker-compose.prod.yml", "prod"),
        ("Runtime", "prod"),
        ("dev", "dev"),
        ("web_dev", "dev"),
        ("python-dev-stage", "dev"),
        ("test", "test"),
        ("app.ci", "test"),
        ("builder", "build"),
        ("dev-builder", "dev"),
        ("production-test", None),
        ("dev-test", None),
        ("base", None),
        ("devise", None),
        ("product", None),
        ("contest", None),
        ("", None),
    ],
)
def test_purpose(name: str, expected: str | None) -> None:
    assert purpose(name) == expected


def test_a_name_may_say_several_things() -> None:
    assert purposes("prod-test") == {"prod", "test"}


@given(st.text(max_size=60))
def test_purpose_is_one_of_the_purposes(name: str) -> None:
    assert purpose(name) in {None, *purposes(name)}


def test_dated() -> None:
    assert SOURCE
    assert DATE
