"""Any text is read, in time that grows no faster than the text."""

import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockerlint_py.shell import Script, ShellFamily, endings, split, unwrap
from dockerlint_py.text import LogicalText, Source, Span

SIZE = 60_000
UNITS = [
    *["'", '"', "\\", "$(", "`", "$((", '"${a:-', "[[ ", "<(", "<<A ", "<<-A\n\t", "a=(", "$'\\"],
    *["case x in a) ", "f() ", "((a) ", "@(", "{,", "`\\`", "cat <<A\n$(", ";;{ a; \r", 'sh -c "'],
]
WORDS = "fi|then |do |done|if |exec |2>|(|;;|}|)|$x|A\n| |é|\0".split("|")
TOKENS = st.sampled_from([*UNITS, *WORDS])
TEXTS = st.text(max_size=60) | st.lists(TOKENS, max_size=14).map("".join)


def parse(text: str) -> Script:
    return split(LogicalText.verbatim(Source("x", text), Span(0, len(text))))


def use(text: str) -> Script:
    """Everything that the package does with a script."""
    script = parse(text)
    for command in script.commands[:50]:
        unwrapped = unwrap(command.words)
        if unwrapped.script is not None:
            split(unwrapped.script)
        assert unwrapped.words == () or unwrapped.program is not None
    endings(script, ShellFamily.BASH)
    return script


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_never_raises(text: str) -> None:
    use(text)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_place_lies_in_the_text(text: str) -> None:
    script = parse(text)
    for command in script.commands:
        assert 0 <= command.place.span.start <= command.place.span.end <= len(text)
        for word in command.words:
            if len(word.text) == len(text):  # else it is text of back quotes, without escapes
                assert word.place.text == word.raw
            assert command.place.span.start <= word.place.span.start
            assert word.place.span.end <= command.place.span.end
            assert word.cooked().text == word.value == "".join(part.text for part in word.parts)
    for problem in script.problems:
        assert 0 <= problem.place.span.start <= problem.place.span.end <= len(text)


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_bounded(unit: str) -> None:
    """Quadratic behaviour would take minutes here; the bound leaves room for a slow machine."""
    begin = time.process_time()
    use(unit * (SIZE // len(unit)))
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("unit", ["$(", '"$(', "`", '"${a:-', "<(", "$((1+$(", "a=($("])
@pytest.mark.parametrize("end", ["", ")", '"', "}"])
def test_depth_is_bounded(unit: str, end: str) -> None:
    limit = sys.getrecursionlimit()
    depth = len_of_stack()
    sys.setrecursionlimit(depth + 450)
    try:
        parse(unit * 5_000 + end * 5_000)
    finally:
        sys.setrecursionlimit(limit)


def len_of_stack() -> int:
    frame, depth = sys._getframe(), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    return depth
