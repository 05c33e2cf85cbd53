import pytest

from dockerlint_py.report.excerpt import WIDTH, excerpt
from dockerlint_py.text import Source

LONG = "a" * 200 + "NEEDLE" + "b" * 200


@pytest.mark.parametrize(
    ("text", "start", "end", "lines"),
    [
        ("one\ntwo three\n", 8, 13, ["2 | two three", "  |     ^^^^^"]),
        ("RUN a \\\n  b\n", 0, 11, ["1 | RUN a \\", "  | ^^^^^^^"]),
        ("a\tb", 2, 3, ["1 | a b", "  |   ^"]),
        ("\x1b[0m x", 5, 6, ["1 | \\x1b[0m x", "  |         ^"]),
        ("##[error]x", 2, 9, ["1 | ##\\[error]x", "  |   ^^^^^^^^"]),
        ("FROM x\r\n", 6, 6, ["1 | FROM x", "  |       ^"]),
    ],
)
def test_the_span_is_underlined(text: str, start: int, end: int, lines: list[str]) -> None:
    assert excerpt(Source("f", text).place(start, end), 1) == lines


@pytest.mark.parametrize("start", [0, 200, 394])
def test_a_long_line_is_cut_around_the_span(start: int) -> None:
    line, marks = excerpt(Source("f", LONG).place(start, start + 6), 1)
    assert len(line) <= WIDTH + len("1 | ......")
    assert line[marks.index("^") : marks.rindex("^") + 1] == LONG[start : start + 6]
