"""What a directive covers in YAML, Python and plain files."""

import pytest

from dockerlint_py.engine.suppression.cover import line_directives
from dockerlint_py.engine.suppression.directive import Directive, Malformed
from dockerlint_py.text import Source

YAML = """\
services:
  # dockerlint: ignore[A] why
  web:
    image: a

    # not deeper, but inside
    ports:
      - "1"
  db:
    image: b  # dockerlint: ignore[A] here
  text: "no # dockerlint: ignore[A]"
"""
PYTHON = """\
# dockerlint: ignore[A]
@decorated(
    1,
)
def f():
    pass
x = 1  # dockerlint: ignore[A]
"""


def covered(text: str) -> list[str]:
    source = Source("f", text)
    found = []
    for directive in line_directives(source):
        assert isinstance(directive, Directive)
        assert directive.covers is not None
        found.append(source.text[directive.covers.start : directive.covers.end])
    return found


def test_a_comment_alone_covers_the_next_node_with_its_children() -> None:
    block, line = covered(YAML)
    assert block.startswith("  web:")
    assert block.endswith('- "1"')
    assert line.startswith("    image: b")


def test_a_comment_alone_covers_the_next_statement() -> None:
    block, line = covered(PYTHON)
    assert block == "@decorated(\n    1,\n)"
    assert line.startswith("x = 1")


@pytest.mark.parametrize(
    "text", ["# dockerlint: ignore-stage[A]\n", "# dockerlint: nonsense\n", "a # dockerlint:\n"]
)
def test_what_makes_no_sense_there_is_malformed(text: str) -> None:
    (directive,) = line_directives(Source("f", text))
    assert isinstance(directive, Malformed)


def test_the_end_of_the_file_covers_itself() -> None:
    assert covered("# dockerlint: ignore[A]") == ["# dockerlint: ignore[A]"]
