"""Two other readers must see the same, on the texts that they read as BuildKit does."""

import io
import re

import e2b_dockerfile_utils
from dockerfile_parse import DockerfileParser
from hypothesis import assume, given
from hypothesis import strategies as st

from dockerlint_py.dockerfile import Instruction, expand, expand_content, parse
from dockerlint_py.text import Source


def parts(text: str) -> list[str]:
    """The alternatives of a text, between bars."""
    return text.split("|")


BLANKS = st.sampled_from([" ", "  ", "\t"])
NEWLINES = st.sampled_from(["\n", "\r\n"])
ARGUMENTS = st.text(alphabet="ab=\"'[]$,.#/-é", min_size=1, max_size=8).map(lambda text: "a" + text)
KEYWORDS = st.sampled_from(
    parts("FROM|RUN|copy|Add|ENV|LABEL|ARG|CMD|ENTRYPOINT|EXPOSE|SHELL|USER|VOLUME|WORKDIR")
)


@st.composite
def shared_dockerfiles(draw: st.DrawFn) -> str:
    """No here-document, no blank line in a continuation, every continuation ends."""
    escape = draw(st.sampled_from("\\`"))
    newline = draw(NEWLINES)
    lines = draw(
        st.sampled_from([[], ["# escape=" + escape], ["# syntax=x", "#escape = " + escape]])
    )
    if not lines and escape == "`":
        escape = "\\"
    for _ in range(draw(st.integers(1, 5))):
        lines += draw(st.sampled_from([[], [""], ["# comment"], ["  # comment " + escape]]))
        line = draw(st.sampled_from(["", " ", "\t"])) + draw(KEYWORDS) + draw(BLANKS)
        for _ in range(draw(st.integers(0, 3))):
            lines.append(line + draw(ARGUMENTS) + " " + escape + draw(st.sampled_from(["", "  "])))
            lines += draw(st.sampled_from([[], ["# comment"], ["   # comment"]]))
            line = "  "
        lines.append(line + draw(ARGUMENTS))
    return newline.join(lines) + newline


@given(shared_dockerfiles())
def test_dockerfile_parse_sees_the_same_instructions(text: str) -> None:
    own = [
        (item.keyword, item.start_line, item.end_line)
        for item in parse(Source("Dockerfile", text)).instructions
    ]
    other = [
        (item["instruction"], item["startline"] + 1, item["endline"] + 1)
        for item in DockerfileParser(fileobj=io.BytesIO(text.encode())).structure
        if item["instruction"] != "COMMENT"
    ]
    assert own == other


FRAGMENTS = [
    *parts(" |  |\t|\\\n|\\ \n|\n|# c\n|\n# c\n|\r\n|a|b=c|=|é|1|[1]|[|]|CMD |NONE"),
    *parts('--a=b|--mount=type=cache,id="x y"|--from=x|--|$x|${x:-y}|${x@Q}|"|\'|\\"|\\\\'),
    *parts('["a", "b\\n"]|<<EOF|<<-EOF|<< EOF|<<"EOF"|3<<E|\nEOF\n|\n\tEOF\n|\nE\n'),
]
HEADS = st.sampled_from(["", "# escape=\\\n", "# syntax=x\n", "\n", "# hi\n", "\ufeff"])
STATEMENTS = st.tuples(
    st.sampled_from(parts("RUN|run|ENV|LABEL|ARG|CMD|EXPOSE|HEALTHCHECK|SHELL|USER|COPY|ADD")),
    st.sampled_from([" ", "\t", "\\\n "]),
    st.lists(st.sampled_from(FRAGMENTS), max_size=7).map("".join),
    st.sampled_from(["\n", "", "\nEOF\n"]),
).map("".join)
REFUSED = {
    "duplicate-directive",
    "empty-file",
    "empty-instruction",
    "invalid-escape",
    "json-not-strings",
    "missing-equals",
    "missing-value",
    "unknown-instruction",
    "unterminated-heredoc",
}


def as_e2b(instruction: Instruction) -> object:
    return (
        instruction.keyword,
        (instruction.start_line, instruction.end_line),
        [flag.word.value for flag in instruction.flags],
        [word.value for word in instruction.args],
        instruction.json,
        [(item.name, item.content, item.chomp, item.expand) for item in instruction.heredocs],
    )


def from_e2b(instruction: e2b_dockerfile_utils.DockerfileInstruction) -> object:
    name = instruction.name.upper()
    args = instruction.args
    if name in {"ENV", "LABEL"}:
        # It gives the separator as a third word.
        args = [word for number, word in enumerate(args) if number % 3 < 2]
    return (
        name,
        (instruction.start_line, instruction.end_line),
        instruction.flags,
        args,
        instruction.json,
        [(item.name, item.content, item.chomp, item.expand) for item in instruction.heredocs],
    )


@given(HEADS, st.lists(STATEMENTS, min_size=1, max_size=3).map("\n".join))
def test_e2b_sees_the_same(head: str, body: str) -> None:
    # It deviates from BuildKit on purpose in words of COPY and ADD with quotes or escapes.
    assume(not re.search(r"(?i)(copy|add)", body) or not re.search(r"[\"'\\]", body))
    text = f"{head}FROM a\n{body}"
    dockerfile = parse(Source("Dockerfile", text))
    refused = any(problem.code in REFUSED for problem in dockerfile.problems)
    try:
        other = e2b_dockerfile_utils.parse_dockerfile_ast(text)
    except e2b_dockerfile_utils.DockerfileSyntaxError:
        assert refused
        return
    assert not refused
    assert [as_e2b(item) for item in dockerfile.instructions] == [
        from_e2b(item) for item in other.instructions
    ]


VARIABLES = {"A": "foobar", "B": "", "C": "a/b/c.tar"}
SUBSTITUTIONS = st.recursive(
    st.lists(
        st.sampled_from(
            [*"xab/.*? é_1$", "\\*", "\\/", "\\}", "\\$", "'a b'", '"$A"', "$A", "$N", '"']
        ),
        max_size=3,
    ).map("".join),
    lambda inner: st.builds(
        "${{{}{}{}{}}}{}".format,
        st.sampled_from("ABCN"),
        st.sampled_from([":-", "-", ":+", "+", ":?", "?", "#", "##", "%", "%%"]),
        inner,
        st.just(""),
        inner,
    ),
    max_leaves=4,
)


@given(SUBSTITUTIONS, st.booleans())
def test_e2b_expands_the_same(word: str, quotes: bool) -> None:
    lexer = e2b_dockerfile_utils.ShellLex(
        "\\", env=VARIABLES, skip_unset_env=False, skip_process_quotes=not quotes
    )
    own = expand(word, VARIABLES.get) if quotes else expand_content(word, VARIABLES.get)
    try:
        other, error = lexer.process_word(word), ""
    except ValueError as refusal:
        other, error = "", str(refusal)
    assert own.text == other
    assert bool(own.error) == bool(error)
    # It prints the pattern of % backwards.
    assert error.endswith(own.error or "") or "invalid pattern" in error
