"""Path patterns: Go's own table, and the matchers against one another."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dockerlint_py.context.globs import (
    ANYTHING,
    FOLDERS,
    NOT_SLASH,
    STAR,
    Automaton,
    Glob,
    Token,
    as_regex,
    literal,
)
from dockerlint_py.context.gomatch import BadPatternError, docker_glob, go_glob

TOKENS = st.sampled_from([ANYTHING, FOLDERS, NOT_SLASH, STAR, literal("a"), literal("/")])


@example([STAR, literal("a")], "b/a")
@example([FOLDERS, STAR, literal("a")], "b/ba")
@example([FOLDERS, literal("a")], "b/ba")
@example([literal("a"), STAR], "a/b")
@given(st.lists(TOKENS, max_size=8), st.text("ab/", max_size=10))
def test_all_matchers_agree(tokens: list[Token], text: str) -> None:
    expected = re.fullmatch(as_regex(tokens), text, re.DOTALL) is not None
    assert Automaton(tokens).matches(text) == expected
    glob = Glob(tokens)
    assert glob.matches(text) == expected
    assert not expected or glob.slashes in (None, text.count("/"))


# From the documentation of Go's path/filepath.Match and its properties.
@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("*.py", ["a.py", ".py"], ["a/b.py", "a.pyc"]),
        ("a?c", ["abc", "aéc"], ["a/c", "ac"]),
        ("src/*/x", ["src/a/x"], ["src/x", "src/a/b/x"]),
        ("**/x", ["a/x"], ["x", "a/b/x"]),
        ("[a-c]x", ["ax", "cx"], ["dx"]),
        ("[^a-c]x", ["dx"], ["ax"]),
        ("[!a]x", ["!x", "ax"], ["bx"]),
        (r"a\*b", ["a*b"], ["aab"]),
        ("x]", ["x]"], []),
    ],
)
def test_go_match(pattern: str, matching: list[str], other: list[str]) -> None:
    glob = go_glob(pattern)
    assert [text for text in matching + other if glob.matches(text)] == matching


@pytest.mark.parametrize("pattern", ["[", "[]", "[]a]", "[a-]", "[-a]", "a\\", "[^", "[a\\"])
def test_go_refuses(pattern: str) -> None:
    with pytest.raises(BadPatternError):
        go_glob(pattern)


@given(st.text("ab*?[]^-\\/.!é\n", max_size=12), st.text(max_size=8))
def test_any_pattern_is_read_or_refused(pattern: str, text: str) -> None:
    for parse in (go_glob, docker_glob):
        try:
            parse(pattern).matches(text)
        except BadPatternError:
            continue


@pytest.mark.parametrize("pattern", ["*a" * 40, "**/a" * 40, "a**" * 40 + "z", "?*" * 40])
def test_hostile_patterns_take_no_time(pattern: str) -> None:
    started = time.perf_counter()
    assert not docker_glob(pattern).matches("a" * 4000 + "/b/" + "a" * 90 + "!/")
    assert time.perf_counter() - started < 2
