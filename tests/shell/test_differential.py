"""The splitter against tree-sitter-bash and `bash -n` on generated scripts."""

import subprocess
from functools import cache

import pytest
import tree_sitter_bash
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_sitter import Language, Node, Parser

from dockerlint_py.shell import Script, split
from dockerlint_py.text import LogicalText, Source, Span

# Left out because tree-sitter-bash misreads it, though bash does not: the reserved words `time` and
# `coproc` (read as commands), a word that begins with an escaped blank or is a lone `$` (joined to
# its neighbour), two substitutions in a row as words (joined), `! ((...))` (a command).
WORDS = [
    "a",
    "b-c",
    "./d",
    "'q r'",
    '"s $t"',
    '"$(u v)"',
    "$w",
    "${x:-y}",
    "$(z; zz)x",
    "x`k`",
    "$((1 + 2))",
    "e=f",
    "--g=$(h)",
    "i\\ j",
    "~/l",
    "*.m",
    "{n,o}",
    "<(p)",
    "if",
    "done",
    "$'r\\t'",
    "s#t",
]
FIRST = ["a", "./b", "'c'", "d\\ e", "[ -f x ] && a", "[[ $x =~ ^(a|b)$ ]] || a", "X=1 e"]
REDIRECTIONS = [" >x", " 2>&1", " <<<y", " &>>z"]
COMPOUND = [
    "if ! h; then {1}; fi",
    "if {0}\nthen {1}\nelif {2}; then {0}\nelse {1}; fi",
    "while {0}; do {1}; done <x",
    "until {0}\ndo\n{1}\ndone",
    "for i in 1 $(two); do {0}; done",
    "for ((i = 0; i < 3; i++)); do {0}; done",
    "case $x in a | b) {0} ;; (c)\n{1}\n;; *) {2}; esac",
    "{{ {0}; }} 2>&1",
    "( {0} )",
    "f() {{ {0}; }}",
    "function g {{ {0}\n}}",
    "x=({0:.0}1 '2' # it's\n3)",
    "((i++))",
    "y=$({0})",
    'echo "$({0})" {1:.0}',
    "# it's a \"comment\n{0}",
]


def simple() -> st.SearchStrategy[str]:
    return st.builds(
        lambda first, words, redirection: " ".join([first, *words]) + redirection,
        st.sampled_from(FIRST),
        st.lists(st.sampled_from(WORDS), max_size=3, unique=True),
        st.one_of(st.just(""), st.sampled_from(REDIRECTIONS)),
    )


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.builds(
        lambda left, join, right: f"{left}{join}{right}",
        inner,
        st.sampled_from([" && ", " || ", "; ", " | ", "\n", " && \\\n  ", " &\n"]),
        inner,
    )
    wrapped = st.builds(
        lambda template, *members: template.format(*members),
        st.sampled_from(COMPOUND),
        inner,
        inner,
        inner,
    )
    return joined | wrapped


SCRIPTS = st.recursive(simple(), compound, max_leaves=8)


def parse(text: str) -> Script:
    return split(LogicalText.verbatim(Source("x", text), Span(0, len(text))))


def names(script: Script) -> list[str]:
    return [command.words[0].raw for command in script.commands if command.words]


@cache
def parser() -> Parser:
    return Parser(Language(tree_sitter_bash.language()))


def tree_sitter_names(text: str) -> list[str] | None:
    """The first word of every command, or None where tree-sitter gives up."""
    root = parser().parse(text.encode()).root_node
    if root.has_error:
        return None
    found: list[str] = []
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        name = node.child_by_field_name("name") if node.type == "command" else None
        if node.type == "test_command":
            name = node.children[0]
        if name is not None and name.text is not None and name.text != b"((":
            found.append(name.text.decode())
        pending.extend(reversed(node.children))
    return found


@given(SCRIPTS)
@settings(max_examples=250, deadline=None)
def test_command_names_equal_tree_sitter(text: str) -> None:
    expected = tree_sitter_names(text)
    if expected is not None:
        assert names(parse(text)) == expected


@given(SCRIPTS)
@settings(max_examples=80, deadline=None)
def test_what_bash_accepts_has_no_problems(text: str) -> None:
    run = subprocess.run(["bash", "-n", "-c", text], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    assert parse(text).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "if a; then b",
        "a )",
        "echo 'x",
        'echo "x',
        "echo $(x",
        "echo ${x",
        "fi",
        "{ a",
        "case x in a) b",
        "for x in; do a",
        "a; done",
        "x=(1 2",
    ],
)
def test_what_bash_rejects_is_a_problem(text: str) -> None:
    assert subprocess.run(["bash", "-n", "-c", text], capture_output=True).returncode != 0
    assert parse(text).problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("time a", ["a"]),
        ("coproc a", ["a"]),
        ("\\  a", ["\\ "]),
        ("! ((x--)) && a", ["a"]),
        ("a `# comment` b", ["a"]),
    ],
)
def test_slips_of_tree_sitter(text: str, expected: list[str]) -> None:
    """Where the two differ, and why it is not the splitter: bash runs what `expected` says."""
    assert names(parse(text)) == expected
    assert tree_sitter_names(text) != expected
