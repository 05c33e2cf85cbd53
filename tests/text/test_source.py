import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.text import LogicalText, Piece, Place, Position, Source, Span, clean, inert


def test_position_counts_code_points_and_line_feeds_only() -> None:
    source = Source("f", "é\u2028x\r\ny")
    assert source.position(0) == Position(1, 1)
    assert source.position(2) == Position(1, 3)
    assert source.position(5) == Position(2, 1)
    assert source.position(6) == Position(2, 2)


def test_line_span_leaves_out_the_line_end() -> None:
    source = Source("f", "a\r\nbc\n")
    assert [source.line_span(line) for line in (1, 2, 3)] == [Span(0, 1), Span(3, 5), Span(6, 6)]


@given(st.text(alphabet="ab\n\r"), st.data())
def test_position_of_an_offset_leads_back_to_it(text: str, data: st.DataObject) -> None:
    source = Source("f", text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = source.position(offset)
    assert source.line_starts[line - 1] + column - 1 == offset
    assert text[:offset].count("\n") == line - 1


def test_place_tells_its_text_and_lines() -> None:
    place = Source("f", "one\ntwo three").place(8, 13)
    assert (place.text, place.line, place.end) == ("three", 2, Position(2, 10))
    assert place.says("here").note == "here"


def _joined(source: Source, *spans: tuple[int, int]) -> LogicalText:
    text, pieces = "", []
    for start, end in spans:
        pieces.append(Piece(len(text), end - start, start, end - start))
        text += source.text[start:end]
    return LogicalText(source, text, pieces)


def test_logical_text_maps_through_a_gap() -> None:
    source = Source("f", "RUN a \\\n  b c")
    logical = _joined(source, (4, 6), (10, 13))
    assert logical.text == "a b c"
    assert logical.span(0, 1) == Span(4, 5)
    assert logical.span(2, 3) == Span(10, 11)
    assert logical.span(0, 3) == Span(4, 11)
    assert logical.slice(2, 5).place(0, 3) == Place(source, Span(10, 13))


def test_logical_text_maps_an_escape_to_the_whole_sequence() -> None:
    source = Source("f", r"a\n b")
    logical = LogicalText(source, "a\nb", [Piece(0, 1, 0, 1), Piece(1, 1, 1, 2), Piece(2, 1, 4, 1)])
    assert logical.span(1, 2) == Span(1, 3)
    assert logical.span(2, 3) == Span(4, 5)


@given(st.text(min_size=1, max_size=40), st.data())
def test_a_slice_maps_as_the_whole_does(text: str, data: st.DataObject) -> None:
    source = Source("f", text)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    logical = _joined(source, *spans)
    start = data.draw(st.integers(0, len(logical)))
    end = data.draw(st.integers(start, len(logical)))
    part = logical.slice(start, end)
    assert part.text == logical.text[start:end]
    for at in range(len(part)):
        assert part.span(at, at + 1) == logical.span(start + at, start + at + 1)
        assert source.text[slice(*part.span(at, at + 1))] == part.text[at]


def test_clean_leaves_nothing_that_acts_on_a_terminal() -> None:
    hostile = "a\x1b[31m\r\n\x85\u202eb\u200d\t\x07::error\udc80"
    assert clean(hostile) == r"a\x1b[31m\x0d\x0a\x85\u202eb\u200d \x07::error\udc80"


def test_clean_breaks_the_commands_of_ci_runners() -> None:
    assert clean("a ##[stop-commands]x ##vso[task.x]") == r"a ##\[stop-commands]x ##\vso[task.x]"
    assert clean("##teamcity[x] ## [a] ##1[") == r"##\teamcity[x] ## [a] ##1["
    assert clean("a\U000e0041b") == r"a\U000e0041b"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("::error::x", r"\::error::x"),
        ("  ::error::x", r"  \::error::x"),
        ("a ::error::x", "a ::error::x"),
        (":a", ":a"),
        ("", ""),
    ],
)
def test_a_line_that_github_would_obey_begins_with_something_else(line: str, shown: str) -> None:
    assert inert(line) == shown


@given(st.text())
def test_clean_gives_one_printable_line(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.splitlines()) <= 1
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")
