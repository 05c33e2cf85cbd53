"""Texts made to take long; every bound is ten to a hundred times what a slow machine needs."""

import time

import pytest

from dockerlint_py.dockerfile import expand, parse
from dockerlint_py.text import Source

SIZE = 60_000
HOSTILE = {
    "quotes in ENV": "ENV A=" + "\"'" * (SIZE // 2),
    "quotes in RUN with a heredoc": "RUN <<E " + "\"'" * (SIZE // 2),
    "backslashes in ENV": "ENV A=" + "\\" * SIZE,
    "backslashes in a flag": "RUN --mount=" + "\\" * SIZE,
    "quotes in a flag": "RUN --mount=" + "\"'" * (SIZE // 2) + " x",
    "many flags": "RUN " + "--a='b' " * (SIZE // 8),
    "continuations": "RUN x \\\n" + " y \\\n" * 20_000,
    "continued JSON with escapes": "CMD [" + '"\\n", \\\n' * 10_000 + '""]',
    "continued pairs": "ENV " + "A='b c' \\\n" * 20_000 + "B=c",
    "blank continuation lines": "RUN x \\\n" + "\n" * SIZE,
    "heredocs": "RUN " + "<<E " * 5_000 + "\n" + "x\nE\n" * 5_000,
    "unterminated heredocs": "RUN " + "<<E " * 5_000 + "\n" + "x\n" * 5_000,
    "nested substitutions": "RUN <<E " + "${" * 20_000,
    "blanks after a directive": "# syntax= x" + " " * SIZE + "y",
    "blanks after a directive's name": "# syntax" + " " * SIZE + "x",
    "blanks after <<": "RUN <<" + " " * SIZE + "x " + "<< " * 10_000,
    "digits before <<": "RUN " + "1" * SIZE + " <<E",
    "arrays": "CMD " + "[" * SIZE,
    "closed arrays": "CMD " + "[" * SIZE + "]" * SIZE,
    "a long number": "CMD [" + "1" * SIZE + "]",
    "an open string": 'CMD ["' + "\\n" * (SIZE // 2),
    "onbuild": "ONBUILD " * (SIZE // 8),
    "words": "ENV " + "a " * (SIZE // 2),
    "pairs without =": "ENV A=b " + "a " * (SIZE // 2),
}


def seconds(text: str) -> float:
    start = time.process_time()
    dockerfile = parse(Source("Dockerfile", "FROM a\n" + text + "\n"))
    for instruction in dockerfile.instructions:
        words = [word.span for word in instruction.args]
        assert all(span.end <= instruction.span.end for span in words)
    return time.process_time() - start


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_reading_takes_bounded_time(text: str) -> None:
    assert seconds(text) < 2


@pytest.mark.parametrize(
    "word",
    [
        "${" * 20_000,
        "\"'" * 30_000,
        "\\" * SIZE,
        "$" * SIZE,
        "${A:-" * 20_000,
        "${A##" + "*a" * 9_000 + "}",
    ],
    ids=["nested", "quotes", "backslashes", "dollars", "defaults", "stars"],
)
def test_expanding_takes_bounded_time(word: str) -> None:
    start = time.process_time()
    expand(word, {"A": "a" * 9_000, "$": "x" * 1000}.get)
    assert time.process_time() - start < 2
