"""Hostile and unusual texts are read, or refused with a reason; nothing is raised."""

import ast
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockerlint_py.python import ModuleFacts, extract
from dockerlint_py.python.nesting import nests_less_than
from dockerlint_py.python.newer import mask
from dockerlint_py.python.positions import Positions
from dockerlint_py.text import Source

NEWER = {
    "alias": ("type X[T] = int\n", "0;   X    = int\n"),
    "alias in a block": ("if a:\n  type   X = int; y = 2\n", "if a:\n  0;     X = int; y = 2\n"),
    "function": ("def f[T: int = str](x): pass\n", "def f              (x): pass\n"),
    "function over lines": ("def f [\nT] (x): pass\n", "def f      (x): pass\n"),
    "class": ("class A[T](B): pass\n", "class A   (B): pass\n"),
    "except": ("try: a\nexcept A, B: b\n", "try: a\nexcept A| B: b\n"),
    "except star": ("try: a\nexcept* A , B: b\n", "try: a\nexcept* A | B: b\n"),
    "template": ("x = (t'a{b}')\n", "x = (f'a{b}')\n"),
    "quotes": ('x = f"{a["b"]}"\n', "x = f\"{a['b']}\"\n"),
    "quotes and format": ('x = f"{a["b"]!r:>{w}}"\n', "x = f\"{a['b']!r:>{w}}\"\n"),
    "nested": ('x = f"{f"{a}"}"\n', "x = f\"{f'{a}'}\"\n"),
    "nested twice": ('x = f"{f"{a["b"]}"}"\n', 'x = f"{___________}"\n'),
    "backslash": ("x = f\"{'\\n'.join(a)}{b}\"\n", 'x = f"{____________}{b}"\n'),
    "comment": ('x = f"{\na # b\n}"\n', 'x = f"{_______}"\n'),
    "lines in a block": (
        'if a:\n    x = f"{\n        b\n    }"\n',
        'if a:\n    x = f"{_______________}"\n',
    ),
    "lines in a template in a method": (
        "class A:\n  def f(s):\n    x = t'{\n      b\n    }'\n",
        "class A:\n  def f(s):\n    x = f'{_____________}'\n",
    ),
    "mark": ("\ufefftype X = 1\r\n", "\ufeff0;   X = 1\r\n"),
}


@pytest.mark.parametrize(("text", "masked"), NEWER.values(), ids=NEWER)
def test_newer_syntax_is_masked_in_place(text: str, masked: str) -> None:
    assert mask(text, (3, 11)) == masked
    ast.parse(masked.removeprefix("\ufeff"))


def test_syntax_of_the_running_version_is_left_alone() -> None:
    text = 'x = f"{a["b"]}"\ntry: a\nexcept A, B: b\n'
    assert mask(text, (3, 12)) == 'x = f"{a["b"]}"\ntry: a\nexcept A| B: b\n'


def test_facts_of_newer_syntax_stand_where_they_stand_in_the_file() -> None:
    text = 'def f[T](x): pass\nprint(f"{os.environ["HOME"]}")\n'
    facts = facts_of(text)
    assert facts.newer is (sys.version_info < (3, 12))
    call = next(facts.calls_to("print")).call
    assert text[call.start : call.end] == 'print(f"{os.environ["HOME"]}")'
    (read,) = facts.subscripts
    assert text[read.start : read.end] == 'os.environ["HOME"]'


STATEMENTS = st.sampled_from(
    [text for text, _ in NEWER.values() if "\ufeff" not in text]
    + ["x = 'é'; y = 1\n", "\n", "# ü\n", "print(x)\r\n", "s = '''\n'''\n", 'f"""{a}\n{b}"""\n']
)


@settings(max_examples=40, deadline=None)
@given(st.lists(STATEMENTS, max_size=6).map("".join))
def test_masking_keeps_the_length_and_every_name_its_place(text: str) -> None:
    masked = mask(text, (3, 11))
    assert masked is not None
    assert len(masked) == len(text)
    positions = Positions(masked)
    for node in ast.walk(ast.parse(masked)):
        if isinstance(node, ast.Name) and "_" not in node.id and "f'" not in text:
            at = positions.offset(node.lineno, node.col_offset)
            assert '"' in masked or text[at : at + len(node.id)] == node.id


BROKEN = {
    "not python": ("x = = 1\n", "broken"),
    "null byte": ("x = 1\0\n", "broken"),
    "surrogate": ("x = '\udc80'\n", "broken"),
    "python 2": ("print 'x'\n", "broken"),
    "parentheses": ("x = " + "(" * 20_000 + ")" * 20_000 + "\n", "broken"),
    "open parentheses": ("(" * 100_000, "broken"),
    "minuses": ("x = " + "-" * 50_000 + "1\n", "too-deep"),
    "newer and deep": ("type X = " + "not " * 20_000 + "1\n", "broken"),
    "newer and deep in an f-string": ('type X = f"{' + "[" * 9999 + "]" * 9999 + '}"\n', "broken"),
    "huge": ("x = 1\n" * 700_000, "too-large"),
    "template": ("{% if a %}\nx = 1\n{% endif %}\n", "template"),
    "shell": ("#!/bin/sh\nexec python x.py\n", "not-python"),
}


@pytest.mark.parametrize(("text", "code"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_a_problem(text: str, code: str) -> None:
    facts = facts_of(text)
    assert [problem.code for problem in facts.problems] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "x = " + " + ".join(["a()"] * 900) + "\n",
        "x = a" + ".b()" * 250 + "\n",
        "".join(" " * depth + "if a:\n" for depth in range(90)) + " " * 90 + "print(1)\n",
        "if a: pass\n" + "elif b: pass\n" * 300,
    ],
    ids=["operators", "calls", "blocks", "elifs"],
)
def test_deep_texts_give_facts_that_can_be_pickled(text: str) -> None:
    import pickle

    facts = facts_of(text)
    assert pickle.loads(pickle.dumps(facts)).scopes == facts.scopes


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("abf()[]{}:\n\r\t \\\"'#=.,éx1*@\ufeff"), max_size=60))
def test_nothing_is_ever_raised(text: str) -> None:
    assert isinstance(facts_of(text), ModuleFacts)
    nests_less_than(50, text)


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("x = (((1)))\n", True),
        ("x = [" * 60 + "]" * 60, False),
        ("x = " + "1 + " * 60 + "1", False),
        ("x = 1 + 1\n" * 500, True),
        ("x = [" + "a.b, " * 500 + "]", True),
        ("x = '" + "(" * 99 + "'\n# " + "(" * 99, True),
        ('x = f"{' + "(" * 60 + ")" * 60 + '}"', False),
        ('x = f"{a:>{b}}" f"{{" rf\'{a["("]}\'\n', True),
        ('x = f"""{a}\n"{b}" """\n', True),
        ("x = (", False),
        ("x = ')\n", False),
    ],
)
def test_nesting(text: str, fine: bool) -> None:
    assert nests_less_than(50, text) is fine


def facts_of(text: str) -> ModuleFacts:
    return extract(Source("m.py", text))
