"""What holds for every text, made of fragments that matter and of anything at all."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.dockerfile import (
    Instruction,
    Word,
    copy_clause,
    expand,
    expand_content,
    exposed_ports,
    from_clause,
    health_check,
    mounts,
    parse,
)
from dockerlint_py.text import LogicalText, Source


def parts(text: str) -> list[str]:
    """The alternatives of a text, between bars."""
    return text.split("|")


KEYWORDS = parts("RUN|copy|ADD|ENV|Label|ARG|CMD|EXPOSE|HEALTHCHECK|SHELL|USER|ONBUILD|FROM|FOO")
FRAGMENTS = [
    *(f"\n{keyword} " for keyword in KEYWORDS),
    *parts(" |  |\t|\\\n|\\ \n|`\n|\n|# c\n|\r\n|\r|\x1c|\xa0|\u2028|\ufeff|é|😀"),
    *parts("# escape=`\n|# syntax=x\n|--a=b|--mount=type=cache,id='x y'|--from=x|--"),
    *parts("a|b=c|A=\"x y\"|B='z'|\"|'|\\|`|$x|${x:-y}|${x#*|}|${|=|[|]|,|1"),
    *parts('["a", "b\\n"]|CMD |NONE|<<EOF|<<-EOF|<< "E O"|\nEOF\n|\n\tEOF\n|\nE O\n'),
]
DOCKERFILES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=25).map("".join)


def nested(instruction: Instruction | None) -> Iterator[Instruction]:
    while instruction is not None:
        yield instruction
        instruction = instruction.trigger


def words(instruction: Instruction) -> Iterator[Word]:
    yield from instruction.args
    for flag in instruction.flags:
        yield flag.word
    for pair in instruction.pairs:
        yield from (word for word in pair if word is not None)
    for heredoc in instruction.heredocs:
        yield heredoc.marker


def assert_mapped(text: LogicalText) -> None:
    """Every character stands in the file where the text says, or is an escape sequence there."""
    for number, char in enumerate(text.text):
        written = text.place(number, number + 1).text
        assert written == char or (written.startswith("\\") and len(written) > 1)


@given(DOCKERFILES)
def test_places_are_exact(text: str) -> None:
    source = Source("Dockerfile", text)
    dockerfile = parse(source)
    end = 0
    for outer in dockerfile.instructions:
        assert end <= outer.span.start < outer.span.end <= len(text)
        end = outer.span.end
        for instruction in nested(outer):
            assert outer.span.start <= instruction.span.start
            keyword = instruction.keyword_span
            assert instruction.span.start == keyword.start
            assert text[keyword.start].upper().startswith(instruction.keyword[0])
            assert_mapped(instruction.text)
            for word in words(instruction):
                assert word.value == word.text.text
                assert_mapped(word.text)
    for span in dockerfile.comments:
        assert text[span.start] == "#"
        assert "\n" not in text[span.start : span.end]


@given(DOCKERFILES)
def test_lines_are_in_order_and_heredocs_are_lines_of_the_file(text: str) -> None:
    last = 0
    for instruction in parse(Source("Dockerfile", text)).instructions:
        assert last < instruction.start_line <= instruction.end_line
        last = instruction.end_line
        for heredoc in instruction.heredocs:
            assert text[heredoc.span.start : heredoc.span.end] == heredoc.content
            lines = heredoc.content.split("\n")
            chomped = "\n".join(line.lstrip("\t") for line in lines)
            assert heredoc.body.text == (chomped if heredoc.chomp else heredoc.content)
            assert_mapped(heredoc.body)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    dockerfile = parse(Source("Dockerfile", text))
    assert dockerfile.instructions or dockerfile.problems
    for problem in dockerfile.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)


@given(DOCKERFILES)
def test_views_take_any_instruction(text: str) -> None:
    for outer in parse(Source("Dockerfile", text)).instructions:
        for instruction in nested(outer):
            assert from_clause(instruction).image in (None, *instruction.args)
            assert len(copy_clause(instruction).sources) <= len(instruction.args)
            assert len(exposed_ports(instruction)) == len(instruction.args)
            assert len(mounts(instruction)) <= len(instruction.flags)
            assert health_check(instruction).args == instruction.args[1:]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=12).map("".join))
def test_any_word_is_expanded(word: str) -> None:
    for expansion in (expand(word, {"x": "a*b"}.get), expand_content(word, {"x": "a*b"}.get)):
        assert set(expansion.unset) <= set(expansion.names)
        assert expansion.error is None or expansion.text == ""


@given(st.text(alphabet=st.characters(exclude_characters="$'\"\\")))
def test_a_word_without_special_characters_stays(word: str) -> None:
    assert expand(word, {}.get).text == word
    assert expand_content(word, {}.get).text == word


@given(st.text(), st.sampled_from("\\`"))
def test_a_value_is_put_in_as_it_is(value: str, escape: str) -> None:
    assert expand('"$x"', {"x": value}.get, escape).text == value
    assert expand("${x}", {"x": value}.get, escape).text == value
