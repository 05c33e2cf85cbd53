"""Lines, directives, comments, places and problems."""

import pytest

from dockerlint_py.dockerfile import Dockerfile, Instruction, parse
from dockerlint_py.text import Source, Span


def read(text: str) -> Dockerfile:
    return parse(Source("Dockerfile", text))


def only(text: str) -> Instruction:
    [instruction] = read(text).instructions
    return instruction


def at(dockerfile: Dockerfile, span: Span) -> str:
    return dockerfile.source.text[span.start : span.end]


def test_directives_have_names_values_and_places() -> None:
    dockerfile = read("# Syntax = docker/dockerfile:1  \n#escape=`\n# a comment\nFROM a\n")
    assert [(item.name, item.value) for item in dockerfile.directives] == [
        ("syntax", "docker/dockerfile:1"),
        ("escape", "`"),
    ]
    assert [at(dockerfile, item.span) for item in dockerfile.directives] == [
        "# Syntax = docker/dockerfile:1",
        "#escape=`",
    ]
    assert dockerfile.escape == "`"


def test_comments_are_kept_outside_and_inside_of_continuations_but_not_in_heredocs() -> None:
    dockerfile = read(
        "# syntax=x\n# one\nFROM a\r\n  # two \r\n"
        "RUN a \\\n\t# three\n  b # no\nRUN <<E\n# no\nE\n#"
    )
    comments = [at(dockerfile, span) for span in dockerfile.comments]
    assert comments == ["# one", "# two", "# three", "#"]


def test_span_covers_continuations_and_heredocs() -> None:
    dockerfile = read("FROM a\n  RUN x \\\n   y\nCOPY <<A <<B /d\n1\nA\n2\nB\nRUN z")
    assert [at(dockerfile, item.span) for item in dockerfile.instructions] == [
        "FROM a",
        "RUN x \\\n   y",
        "COPY <<A <<B /d\n1\nA\n2\nB",
        "RUN z",
    ]


def test_keyword_may_be_split_by_a_continuation() -> None:
    instruction = only("RU\\\nN echo\n")
    assert instruction.keyword == "RUN"
    assert instruction.keyword_span == Span(0, 5)


def test_byte_order_mark_is_no_part_of_the_keyword() -> None:
    instruction = only("\ufefffrom a\n")
    assert instruction.keyword == "FROM"
    assert instruction.keyword_span == Span(1, 5)
    assert instruction.args[0].span == Span(6, 7)


def test_text_maps_back_through_continuations_comments_and_blank_lines() -> None:
    source = "RUN apt-get install \\\n# why\n\n    gcc \\\n    make\n"
    instruction = only(source)
    text = instruction.original
    assert text.text == "apt-get install     gcc     make"
    for word in ("install", "gcc", "make"):
        start = text.text.index(word)
        assert text.span(start, start + len(word)).start == source.index(word)
        assert text.place(start, start + len(word)).text == word


def test_text_has_the_flags_and_original_has_not() -> None:
    instruction = only("RUN --network=none -- --x y\n")
    assert instruction.text.text == "--network=none -- --x y"
    assert instruction.original.text == "--x y"


def test_heredoc_keeps_content_and_gives_the_body_without_tabs() -> None:
    source = "RUN cat <<-EOF > /x\n\t\ta\n\t b\tc\n\n\tEOF\n"
    [heredoc] = only(source).heredocs
    assert heredoc.content == "\t\ta\n\t b\tc\n\n"
    assert heredoc.body.text == "a\n b\tc\n\n"
    assert heredoc.marker.value == "<<-EOF"
    assert heredoc.body.place(3, 6).text == "b\tc"
    assert source[heredoc.span.start : heredoc.span.end] == heredoc.content


def test_unterminated_heredoc_takes_the_rest_and_is_a_problem_at_its_marker() -> None:
    dockerfile = read("FROM a\nRUN cat <<EOF\nhi\n EOF\n")
    [problem] = dockerfile.problems
    assert (problem.code, at(dockerfile, problem.span)) == ("unterminated-heredoc", "<<EOF")
    assert dockerfile.instructions[1].heredocs[0].content == "hi\n EOF\n"
    assert dockerfile.instructions[1].end_line == 4


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("RUN cat <<   EOF", ["EOF"]),
        ("RUN cat <<\tEOF", ["EOF"]),
        ("RUN cat <<- EOF", []),
        ("RUN a<<EOF", []),
        ("RUN a<< EOF", []),
        ("RUN <<EOF<<EOF2", []),
        ('RUN "3"<<EOF', []),
        ("RUN \\<<EOF", []),
        ("RUN cat <<EOF # it's", []),
        ("RUN cat << EOF << EOF2", ["EOF", "EOF2"]),
        ("RUN cat <<${x}", ["${x}"]),
        ('RUN cat <<"E F"', ["E F"]),
        ("RUN cat <<''", [""]),
        ("RUN echo $((1 << 2))", ["2))"]),
        ("ONBUILD ADD <<EOF /x", ["EOF"]),
        ("ONBUILD ONBUILD RUN <<EOF", []),
        ("ENV A=<<EOF", []),
        ("RUN cat <<`EOF", ["`EOF"]),
    ],
)
def test_heredoc_markers(line: str, names: list[str]) -> None:
    body = "".join(f"{name}\n" for name in names)
    instruction = only(f"{line}\n{body}")
    assert [heredoc.name for heredoc in instruction.heredocs] == names


def test_trigger_of_onbuild_has_its_own_places() -> None:
    source = "ONBUILD RUN --network=none \\\n  <<E\nx\nE\n"
    outer = only(source)
    inner = outer.trigger
    assert inner is not None
    assert (outer.keyword, inner.keyword) == ("ONBUILD", "RUN")
    assert inner.span == Span(8, len(source) - 1)
    assert inner.flags[0].span == Span(12, 26)
    assert inner.original.text == "<<E"
    assert inner.heredocs == outer.heredocs
    assert outer.flags == outer.args == ()


def test_triggers_are_read_two_deep_only() -> None:
    instruction: Instruction | None = only("ONBUILD " * 5000 + "RUN x\n")
    depth = 0
    while instruction is not None:
        instruction = instruction.trigger
        depth += 1
    assert depth == 3


PROBLEMS = [
    ("# escape=`\n# escape=`\nFROM a\n", "duplicate-directive", "# escape=`"),
    ("# escape=x\nFROM a\n", "invalid-escape", "# escape=x"),
    ("FROM a\nENV A=b \\\n  # c\n  C D=e\n", "missing-equals", "C"),
    ("FROM a\nENV A\n", "missing-value", "A"),
    ("FROM a\nCMD [1]\n", "json-not-strings", "[1]"),
    ("# nothing\n", "empty-file", ""),
    ("FROM a\n\\\n", "empty-instruction", "\\"),
    ("FROM a\nFOO bar\n", "unknown-instruction", "FOO"),
    ("FROM a\nONBUILD FOO bar\n", "unknown-instruction", "FOO"),
    ("FROM a\nRUN --foo=1 x\n", "unknown-flag", "--foo=1"),
    ("FROM a\nCMD --help\n", "unknown-flag", "--help"),
    ("FROM a\nCOPY --from=a --from=b c d\n", "duplicate-flag", "--from=b"),
    ("FROM a\nCOPY --from c d\n", "flag-value", "--from"),
    ("FROM a\nCOPY --link=perhaps c d\n", "flag-value", "--link=perhaps"),
    ("FROM a b c\n", "arguments", "a b c"),
    ("FROM a AS 1b\n", "stage-name", "1b"),
    ("FROM a\nCOPY x\n", "arguments", "x"),
    ("FROM a\nADD\n", "arguments", "ADD"),
    ("FROM a\nENV\n", "arguments", "ENV"),
    ("FROM a\nENV =b\n", "blank-name", "ENV"),
    ("FROM a\nEXPOSE\n", "arguments", "EXPOSE"),
    ("FROM a\nWORKDIR\n", "arguments", "WORKDIR"),
    ("FROM a\nVOLUME\n", "arguments", "VOLUME"),
    ('FROM a\nVOLUME [""]\n', "arguments", ""),
    ("FROM a\nSHELL sh -c\n", "arguments", "sh -c"),
    ("FROM a\nSHELL []\n", "arguments", "SHELL"),
    ("FROM a\nHEALTHCHECK\n", "arguments", "HEALTHCHECK"),
    ("FROM a\nHEALTHCHECK NONE x\n", "arguments", "NONE x"),
    ("FROM a\nHEALTHCHECK CMD\n", "arguments", "CMD"),
    ("FROM a\nHEALTHCHECK curl x\n", "arguments", "curl"),
    ("FROM a\nONBUILD\n", "arguments", "ONBUILD"),
    ("FROM a\nONBUILD FROM b\n", "trigger", "FROM"),
    ("FROM a\nONBUILD COPY x\n", "arguments", "x"),
    ("ARG A\nRUN x\nFROM a\n", "no-stage", "RUN"),
]


@pytest.mark.parametrize(("text", "code", "place"), PROBLEMS, ids=ascii)
def test_problems_have_codes_and_places(text: str, code: str, place: str) -> None:
    dockerfile = read(text)
    found = [(problem.code, at(dockerfile, problem.span)) for problem in dockerfile.problems]
    assert found == [(code, place)]


ACCEPTED = [
    "FROM a\nCMD\nENTRYPOINT\nRUN\n",
    "FROM a AS B.c_d-1\n",
    "FROM a\nRUN --mount=type=cache,target=/a --mount=type=ssh --device=x y\n",
    "FROM a\nCOPY --link=TRUE --exclude=a --exclude=b c d\n",
    "FROM a\nADD --keep-git-dir --unpack=false --checksum=x c d\n",
    "ARG A\nFROM $A\nARG\\\n B\n",
    "FROM a\nhealthcheck none\n",
    'FROM a\nENV A="b \\\n"\n',
]


@pytest.mark.parametrize("text", ACCEPTED, ids=ascii)
def test_what_buildkit_accepts_has_no_problem(text: str) -> None:
    assert read(text).problems == ()


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("#" + "x" * 65_534, []),
        ("#" + "x" * 65_535, ["line-too-long"]),
        ("#" + "é" * 32_767, []),
        ("#" + "é" * 32_768, ["line-too-long"]),
    ],
    ids=["65,535 bytes", "65,536 bytes", "65,535 bytes of UTF-8", "65,537 bytes of UTF-8"],
)
def test_line_limit_of_buildkit(line: str, codes: list[str]) -> None:
    dockerfile = read(f"FROM a\n{line}\nRUN x\n")
    assert [problem.code for problem in dockerfile.problems] == codes
    assert len(dockerfile.instructions) == 2
