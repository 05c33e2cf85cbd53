"""Configuration files are taken apart as nginx does it, with exact positions."""

from collections.abc import Iterator
from tempfile import NamedTemporaryFile

import crossplane
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.nginx import Directive, Word, parse
from dockerlint_py.text import Source

Tree = tuple[object, ...]


def tree(directives: tuple[Directive, ...]) -> list[Tree]:
    """Names, arguments and blocks without positions."""
    return [
        (each.name.text, *each.values, *([tree(each.block)] if each.block is not None else []))
        for each in directives
    ]


def read(text: str) -> list[Tree]:
    parsed = parse(Source("nginx.conf", text))
    assert parsed.problem is None
    return tree(parsed.directives)


# What nginx 1.22.1 makes of each was looked up with `nginx -T` and by requests.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("listen 80;", [("listen", "80")]),
        ("a 1; # b 2;\nc;", [("a", "1"), ("c",)]),
        ("a b#c;", [("a", "b#c")]),
        ("server { listen 80; }", [("server", [("listen", "80")])]),
        ("server{listen 80;}", [("server", [("listen", "80")])]),
        ("a 'b c' \"d;e\";", [("a", "b c", "d;e")]),
        (r"a 'it\'s' b\;c;", [("a", "it's", r"b\;c")]),
        (r'a "\t\\\$";', [("a", "\t\\\\$")]),
        ("set $a ${b}c;", [("set", "$a", "${b}c")]),
        ("return 200 a}b;", [("return", "200", "a}b")]),
        ("a 'b'c;", None),
        ("a 'b;", None),
        ("a", None),
        ("server { a;", None),
        ("}", None),
        ("a }", None),
        (";", None),
        ("{ a; }", None),
        ("", []),
        ("location ~ ^/(a|b)$ { }", [("location", "~", "^/(a|b)$", [])]),
        ('x_by_lua_block { f("}") ; if a then b = {} end } c;', None),
        ("x_by_lua_block { it's = {} } c;", [("x_by_lua_block", []), ("c",)]),
    ],
)
def test_forms(text: str, expected: list[Tree] | None) -> None:
    parsed = parse(Source("nginx.conf", text))
    assert (parsed.problem is not None) == (expected is None), parsed
    if expected is not None:
        assert tree(parsed.directives) == expected


def test_positions_are_exact() -> None:
    text = "upstream app {\n    server 'web:8000' down;\n}\n"
    (upstream,) = parse(Source("nginx.conf", text)).directives
    assert upstream.place.text == "upstream app"
    (server,) = upstream.block or ()
    assert server.place.text == "server 'web:8000' down"
    assert server.args[0].place.text == "'web:8000'"
    assert server.args[0].text == "web:8000"


@given(st.text(alphabet="ab $;{}\"'\\#\n\t", max_size=60))
def test_nothing_is_refused_with_an_exception_and_places_fit(text: str) -> None:
    parsed = parse(Source("nginx.conf", text))
    for word in flat(parsed.directives):
        shown = word.place.text
        assert shown == word.text or word.quoted or "\\" in shown


def test_deep_and_long_texts_end_soon() -> None:
    for text in ("a{" * 100_000, "a;" * 200_000, "'" + "\\'" * 100_000, "a_by_lua_block{" * 50_000):
        assert parse(Source("nginx.conf", text)).problem is not None


WORDS = st.text(alphabet="abc/:.$-_=~^", min_size=1, max_size=8)
QUOTED = st.text(alphabet="ab ;{}#'", max_size=8).map(lambda text: f'"{text}"')
SIMPLE = st.builds(
    lambda name, args: " ".join((name, *args)) + ";",
    st.text(alphabet="abc_", min_size=1, max_size=5),
    st.lists(WORDS | QUOTED, max_size=3),
)
CONFIGS = st.recursive(
    SIMPLE,
    lambda inner: st.builds(
        lambda name, items: f"{name} {{\n" + "\n".join(items) + "\n}",
        st.text(alphabet="abc_", min_size=1, max_size=5),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(st.lists(CONFIGS, max_size=4).map("\n".join))
def test_words_and_lines_are_those_of_crossplane(text: str) -> None:
    with NamedTemporaryFile("w", suffix=".conf") as file:
        file.write(text)
        file.flush()
        lexed = [each for each in crossplane.lex(file.name) if each[2] or each[0] not in ";{}"]
    parsed = parse(Source("nginx.conf", text))
    assert parsed.problem is None
    words = [(word.text, word.place.line) for word in flat(parsed.directives)]
    assert words == [(text, line) for text, line, _ in lexed]


def flat(directives: tuple[Directive, ...]) -> Iterator[Word]:
    """The words in the order of the file."""
    for each in directives:
        yield each.name
        yield from each.args
        yield from flat(each.block or ())
