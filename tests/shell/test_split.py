"""What the splitter makes of shell text."""

import pytest

from dockerlint_py.shell import Command, Script, split
from dockerlint_py.text import LogicalText, Source, Span


def parse(text: str) -> Script:
    return split(LogicalText.verbatim(Source("run", text), Span(0, len(text))))


def argvs(text: str) -> list[list[str]]:
    return [[word.value for word in command.words] for command in parse(text).commands]


def only(text: str) -> Command:
    (command,) = parse(text).commands
    return command


def context(command: Command) -> list[str]:
    return [f"{block.kind} {block.label}".strip() for block in command.context]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  # only a comment", []),
        ("a b c", [["a", "b", "c"]]),
        ("a \\\n  b \\\n  # c", [["a", "b"]]),
        ("a\\\nb c", [["ab", "c"]]),
        ("echo a#b #c\nd", [["echo", "a#b"], ["d"]]),
        ("echo 'a b' \"c d\" e\\ f", [["echo", "a b", "c d", "e f"]]),
        ("echo ''", [["echo", ""]]),
        ("echo $'a\\tb' $\"c\"", [["echo", "a\tb", "c"]]),
        ('echo "a\\"b\\c"', [["echo", 'a"b\\c']]),
        (
            "a && b || c; d & e | f |& g\nh",
            [["a"], ["b"], ["c"], ["d"], ["e"], ["f"], ["g"], ["h"]],
        ),
        ("cat <<< 'here string' && b", [["cat"], ["b"]]),
        ("diff <(a x) >(b)", [["diff", "<(a x)", ">(b)"], ["a", "x"], ["b"]]),
        ("echo $(a $(b)) `c`", [["echo", "$(a $(b))", "`c`"], ["a", "$(b)"], ["b"], ["c"]]),
        ("echo `a \\`b\\``", [["echo", "`a \\`b\\``"], ["a", "`b`"], ["b"]]),
        ('echo "${A:-$(b "c")}"', [["echo", '${A:-$(b "c")}'], ["b", "c"]]),
        ("echo $((1 + $(n))) && ((i++)) && x", [["echo", "$((1 + $(n)))"], ["n"], ["x"]]),
        ("echo $((a) | b)", [["echo", "$((a) | b)"], ["a"], ["b"]]),
        ("a=(1 2 # it's\n 3) b; export c=(x) d", [["b"], ["export", "c=(x)", "d"]]),
        (
            "[[ $a =~ ^(x|y)$ && -f z ]] || b",
            [["[[", "$a", "=~", "^(x|y)$", "&&", "-f", "z", "]]"], ["b"]],
        ),
        ("[ -f x ] && y", [["[", "-f", "x", "]"], ["y"]]),
        ("echo if then fi done }", [["echo", "if", "then", "fi", "done", "}"]]),
        ("'if' a", [["if", "a"]]),
        ("time -p a; time -v b; ! c", [["a"], ["time", "-v", "b"], ["c"]]),
        ("case x in a) b;; esac; c", [["b"], ["c"]]),
        ("case x in esac; c", [["c"]]),
        ("(a; b) | c", [["a"], ["b"], ["c"]]),
        ("coproc X { a; }; coproc b", [["a"], ["b"]]),
        ("2>/dev/null a", [["a"]]),
    ],
)
def test_words(text: str, expected: list[list[str]]) -> None:
    script = parse(text)
    assert [[word.value for word in command.words] for command in script.commands] == expected
    assert script.problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if a; then b; fi", [["if"], ["then"]]),
        (
            "if a; then b; elif c; then d; else e; fi",
            [
                ["if"],
                ["then"],
                ["else", "if"],
                ["else", "then"],
                ["else", "else"],
            ],
        ),
        ("while a; do b; done", [["while"], ["do"]]),
        ("for x in 1 2; do a; done; b", [["for x"], []]),
        ("for x do a; done", [["for x"]]),
        ("for ((i=0; i<3; i++)); do a; done", [["for"]]),
        ("case $1 in web | start) a;; (*) b; esac; c", [["case web|start"], ["case *"], []]),
        (
            "f() { a; }; function g { b; }; c",
            [["function f", "group"], ["function g", "group"], []],
        ),
        ("f() a\nb", [["function f"], []]),
        ("(a && { b; })", [["subshell"], ["subshell", "group"]]),
        ("a $(b)", [[], ["$()"]]),
        ("if a; then x=$(b); fi", [["if"], ["then"], ["then", "$()"]]),
    ],
)
def test_context(text: str, expected: list[list[str]]) -> None:
    script = parse(text)
    assert [context(command) for command in script.commands] == expected
    assert script.problems == ()


def test_operators_join_commands_of_one_block() -> None:
    joins = [(c.before, c.after) for c in parse("a && b | c; (d; e) || f &").commands]
    assert joins == [("", "&&"), ("&&", "|"), ("|", ";"), ("", ";"), (";", ""), ("||", "&")]


def test_operators_around_a_compound_are_those_of_its_block() -> None:
    inner = parse("a && { b; } | c").commands[1]
    assert (inner.context[0].compound.before, inner.context[0].compound.after) == ("&&", "|")


def test_background_reaches_into_blocks() -> None:
    commands = parse("a & { b; } & (c); if d; then e; fi &").commands
    assert [c.name for c in commands if c.background] == ["a", "b", "d", "e"]


def test_blank_lines_do_not_break_a_chain() -> None:
    assert [c.before for c in parse("a &&\n\n# comment\nb").commands] == ["", "&&"]


def test_assignments() -> None:
    command = only('A=1 B="x y" C+=z D[0]=q E= F=~/x cmd G=1')
    assert [(a.name, a.value.value, a.appends) for a in command.assignments] == [
        ("A", "1", False),
        ("B", "x y", False),
        ("C", "z", True),
        ("D", "q", False),
        ("E", "", False),
        ("F", "~/x", False),
    ]
    assert [w.value for w in command.words] == ["cmd", "G=1"]
    assert [a.value.place.text for a in command.assignments][:2] == ["1", '"x y"']


def test_quoted_name_is_no_assignment() -> None:
    assert only("'A=1' b").assignments == ()


def test_redirections() -> None:
    command = only("a 2>&1 >out <in &>>all 3<>x >|y b")
    assert [(r.fd, r.operator, r.target.value) for r in command.redirections] == [
        (2, ">&", "1"),
        (None, ">", "out"),
        (None, "<", "in"),
        (None, "&>>", "all"),
        (3, "<>", "x"),
        (None, ">|", "y"),
    ]
    assert [w.value for w in command.words] == ["a", "b"]


def test_redirection_of_a_compound_comes_behind_its_commands() -> None:
    body, redirection = parse("while a\ndo b; done < list &").commands[1:]
    assert (body.name, context(body)) == ("b", ["do"])
    assert (redirection.words, redirection.context, redirection.after) == ((), (), "&")
    assert redirection.redirections[0].target.value == "list"


def test_heredocs() -> None:
    first, second, nested, last = parse(
        "cat <<EOF > x && cat <<-'END' <<B\n$(id)\nEOF\n\t\tone\n\tEND\ntwo\nB\nz\n"
    ).commands
    assert [(h.name, h.body.text, h.expand) for h in first.heredocs] == [("EOF", "$(id)\n", True)]
    assert [(h.name, h.body.text, h.expand) for h in second.heredocs] == [
        ("END", "one\n", False),
        ("B", "two\n", True),
    ]
    assert nested.name == "id"
    assert last.name == "z"


def test_heredoc_body_maps_to_the_file() -> None:
    (command,) = parse("sh <<-E\n\ta\n\t\tb c\n\tE\n").commands
    inner = split(command.heredocs[0].body).commands
    assert [c.place.text for c in inner] == ["a", "b c"]


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("echo 'abc", "unterminated single quote", "'"),
        ('echo "abc', "unterminated double quote", '"'),
        ("a )", "unexpected parenthesis", ")"),
        ("fi; a", "unexpected fi", "fi"),
        ("cat <<EOF\nx", "here-document without EOF", "EOF"),
        ("a >", "redirection without a target", ">"),
        ("if a; then b", "unfinished then", ""),
        ("echo $(a", "unterminated command substitution", ""),
        ("[[ a", "unterminated [[", "[["),
    ],
)
def test_problems(text: str, message: str, at: str) -> None:
    (problem,) = parse(text).problems
    assert (problem.message, problem.place.text) == (message, at)


def test_exec_form() -> None:
    source = Source("Dockerfile", 'CMD ["sh", "-c", "$X && y"]')
    argv = [LogicalText.verbatim(source, Span(*span)) for span in ((6, 8), (12, 14), (18, 25))]
    command = Command.from_argv(argv)
    assert [w.value for w in command.words] == ["sh", "-c", "$X && y"]
    assert not any(w.dynamic for w in command.words)
    assert [w.place.text for w in command.words] == ["sh", "-c", "$X && y"]
    assert command.place.text == 'sh", "-c", "$X && y'
