"""Variables: what the golden cases do not say, and the bounds."""

import pytest

from dockerlint_py.dockerfile import expand, expand_content

VARIABLES = {"A": "foobar", "EMPTY": "", "D": "xyxxyz"}


def test_names_and_unset_are_in_order_and_without_doubles() -> None:
    expansion = expand("$B$A${B:-$C}$A", VARIABLES.get)
    assert expansion.text == "foobarfoobar"
    assert expansion.names == ("B", "A", "C")
    assert expansion.unset == ("B", "C")


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("${A//?*/x}", "x"),
        ("${A//*/x}", "x"),
        ("${A///-}", "-f-o-o-b-a-r-"),
        ("${A///}", "foobar"),
        ("${EMPTY/*/x}", "x"),
        ("${A/o*a/}", "fr"),
        ("${A%%o*}", "f"),
        ("${A%o*}", "fo"),
        ("${D##*x}", "yz"),
        ("${A##'f*'}", ""),
        ("${A#$EMPTY}", "foobar"),
    ],
)
def test_patterns(word: str, text: str) -> None:
    expansion = expand(word, VARIABLES.get)
    assert (expansion.text, expansion.error) == (text, None)


def test_a_pattern_is_read_even_when_there_is_nothing_to_match() -> None:
    assert "invalid escape" in (expand("${NOPE#\\d}", VARIABLES.get).error or "")


def test_content_keeps_quotes_and_loses_backslashes() -> None:
    expansion = expand_content('it\'s "$A" \\$A \'\\n\' ${NOPE:-"d"}\n', VARIABLES.get)
    assert expansion.text == 'it\'s "foobar" $A \'n\' "d"\n'
    assert expansion.unset == ("NOPE",)


def test_nesting_is_bounded() -> None:
    shallow = "${NOPE:-" * 50 + "x" + "}" * 50
    assert expand(shallow, VARIABLES.get).text == "x"
    deep = expand("${NOPE:-" * 20_000, VARIABLES.get)
    assert deep.error == "substitutions are nested too deep"


def test_length_is_bounded() -> None:
    expansion = expand("$A" * 4, {"A": "x" * 10_000}.get)
    assert (expansion.text, expansion.error) == ("", "the value is too long")


def test_matching_is_bounded() -> None:
    expansion = expand("${A//*a*a*b/}", {"A": "a" * 5_000}.get)
    assert expansion.error == "the patterns take too long to match"
    assert expand("${A//a/b}", {"A": "a" * 5_000}.get).text == "b" * 5_000
