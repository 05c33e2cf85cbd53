"""Each record of the facts, with its place."""

import ast
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockerlint_py.python import ModuleFacts, extract
from dockerlint_py.python.expressions import Const
from dockerlint_py.python.notation import path_of
from dockerlint_py.text import Source

MODULE = '''\
"""Docs."""
import os, os.path as p
from . import db
from ..a.b import c as d
try:
    import ujson
except ImportError:
    ujson = None
if TYPE_CHECKING:
    from x import Y

app = FastAPI(debug=os.environ["DEBUG"])
INSTALLED_APPS += ["é", "b"]

class Config(Base, metaclass=M):
    debug: bool = False

@app.get("/x")
async def x(session: Session = Depends(get)):
    import requests
    await client.get(URL)
    requests.get(URL).json()
    await run(lambda: time.sleep(1))
    def inner():
        time.sleep(2)
    assert session, "no"

if __name__ == "__main__":
    print(d)
'''


@pytest.fixture
def facts() -> ModuleFacts:
    return facts_of(MODULE)


def test_imports(facts: ModuleFacts) -> None:
    assert [
        (item.module, item.name, item.binds, item.level, item.optional, item.typing)
        for item in facts.imports
    ] == [
        ("os", None, "os", 0, False, False),
        ("os.path", "", "p", 0, False, False),
        ("", "db", "db", 1, False, False),
        ("a.b", "c", "d", 2, False, False),
        ("ujson", None, "ujson", 0, True, False),
        ("x", "Y", "Y", 0, False, True),
        ("requests", None, "requests", 0, False, False),
    ]


def test_calls(facts: ModuleFacts) -> None:
    assert [
        (site.path, facts.in_async(site.scope), site.awaited, facts.at_import(site.scope))
        for site in facts.calls
    ] == [
        ("FastAPI", False, False, True),
        ("@app.get", False, False, True),
        ("Depends", False, False, True),
        ("client.get", True, True, False),
        ("requests.get", True, False, False),
        ("requests.get().json", True, False, False),
        ("run", True, True, False),
        ("time.sleep", False, False, False),
        ("time.sleep", False, False, False),
        ("print", False, False, True),
    ]


def test_assignments(facts: ModuleFacts) -> None:
    assert [(item.target, item.op) for item in facts.assignments] == [
        ("ujson", "="),
        ("app", "="),
        ("INSTALLED_APPS", "+="),
        ("debug", "="),
    ]
    added = facts.assignments[2]
    assert MODULE[added.start : added.end] == 'INSTALLED_APPS += ["é", "b"]'


def test_the_rest(facts: ModuleFacts) -> None:
    at = (MODULE.index('"DEBUG"'), MODULE.index('"DEBUG"') + len('"DEBUG"'))
    assert facts.docstring
    assert facts.has_main_guard
    assert [scope.name for scope in facts.scopes] == ["", "Config", "x", "", "inner"]
    assert [(item.name, item.is_async) for item in facts.functions] == [
        ("x", True),
        ("inner", False),
    ]
    assert [path_of(base) for base in facts.classes[0].bases] == ["Base"]
    assert [path_of(item.test) for item in facts.asserts] == ["session"]
    assert [item.path for item in facts.subscripts] == ["os.environ"]
    assert facts.subscripts[0].key == Const("DEBUG", *at)


def test_guards() -> None:
    facts = facts_of("try:\n if a:\n  f()\nexcept E:\n g()\nelse:\n h()\nfor x in y: i()\nj()\n")
    assert {
        site.path: [(guard.kind, guard.names) for guard in facts.guards_of(site.guard)]
        for site in facts.calls
    } == {
        "f": [("if", ()), ("try", ("E",))],
        "g": [("except", ("E",))],
        "h": [],
        "i": [("loop", ())],
        "j": [],
    }


def test_elif_knows_what_failed_before() -> None:
    facts = facts_of("if a: f()\nelif b: g()\nelse: h()\n")
    kinds = [
        [(guard.kind, path_of(guard.test)) for guard in facts.guards_of(site.guard) if guard.test]
        for site in facts.calls
    ]
    assert kinds == [
        [("if", "a")],
        [("if", "b"), ("else", "a")],
        [("else", "b"), ("else", "a")],
    ]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("import os\nos.getenv()", "os.getenv"),
        ("import os as o\no.getenv()", "os.getenv"),
        ("import a.b\na.b.c()", "a.b.c"),
        ("import a.b as x\nx.c()", "a.b.c"),
        ("from a import b\nb()", "a.b"),
        ("from . import b\nb.c()", ".b.c"),
        ("from ..p import b\nb()", "..p.b"),
        ("from rich import print\nprint()", "rich.print"),
        ("print()", "print"),
        ("def f(): pass\nf()", "@f"),
        ("import requests\ndef f(requests):\n requests.get()", "@requests.get"),
        ("def f():\n import requests\n requests.get()", "requests.get"),
        ("x = 1\ndef f():\n global x\n x = 2\n x.y()", "@x.y"),
        ("class A:\n from a import b\n def f(self): b()", "b"),
        ("boto3.client('s3').put(x)", "boto3.client().put"),
        ("app.config['X'].y()", "app.config['X'].y"),
        ("(await x).y()", "x.y"),
        ("(a or b).c()", ""),
    ],
)
def test_callee_paths(text: str, path: str) -> None:
    assert facts_of(text).calls[-1].path == path


@pytest.mark.parametrize(
    "text",
    [
        "x = 'é'; name()\n",
        "\ufeffname() + 'é'\n",
        "a = 1\r\nb = name()\r\n",
        "a = 1\rb = name()\n",
        "x = f'é{name()}'\n",
        "x = f'''\né{1}\n  {name()}'''\n",
        "# é\f\x0b\u2028\nname()\n",
        "x = 'é'\\\n + name()\n",
    ],
)
def test_places_are_code_points(text: str) -> None:
    (site,) = facts_of(text).calls
    found = text[site.call.start : site.call.end]
    assert found == "name()" or ("f'" in text and "name()" in found and found.startswith("f'"))


def facts_of(text: str) -> ModuleFacts:
    return extract(Source("m.py", text))


def test_facts_survive_pickling(facts: ModuleFacts) -> None:
    assert pickle.loads(pickle.dumps(facts)) == facts


NAMES = st.sampled_from(["é", "name", "ж", "x1"])
LINES = st.builds(
    lambda before, name, after: f"{before}{name}(){after}",
    st.sampled_from(["", "a = ", "s = 'ü'; ", "if 1: "]),
    NAMES,
    st.sampled_from(["\n", "\r\n", " # ö\n", "; 'ß'\n"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=8).map("".join))
def test_every_call_stands_at_its_own_text(text: str) -> None:
    facts = facts_of(text)
    assert len(facts.calls) == sum(isinstance(node, ast.Call) for node in ast.walk(ast.parse(text)))
    for site in facts.calls:
        assert text[site.call.start : site.call.end].endswith("()")
