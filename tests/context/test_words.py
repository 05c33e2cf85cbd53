"""Shell lines as words, compared with a real shell where they are static."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.context.words import split_commands
from dockerlint_py.text import LogicalText, Source, Span


def split(text: str) -> list[list[str]]:
    line = LogicalText.verbatim(Source("x.sh", text), Span(0, len(text)))
    return [[word.text for word in command.words] for command in split_commands(line)]


def dynamic(text: str) -> list[bool]:
    line = LogicalText.verbatim(Source("x.sh", text), Span(0, len(text)))
    return [word.dynamic for word in split_commands(line)[0].words]


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("a b  c", [["a", "b", "c"]]),
        ("a && b;c || d | e & f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]),
        ("(a b)", [["a", "b"]]),
        ("a 'b c' \"d e\" f'g'\"h\"", [["a", "b c", "d e", "fgh"]]),
        (r"a b\ c \"", [["a", "b c", '"']]),
        ("a # b", [["a"]]),
        ("a b#c", [["a", "b#c"]]),
        ("a > f 2>&1 b", [["a", "b"]]),
        ("a - < Dockerfile", [["a", "-"]]),
        ("a $(b c) d", [["a", "$(b c)", "d"]]),
        ("a ${b c}/d {{ .X }} e", [["a", "${b c}/d", "{{ .X }}", "e"]]),
        ("a ${{ x.y }}:z", [["a", "${{ x.y }}:z"]]),
        ('a ""', [["a", ""]]),
        ('docker build .",', [["docker", "build", "."]]),
        ("docker build . 'open", [["docker", "build", "."]]),
        ("a '", [["a"]]),
        ("", []),
    ],
)
def test_commands(text: str, commands: list[list[str]]) -> None:
    assert split(text) == commands


def test_what_is_dynamic() -> None:
    assert dynamic("a $b '$c' \"$d\" `e` {{f}} '{{g}}' \\$h $(i)") == [
        *(False, True, False, True, True, True, True, False, True)
    ]


def test_places() -> None:
    source = Source("x.sh", "echo && docker build . > x")
    line = LogicalText.verbatim(source, Span(0, len(source.text)))
    assert split_commands(line)[1].place.text == "docker build ."


@given(st.lists(st.text("ab '\"\\#;&|<>(){}é", max_size=6), min_size=1, max_size=5))
def test_quoted_words_come_back(words: list[str]) -> None:
    assert split(shlex.join(words)) == [words]


@given(st.text("ab $({})'\"\\`|<>&;#\n", max_size=40))
def test_any_line_is_split(text: str) -> None:
    split(text)
