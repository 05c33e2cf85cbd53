# ruff: noqa: E501 (one line a case)
"""The evaluator: where values come from, what stays unknown, and that it always ends."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockerlint_py.context import Snapshot
from dockerlint_py.facts import Environment, EnvLayer, Known, Unknown
from dockerlint_py.python.evaluate import Evaluator
from dockerlint_py.python.evaluate.results import NotKnownError, to_fact, to_python
from dockerlint_py.python.evaluate.values import Items, Text, Unresolved
from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.modules import Modules

HIDDEN = Environment((EnvLayer("given", {}, Unknown("hidden")),))


def given_environment(env: dict[str, str]) -> Environment:
    return Environment((EnvLayer("given", {name: Known(value) for name, value in env.items()}),))


def run(text: str, environment: Environment = HIDDEN, **files: str) -> Evaluator:
    named = {f"{name}.py": content for name, content in files.items()}
    graph = ModuleGraph(Modules(Snapshot.of({"m.py": text, **named})), [""])
    return Evaluator(graph, environment)


def value_of(text: str, environment: Environment = HIDDEN) -> object:
    """What X is: a Python value, or `?` when it is unknown."""
    value = run(text, environment).value("m.py", "X")
    assert value is not None
    try:
        return to_python(value)
    except NotKnownError:
        return "?"


def test_a_fact_says_where_it_comes_from() -> None:
    text = "import os\nDEBUG = os.environ.get('DJANGO_DEBUG', 'yes') == 'yes'\n"
    value = run(text, given_environment({})).value("m.py", "DEBUG")
    assert value is not None
    fact = to_fact("DEBUG", value)
    assert isinstance(fact, Known)
    assert fact.says == "DEBUG is True (DJANGO_DEBUG is not set)"
    (read,) = value.origin.reads
    assert (read.name, read.cast, read.state) == ("DJANGO_DEBUG", "str", "unset")
    assert read.place.text == "os.environ.get('DJANGO_DEBUG', 'yes')"
    assert "'yes'" in [place.text for place in fact.places]


def test_the_place_of_a_setting_is_the_last_statement_that_changed_it() -> None:
    frame = run("A = ['x']\nA += ['y']\nB = {}\nB['k'] = 1\n").module("m.py")
    assert frame.places["A"].text == "A += ['y']"
    assert frame.places["B"].text == "B['k'] = 1"


def test_an_unknown_variable_may_have_its_default() -> None:
    value = run("import os\nX = os.environ.get('A', 'b')\n").value("m.py", "X")
    assert value is not None
    fact = to_fact("X", value)
    assert isinstance(fact, Unknown)
    assert fact.maybe == "b"


def test_a_generated_value_is_told() -> None:
    value = run("import secrets\nX = secrets.token_hex(8)\n").value("m.py", "X")
    assert isinstance(value, Unresolved)
    assert value.generated == "secrets.token_hex"


def test_a_partly_known_text_keeps_what_is_known() -> None:
    value = run("import os\nX = f\"postgresql://u:{os.environ['P']}@db/x\"\n").value("m.py", "X")
    assert isinstance(value, Text)
    assert value.parts == ("postgresql://u:", None, "@db/x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if unknown: X = 1\nelse: X = 1\n", 1),
        ("X = 1\nif unknown: X = 2\n", "?"),
        ("X = 1\nif unknown: raise E\n", 1),
        ("if unknown:\n X = 1\nelse:\n raise E\n", 1),
        ("X = 1\nfor i in unknown: X = 2\n", "?"),
        ("X = 1\nwhile unknown(): X = 2\n", "?"),
        ("X = 1\nwith unknown() as f: X = 2\n", 2),
        ("X = 1\nmatch unknown:\n case 1: X = 2\n", "?"),
        ("X = 1\ntry: unknown(); X = 2\nexcept ValueError: pass\n", "?"),
        ("X = 1\ntry: X = 2\nexcept ValueError: X = 3\n", 2),
        ("X = [1]\nX.append(unknown)\nX = X[0]\n", 1),
        ("X = [1]\nunknown_function(X)\n", [1]),
        ("X = {'a': 1, **unknown}\n", "?"),
        ("X = {**unknown, 'a': 1}['a']\n", 1),
        ("X = {'a': 1, **unknown}['a']\n", "?"),
        ("d = {'a': 1}\nd.update(unknown)\nX = d['a']\n", "?"),
        ("def f():\n if unknown: return 1\n return 1\nX = f()\n", 1),
        ("def f():\n if unknown: return 1\n return 2\nX = f()\n", "?"),
        ("def f(*a, **k): return len(a)\nX = f(1, 2, c=3)\n", 2),
        ("@unknown\ndef f(): return 1\nX = f()\n", "?"),
        ("def f(): return f()\nX = f()\n", "?"),
        ("X = [i * 2 for i in [1, 2] if i > 1]\n", [4]),
        ("X = unknown or 'a'\n", "?"),
        ("X = False and unknown\n", False),
        ("from missing import *\nX = 1\n", 1),
        ("X = 1\nfrom lib import *\n", 1),
        ("import m\nX = 1\n", 1),
        ("global X\nX = 1\n", 1),
        ("X = 1\ndel X\nX = 2\n", 2),
        ("X = 'x' in unknown\n", "?"),
        ("X = '%999999999d' % 1\n", "?"),
        ("X = 'a' * 10**9\n", "?"),
        ("async def f(): return 1\nX = f()\n", "?"),
        ("X = set([{}, {}, 1, 1])\n", ({}, {}, 1)),
    ],
)
def test_what_is_known(text: str, expected: object) -> None:
    assert value_of(text) == expected


def test_a_local_module_that_git_ignores_may_change_everything() -> None:
    files = {
        ".gitignore": "local.py\n",
        "s/__init__.py": "",
        "s/m.py": "X = 1\ntry:\n    from .local import *\nexcept ImportError:\n    pass\n",
    }
    graph = ModuleGraph(Modules(Snapshot.of(files)), [""])
    value = Evaluator(graph, HIDDEN).value("s/m.py", "X")
    assert isinstance(value, Unresolved)
    assert value.maybe is not None


def test_items_around_an_unknown_part_are_known() -> None:
    value = run("X = ['a']\nif unknown: X.append('b')\nX += ['c']\n").value("m.py", "X")
    assert isinstance(value, Items)
    assert [getattr(item, "value", "?") for item in value.items] == ["a", "?", "c"]


HOSTILE = {
    "doubling lists": "x = [1]\n" + "x = x + x\n" * 60,
    "doubling text": "x = 'a'\n" + "x = x + x\n" * 60,
    "doubling references": "x = [1]\n" + "x = [x, x]\n" * 60 + "X = x == [x]\ny = x\ny.append(x)\n",
    "two ways of it": "x = [1]\ny = [1]\n" + "x = [x, x]\ny = [y, y]\n" * 60
    + "if unknown: z = x\nelse: z = y\nX = x == y\n",
    "dicts of it": "x = {}\n" + "x = {'a': x, 'b': x}\n" * 60 + "x['c'] = 1\nX = x\n",
    "big numbers": "x = 9\n" + "x = x * x\nx = x << 60\n" * 60,
    "nested loops": "for a in 'x' * 200:\n for b in 'x' * 200:\n  for c in 'x' * 200:\n   X = 1\n",
    "many branches": "X = 0\n" + "if unknown: X = 1\n" * 2000,
    "nested functions": "".join(f"def f{n}(): return f{n + 1}() + f{n + 1}()\n" for n in range(30)) + "X = f0()\n",
    "long list": "X = []\n" + "X.append('a')\n" * 8_000,
    "nested comprehension": "X = [[[[1 for a in 'x' * 99] for b in 'x' * 99] for c in 'x' * 99] for d in 'x' * 99]\n",
    "deep expression": "X = " + "[" * 90 + "]" * 90 + "\n",
    "long format": "X = '%s' * 1000\n" + "X = X % X\n" * 50,
    "json": "import json\nX = json.loads('[' * 9000 + ']' * 9000)\n",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_code_ends_soon(text: str) -> None:
    began = time.process_time()
    evaluator = run(text)
    for name, value in evaluator.module("m.py").names.items():
        to_fact(name, value)
    assert time.process_time() - began < 8


NAMES = st.sampled_from(["A", "B", "C"])
ATOMS = st.sampled_from(
    [
        "1",
        "0",
        "'x'",
        "''",
        "None",
        "True",
        "[1]",
        "['x', 'y']",
        "{'k': 1}",
        "(1, 2)",
        "A",
        "B",
        "C",
        "os.environ.get('P')",
        "os.environ.get('Q', 'd')",
        "A or B",
        "not C",
        "len(str(A))",
        "str(A) + 'z'",
        "f'{B}-{C}'",
        "[A, B]",
        "{'k': A}",
        "A == B",
        "'x' in str(B)",
        "bool(C)",
        "os.environ['P']",
        "(A if B else C)",
        "[x for x in ['p', A]]",
        "f(A)",
        "str(B).upper()",
    ]
)
SIMPLE = st.one_of(
    st.builds("{} = {}".format, NAMES, ATOMS),
    st.builds("{} += {}".format, NAMES, st.sampled_from(["['q']", "'s'", "1"])),
    st.builds("{}.append({})".format, NAMES, ATOMS),
    st.builds("{}['k'] = {}".format, NAMES, ATOMS),
    st.builds("{}.update({{'u': {}}})".format, NAMES, ATOMS),
    st.builds("{} = {}['k']".format, NAMES, NAMES),
    st.builds("{} = {}[0]".format, NAMES, NAMES),
    st.builds("{}.insert(0, {})".format, NAMES, ATOMS),
    st.builds("os.environ.setdefault('P', 'set')".format),
)


def indented(lines: list[str]) -> str:
    return "".join(f"    {line}\n" for line in lines)


BLOCKS = st.one_of(
    SIMPLE.map("{}\n".format),
    st.builds(
        lambda test, one, two: f"if {test}:\n{indented(one)}else:\n{indented(two)}",
        ATOMS, st.lists(SIMPLE, min_size=1, max_size=3), st.lists(SIMPLE, min_size=1, max_size=3),
    ),
    st.builds(
        lambda one, two: f"try:\n{indented(one)}except Exception:\n{indented(two)}",
        st.lists(SIMPLE, min_size=1, max_size=3), st.lists(SIMPLE, min_size=1, max_size=2),
    ),
    st.builds(
        lambda name, one: f"for {name} in ['l', 'm']:\n{indented(one)}",
        NAMES, st.lists(SIMPLE, min_size=1, max_size=2),
    ),
)  # fmt: skip
PROGRAMS = st.lists(BLOCKS, max_size=4).map("".join)


def caught(block: str) -> str:
    """The block in a `try`, so that a program runs to its end."""
    return f"try:\n{indented(block.splitlines())}except Exception:\n    pass\n"


RUNNING = st.lists(BLOCKS.map(caught), max_size=8).map("".join)
START = "import os\nA = 1\nB = 'b'\nC = ['c']\ndef f(a):\n    if a:\n        return [a]\n    return 'no'\n"


@settings(max_examples=250, deadline=None)
@given(RUNNING, st.sampled_from([{}, {"P": "p"}, {"P": "", "Q": "q"}]))
def test_what_is_known_is_what_python_computes(program: str, env: dict[str, str]) -> None:
    """Under the same environment, and also when we know nothing of the environment."""
    text = START + program
    names: dict[str, object] = {}
    code = compile(text.replace("os.environ", "environ").replace("import os", ""), "m", "exec")
    names["environ"] = dict(env)
    exec(code, names)
    for environment in (given_environment(env), HIDDEN):
        frame = run(text, environment).module("m.py")
        for name in ("A", "B", "C"):
            fact = to_fact(name, frame.names[name])
            if isinstance(fact, Known):
                assert fact.value == names[name], name
                assert type(fact.value) is type(names[name])


@settings(max_examples=60, deadline=None)
@given(PROGRAMS, st.sampled_from([{}, {"P": "p"}]))
def test_an_error_that_python_raises_is_a_failure(program: str, env: dict[str, str]) -> None:
    """A program that is known to run has no failure."""
    text = START + program
    names: dict[str, object] = {"environ": dict(env)}
    code = compile(text.replace("os.environ", "environ").replace("import os", ""), "m", "exec")
    try:
        exec(code, names)
    except Exception:
        return
    evaluator = run(text, given_environment(env))
    evaluator.module("m.py")
    assert not evaluator.failures


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("import os\nX = os.environ['A']\nY = os.environ['B']\n", ["A", "B"]),
        ("import os\nX = os.environ.get('A').split(',')\n", ["A"]),
        ("import os\nX = int(os.getenv('A'))\n", ["A"]),
        ("import os\nif not os.getenv('A'):\n raise ValueError\n", ["A"]),
        (
            "import os\nA = os.getenv('A')\nif A is None and not os.getenv('B'):\n raise E\n",
            ["A", "B"],
        ),
        ("from environ import Env\nenv = Env()\nX = env('A')\nY = env.int('B')\n", ["A", "B"]),
        ("from decouple import config\nX = config('A')\n", ["A"]),
        (
            "from environs import Env\nenv = Env()\nwith env.prefixed('P_'):\n X = env.str('A')\n",
            ["P_A"],
        ),
        ("from starlette.config import Config\nX = Config()('A')\n", ["A"]),
        (
            "from pydantic_settings import BaseSettings\n"
            "class S(BaseSettings):\n a: str\n b: int = 1\n c: str\nS()\n",
            ["A", "C"],
        ),
        (
            "from pydantic_settings import BaseSettings\nfrom pydantic import Field\n"
            "class S(BaseSettings):\n a: str = Field(alias='KEY')\nS()\n",
            ["KEY"],
        ),
        ("import os\ntry:\n X = os.environ['A']\nexcept KeyError:\n X = 1\n", []),
        ("import os\ntry:\n from n import *\nexcept Exception:\n X = 1\n", []),
        ("import os\nif unknown():\n X = os.environ['A']\n", []),
        ("import os\nif unknown():\n from n import *\n", []),
        ("import os\nX = unknown() or os.environ['A']\n", []),
        ("import os\nX = os.environ['A'] if unknown() else 1\n", []),
        ("import os\nX = [os.environ[n] for n in unknown()]\n", []),
        ("import os\ndef f(): return os.environ['A']\n", []),
        ("import os\nos.environ.setdefault('A', '1')\nX = os.environ['A']\n", []),
        ("import os\nX = 'A' in os.environ and os.environ['A']\n", []),
        ("from n import *\n", ["N"]),
    ],
)
def test_what_raises_for_want_of_variables(text: str, missing: list[str]) -> None:
    evaluator = run(text, given_environment({}), n="import os\nM = os.environ['N']\n")
    evaluator.module("m.py")
    found = [name for failure in evaluator.failures for name in failure.variables]
    assert sorted(found) == missing


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("from dotenv import load_dotenv\nload_dotenv()\n", ".env"),
        ("from dotenv import load_dotenv\nload_dotenv(dotenv_path='conf/web.env')\n", "web.env"),
        ("import environ\nenviron.Env.read_env()\n", ".env"),
        ("from environs import Env\nEnv().read_env('.env.prod')\n", ".env.prod"),
        ("from starlette.config import Config\nConfig('a/.env')('B', default='')\n", ".env"),
        ("from decouple import config\nconfig('B', default='')\n", ".env"),
        (
            "from pydantic_settings import BaseSettings, SettingsConfigDict\n"
            "class S(BaseSettings):\n model_config = SettingsConfigDict(env_file='x.env')\nS()\n",
            "x.env",
        ),
    ],
)
def test_a_file_of_variables_may_set_what_is_not_set(text: str, name: str) -> None:
    """Only from there on, only what nothing else sets, and only if it may be there."""
    code = (
        "import os\nA = os.environ.get('X')\n"
        + text
        + "X = os.environ.get('X')\nY = os.environ.get('Y')\n"
    )
    graph = ModuleGraph(Modules(Snapshot.of({"m.py": code})), [""])
    for may_exist in (True, False):
        there = lambda file, answer=may_exist: answer and file.name == name  # noqa: E731
        evaluator = Evaluator(graph, given_environment({"Y": "1"}), may_exist=there)
        names = evaluator.module("m.py").names
        known = {key: isinstance(to_fact(key, names[key]), Known) for key in "AXY"}
        assert known == {"A": True, "X": not may_exist, "Y": True}
        assert name in [file.name for file in evaluator.env_files]
