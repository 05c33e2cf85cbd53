"""Values of expressions inside functions and classes."""

import textwrap

import pytest

from dockerlint_py.python.evaluate.inside import value_in
from dockerlint_py.python.evaluate.values import Plain
from tests.python.evaluators import evaluator

UNKNOWN = "unknown"


def shown(code: str) -> object:
    """The value of the argument of the first call of `show`."""
    run = evaluator({"app.py": textwrap.dedent(code)})
    frame = run.module("app.py")
    (site,) = frame.facts.calls_to("@show")
    value = value_in(run, frame, site.call.args[0], site.scope)
    return value.value if isinstance(value, Plain) else UNKNOWN


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = 1\nshow(x)", 1),
        ("x = 1\ndef f():\n    show(x)", 1),
        ("x = 1\ndef f(x):\n    show(x)", UNKNOWN),
        ("x = 1\ndef f():\n    for x in y:\n        show(x)", UNKNOWN),
        ("x = 1\ndef f():\n    with y as x:\n        show(x)", UNKNOWN),
        ("x = 1\ndef f():\n    x = 2\n    show(x)", 2),
        ("x = 1\ndef f():\n    if y:\n        x = 2\n    show(x)", UNKNOWN),
        ("x = 1\nclass A:\n    x = 2\n    show(x)", 2),
        ("x = 1\nclass A:\n    if y:\n        x = 2\n    show(x)", UNKNOWN),
        ("x = 1\nclass A:\n    x = 2\n    def f(self):\n        show(x)", 1),
        ("x = 1\ndef f():\n    x = 2\n    class A:\n        show(x)", UNKNOWN),
        ("x = 1\ndef f():\n    from m import x\n    show(x)", UNKNOWN),
    ],
)
def test_a_name_is_that_of_the_nearest_scope(code: str, expected: object) -> None:
    assert shown("def show(x): ...\n" + code) == expected
