"""Places in TOML files: exact where the form is plain, never wrong anywhere."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.manifests.toml import Key, TomlFile
from dockerlint_py.text import Source

TEXT = """\
# comment ["no"]
title = "a # b"
[project]
name = 'x'
dependencies = [
    "flask==1",  # one
    'uvicorn[standard]',
    \"\"\"multi
line\"\"\",
]
"quoted key" = 1
a.b.c = { d = [1, 2], "e f" = "]" }
[project.optional-dependencies]
web = ["x", ["y"]]
[tool."a.b"]
date = 1979-05-27 07:32:32Z
[[source]]
url = "one"
[[source]]
url = "two"
[source.sub]
deep = true
[[source.items]]
n = 1
"""

PLACES: list[tuple[tuple[Key, ...], str]] = [
    (("title",), "a # b"),
    (("project", "name"), "x"),
    (("project", "dependencies", 0), "flask==1"),
    (("project", "dependencies", 1), "uvicorn[standard]"),
    (("project", "dependencies", 2), '"""multi\nline"""'),
    (("project", "quoted key"), "1"),
    (("project", "a", "b", "c", "d", 1), "2"),
    (("project", "a", "b", "c", "e f"), "]"),
    (("project", "optional-dependencies", "web", 1, 0), "y"),
    (("tool", "a.b", "date"), "1979-05-27 07:32:32Z"),
    (("source", 0, "url"), "one"),
    (("source", 1, "url"), "two"),
    (("source", 1, "sub", "deep"), "true"),
    (("source", 1, "items", 0, "n"), "1"),
    (("source", 1), "[[source]]"),
    (("project",), "[project]"),
    # What is not there gets the place of what would hold it.
    (("project", "dependencies", 9), "dependencies"),
    (("project", "missing"), "[project]"),
    (("missing",), '# comment ["no"]'),
]


@pytest.mark.parametrize(("path", "expected"), PLACES)
def test_places(path: tuple[Key, ...], expected: str) -> None:
    assert TomlFile(Source("p.toml", TEXT)).place(*path).text == expected


def test_a_place_with_its_key() -> None:
    toml = TomlFile(Source("p.toml", TEXT))
    assert toml.place_with_key("project", "name").text == "name = 'x'"


def test_a_byte_order_mark_and_broken_files() -> None:
    assert TomlFile(Source("p.toml", '\ufeffa = "x"')).place("a").text == "x"
    broken = TomlFile(Source("p.toml", "a = \nb = 1"))
    assert broken.error
    assert broken.place("b").text == "a = "


def test_deep_nesting_ends() -> None:
    for depth in (25, 200, 50_000):
        toml = TomlFile(Source("p.toml", "a = " + "[" * depth + "1" + "]" * depth))
        assert toml.place("a", *[0] * depth).line == 1


KEYS = st.sampled_from(["a", "b", '"q k"', "'l'", "a.b", "1"])
SCALARS = st.sampled_from(
    ["1", "true", '"s"', "'s'", '"#]"', '"\\"x"', '"""m\n"q"""', "'''l\n'''", "1.5", "[]", "{}",
     "1979-05-27 07:32:32", "inf", '""']
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ",\n # c\n".join(items) + "]"),
        st.lists(st.tuples(KEYS, inner), max_size=2).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=5,
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    KEYS.map(lambda key: f"[{key}]"),
    KEYS.map(lambda key: f" [[ {key} ]] # c"),
    st.just("# comment"),
)


def leaves(value: object, path: tuple[Key, ...] = ()) -> list[tuple[tuple[Key, ...], object]]:
    """All paths to values that are neither tables nor arrays."""
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for n, item in enumerate(value) for leaf in leaves(item, (*path, n))]
    return [(path, value)]


@given(st.lists(LINES, max_size=8))
def test_a_place_holds_its_value_or_is_coarser(lines: list[str]) -> None:
    text = "\n".join(lines)
    toml = TomlFile(Source("p.toml", text))
    if toml.error:
        return
    for path, value in leaves(toml.data):
        found = toml.place(*path)
        start, end = found.span
        if text[start - 1 : start] in ("'", '"') and text[end : end + 1] == text[start - 1]:
            start, end = start - 1, end + 1
        try:
            here = tomllib.loads(f"x = {text[start:end]}")["x"]
        except tomllib.TOMLDecodeError:
            assert found.text[:1] == "[" or not found.text or found.span.start == 0
            continue
        assert here == value or found.span.start == 0


@given(st.lists(LINES, min_size=1, max_size=6))
def test_every_plain_value_is_found(lines: list[str]) -> None:
    text = "\n".join(["first = 1", *lines])
    toml = TomlFile(Source("p.toml", text))
    if toml.error or "\\" in text:
        return
    for path, value in leaves(toml.data):
        if path != ("first",) and isinstance(value, str) and value:
            assert toml.place(*path).text.strip("\"'").strip("\n") in (value, value.strip("\n"))


@given(st.text(alphabet="ab=[]{}\"'#,.\n\\ 1", max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    toml = TomlFile(Source("p.toml", text))
    place = toml.place("a", 0, "b")
    assert 0 <= place.span.start <= place.span.end <= len(text)
