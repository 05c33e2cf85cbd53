"""Nodes, their places, and the bounds on hostile text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.text import Source
from dockerlint_py.yaml import (
    AliasNode,
    Limits,
    MappingNode,
    Node,
    Parsed,
    ScalarNode,
    SequenceNode,
    logical_text,
    parse,
)


def read(text: str) -> Parsed:
    return parse(Source("compose.yml", text))


def root(text: str) -> Node:
    parsed = read(text)
    assert not parsed.problems
    node = parsed.documents[0].root
    assert node is not None
    return node


def values(node: Node) -> dict[str, Node]:
    assert isinstance(node, MappingNode)
    return {key.place.text: value for key, value in node.pairs}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: x\nb: 'y z'\n", {"a": "x", "b": "'y z'"}),
        ("a: &n !!str x\n", {"a": "x"}),
        ("a: &n\n  b: 1\n", {"a": "b: 1"}),
        ("a: [1, 2] # c\n", {"a": "[1, 2]"}),
        ("a:\n  - 1\n  - 2\n\n# c\nb: 3\n", {"a": "- 1\n  - 2", "b": "3"}),
        ("\ufeffé: 😀\n", {"é": "😀"}),
        ("a: 'x\u2028y'\nb: z\n", {"a": "'x\u2028y'", "b": "z"}),
        ("a:\nb: 1\n", {"a": "", "b": "1"}),
    ],
)
def test_places_are_exact(text: str, places: dict[str, str]) -> None:
    assert {key: value.place.text for key, value in values(root(text)).items()} == places


def test_lines_end_at_line_feeds_only() -> None:
    node = values(root("a: 'x\u0085y'\nb: z\n"))["b"]
    assert node.place.line == 2


def test_duplicate_keys_and_merge_keys_are_kept() -> None:
    node = root("x: &x {}\na: 1\na: 2\n<<: *x\n<<: *x\n")
    assert isinstance(node, MappingNode)
    assert [key.place.text for key, _ in node.pairs] == ["x", "a", "a", "<<", "<<"]


def test_an_alias_has_its_own_place_and_its_target() -> None:
    node = values(root("a: &n [1]\nb: *n\n"))["b"]
    assert isinstance(node, AliasNode)
    assert node.place.text == "*n"
    assert isinstance(node.target, SequenceNode)
    assert node.target.place.text == "[1]"


def test_tags_are_kept_as_written() -> None:
    node = values(root("a: !reset null\nb: !override [x]\n"))
    assert [each.tag for each in node.values()] == ["!reset", "!override"]


def test_documents_are_separate_and_anchors_do_not_cross() -> None:
    parsed = read("a: &n 1\n---\nb: *n\n")
    assert len(parsed.documents) == 1
    assert "unknown anchor" in parsed.problems[0].message
    assert parsed.problems[0].place.line == 3


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a: [1\nb: 2\n", "expected", 2),
        ("a: &n [*n]\n", "contains itself", 1),
        ("a:\n\t- 1\n", "cannot start any token", 2),
        ("a: \x00\n", "control characters", 1),
        ("[" * 500 + "]" * 500, "nested deeper", 1),
    ],
)
def test_what_cannot_be_read_is_a_problem_at_its_line(text: str, message: str, line: int) -> None:
    (problem,) = read(text).problems
    assert message in problem.message
    assert problem.place.line == line


def test_deep_nesting_does_not_reach_the_recursion_of_the_parser() -> None:
    assert read("[" * 100_000 + "]" * 100_000).problems


def test_sizes_are_bounded() -> None:
    source = Source("compose.yml", "[1, 2, 3, 4]")
    assert not parse(source, Limits(nodes=5)).problems
    assert parse(source, Limits(nodes=4)).problems
    assert parse(source, Limits(characters=5)).problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", ["plain", "text"]),
        ("'it''s x'", ["it''s", "x"]),
        (r'"a\tb \u0041 c"', [r"a\tb", r"\u0041", "c"]),
        ("|\n  one\n    two\n  three\n", ["one", "two", "three"]),
        (">-\n  aa bb\n  cc\n\n  dd\n", ["aa", "bb", "cc", "dd"]),
        ('"one \\\n   two"', ["one", "two"]),
        ("plain\n  over lines", ["plain", "over", "lines"]),
    ],
)
def test_words_of_a_scalar_map_to_the_file(text: str, expected: list[str]) -> None:
    node = values(root(f"k: {text}\n"))["k"]
    assert isinstance(node, ScalarNode)
    logical = logical_text(node)
    found = []
    at = 0
    for word in logical.text.split(" ") if "\t" in logical.text else logical.text.split():
        start = logical.text.index(word, at)
        at = start + len(word)
        found.append(logical.place(start, at).text)
    assert found == expected


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for problem in read(text).problems:
        assert 0 <= problem.place.span.start <= len(text)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_every_scalar_maps_inside_its_node(text: str) -> None:
    for document in read(f"- {text}\n- |\n  {text}\n- '{text}'\n").documents:
        assert isinstance(document.root, SequenceNode)
        for node in document.root.items:
            if isinstance(node, ScalarNode) and node.value:
                logical = logical_text(node)
                span = logical.span(0, len(logical.text))
                assert node.start <= span.start <= span.end <= node.end
