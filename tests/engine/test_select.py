import pytest

from dockerlint_py.engine.errors import UserError
from dockerlint_py.engine.packs import Catalogue, load_catalogue, load_rule
from dockerlint_py.engine.select import select_rules


@pytest.fixture
def catalogue(pack: str) -> Catalogue:
    return load_catalogue([pack])


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({}, ["XYZ001", "XYZ002"]),
        ({"profile": "strict"}, ["XYZ001", "XYZ002", "XYZ003"]),
        ({"select": ["XYZ002"]}, ["XYZ002"]),
        ({"select": ["named-base"]}, ["XYZ001"]),
        ({"select": ["hygiene"]}, ["XYZ001"]),
        ({"select": ["xyz"]}, ["XYZ001", "XYZ002", "XYZ003"]),
        ({"select": ["XYZ"], "ignore": ["XYZ001"]}, ["XYZ002", "XYZ003"]),
        ({"extend_select": ["crashing"]}, ["XYZ001", "XYZ002", "XYZ003"]),
        ({"extend_select": ["XYZ003"], "ignore": ["XYZ003"]}, ["XYZ001", "XYZ002"]),
    ],
)
def test_selection(catalogue: Catalogue, options: dict[str, list[str]], ids: list[str]) -> None:
    assert [info.id for info in select_rules(catalogue, **options)] == ids  # type: ignore[arg-type]


def test_a_prefix_selects_nothing(catalogue: Catalogue) -> None:
    with pytest.raises(UserError, match="XYZ00"):
        select_rules(catalogue, select=["XYZ00"])


def test_an_unknown_selector_is_told_with_the_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(UserError, match=r'named-bse.*did you mean "named-base"'):
        select_rules(catalogue, ignore=["named-bse"])


def test_a_rule_tells_its_options(catalogue: Catalogue) -> None:
    info = catalogue.by_code("xyz001")
    assert info is not None
    assert load_rule(info).info == info
    assert [tuple(option) for option in info.options] == [
        ("word", "string", "base", "what the message begins with"),
        ("loud", "boolean", False, ""),
    ]


def test_a_pack_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UserError, match="not installed"):
        load_catalogue(["no_such_pack"])


def test_a_pack_without_rules_is_an_error() -> None:
    with pytest.raises(UserError, match="holds no rule"):
        load_catalogue(["json"])


def test_the_same_id_in_two_packs_is_an_error(pack: str) -> None:
    with pytest.raises(UserError, match="two rule packs define XYZ001"):
        load_catalogue([pack, pack])
