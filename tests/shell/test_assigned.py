"""Variables that a script sets by itself."""

import pytest

from dockerlint_py.shell import assigned, split
from dockerlint_py.text import LogicalText, Source, Span


@pytest.mark.parametrize(
    ("text", "names", "anything"),
    [
        ("A=1; B+=2 C=3", {"A", "B", "C"}, False),
        ("A=1 cmd $A", set(), False),
        ("export A=1 B='2' C", {"A", "B"}, False),
        ("local a b=1; declare -x c; unset D", {"a", "b", "c", "D"}, False),
        ("for x in 1 2; do echo $x; done", {"x"}, False),
        ("while read -r a b; do c; done", {"a", "b"}, False),
        ("printf -v OUT %s x; getopts ab: opt", {"OUT", "ab", "opt"}, False),
        (': "${PORT:=8000}" ${A:-${B=1}}', {"PORT", "B"}, False),
        (". ./env; a", set(), True),
        ("set -a; source .env", set(), True),
        ('eval "$X"', set(), True),
        ("f() { A=1; }", {"A"}, False),
    ],
)
def test_assigned(text: str, names: set[str], anything: bool) -> None:
    found = assigned(split(LogicalText.verbatim(Source("x", text), Span(0, len(text)))))
    assert (found.names, found.anything) == (names, anything)
    assert found.may_set("OTHER") == anything
