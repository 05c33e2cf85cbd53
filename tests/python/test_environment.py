# ruff: noqa: E501 (one line a case)
"""Reads of variables anywhere in the code."""

import pytest

from dockerlint_py.context import Snapshot
from dockerlint_py.python.environment import EnvReads
from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.modules import Modules


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("import os\nos.environ['A']\nos.getenv('B')\n", [("A", "required"), ("B", "optional")]),
        ("from os import environ as e\ndef f():\n return e.get('A')\n", [("A", "optional")]),
        ("import os\nc = os.environ\nc['A']\nc.get('B', 1)\n", [("A", "required"), ("B", "optional")]),
        ("import os\nos.environ[x]\n", [(None, "required")]),
        ("import os\nos.environ['A'] = 'x'\n", []),
        ("import environ\nenv = environ.Env()\nenv('A')\nenv.bool('B', False)\nenv.read_env()\n",
         [("A", "required"), ("B", "optional")]),
        ("from decouple import config\nconfig('A', default=1)\n", [("A", "optional")]),
        ("import os\ndef flag(n, d=None):\n return os.getenv(n, d)\ndef g():\n flag('A')\n flag(x)\n",
         [("A", "optional"), (None, "optional")]),
        ("import os\nclass R:\n def get(self, n):\n  return os.environ.get(n)\n"
         "r = R()\nr.get('A')\n{}.get('B')\nother.get('C')\n", [("A", "optional")]),
        ("from base import env\nenv.str('A')\n", [("A", "required")]),
        ("from base import read\ndef f(): read('A')\n", [("A", "optional")]),
        ("import requests\nrequests.get('A')\nx = {}\nx['B']\n", []),
    ],
)  # fmt: skip
def test_reads(text: str, reads: list[tuple[str | None, str]]) -> None:
    base = "import environ, os\nenv = environ.Env()\ndef read(name): return os.getenv(name)\n"
    graph = ModuleGraph(Modules(Snapshot.of({"m.py": text, "base.py": base})))
    assert [(read.name, read.need) for read in EnvReads(graph).of("m.py")] == reads
