"""Imports resolved to files, and what is reached from a module."""

import subprocess
import sys
from pathlib import Path

import pytest

from dockerlint_py.context import Snapshot
from dockerlint_py.python import ModuleKind
from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.modules import Modules

FILES = {
    "backend/app/__init__.py": "",
    "backend/app/main.py": (
        "import os, app.db\nfrom . import routes\nfrom .models import User\n"
        "from app.util.text import clean\n"
    ),
    "backend/app/db.py": "try:\n    from app import fast\nexcept ImportError:\n    fast = None\n",
    "backend/app/fast.py": "",
    "backend/app/routes.py": "def f():\n    from app import late\n",
    "backend/app/late.py": "import shared.tools\n",
    "backend/app/models.py": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.types import T\n"
    ),
    "backend/app/types.py": "",
    "backend/app/util/text.py": "",
    "backend/app/unused.py": "",
    "src/shared/tools.py": "",
    "backend/venv/pyvenv.cfg": "",
    "backend/venv/lib/x.py": "",
    "backend/app/tests/test_x.py": "",
}


@pytest.fixture
def graph() -> ModuleGraph:
    return ModuleGraph(Modules(Snapshot.of(FILES)))


def test_modules(graph: ModuleGraph) -> None:
    assert "backend/venv/lib/x.py" not in graph.modules.known
    assert graph.modules.kind("backend/app/tests/test_x.py") is ModuleKind.TEST
    assert len(graph.modules.parsed) == len(FILES) - 3


@pytest.mark.parametrize(
    ("dotted", "importer", "files"),
    [
        ("app", "backend/app/main.py", ["backend/app/__init__.py"]),
        ("app.db", "backend/app/main.py", ["backend/app/__init__.py", "backend/app/db.py"]),
        (
            "app.util.text",
            "backend/app/main.py",
            ["backend/app/__init__.py", "backend/app/util/text.py"],
        ),
        ("app.db.session", "backend/app/main.py", ["backend/app/__init__.py", "backend/app/db.py"]),
        ("app", "src/shared/tools.py", []),
        ("backend.app.db", "src/x.py", ["backend/app/__init__.py", "backend/app/db.py"]),
        ("shared.tools", "backend/app/late.py", ["src/shared/tools.py"]),
        ("requests", "backend/app/main.py", []),
    ],
)
def test_find(graph: ModuleGraph, dotted: str, importer: str, files: list[str]) -> None:
    assert list(graph.find(dotted, importer)) == files


def test_given_roots_replace_the_guesses() -> None:
    graph = ModuleGraph(Modules(Snapshot.of(FILES)), ["src"])
    assert graph.find("app", "backend/app/main.py") == ()
    assert graph.name_of("src/shared/tools.py") == "shared.tools"


def test_names(graph: ModuleGraph) -> None:
    assert graph.name_of("backend/app/__init__.py") == "app"
    assert graph.name_of("backend/app/util/text.py") == "text"
    assert graph.module("app.db", "backend/app/main.py") == "backend/app/db.py"
    assert graph.module("app.db.session", "backend/app/main.py") is None


def test_reachable(graph: ModuleGraph) -> None:
    def names(**how: bool) -> set[str]:
        found = graph.reachable(["backend/app/main.py"], **how)
        return {path.rpartition("/")[2] for path in found}

    sure = {"main.py", "__init__.py", "db.py", "routes.py", "models.py", "text.py"}
    assert names(optional=False, lazy=False) == sure
    assert names(lazy=False) == sure | {"fast.py"}
    assert names() == sure | {"fast.py", "late.py", "tools.py"}


def test_chain_tells_how_a_file_is_reached(graph: ModuleGraph) -> None:
    reached = graph.reachable(["backend/app/main.py"])
    chain = graph.chain(reached, "src/shared/tools.py")
    assert [edge.path.rpartition("/")[2] for edge in chain] == ["main.py", "routes.py", "late.py"]


def test_a_loop_of_imports_ends() -> None:
    graph = ModuleGraph(Modules(Snapshot.of({"a.py": "import b\n", "b.py": "import a\n"})))
    assert set(graph.reachable(["a.py"])) == {"a.py", "b.py"}


@pytest.mark.parametrize(
    ("level", "name", "dotted"),
    [(0, "app.db", "app.db"), (1, "db", "app.db"), (2, "x", "x"), (9, "x", "x")],
)
def test_absolute(graph: ModuleGraph, level: int, name: str, dotted: str) -> None:
    (item,) = graph.modules.facts("backend/app/late.py").imports
    relative = item._replace(module=name, level=level)
    assert graph.absolute("backend/app/late.py", relative) == dotted


def test_an_encoding_is_honoured() -> None:
    text = "# coding: latin-1\nx = 'é'\n".encode("latin-1")
    modules = Modules(Snapshot.of({"a.py": text, "b.py": b"x = '\xff'\n"}))
    assert not modules.facts("a.py").problems
    assert [problem.code for problem in modules.facts("b.py").problems] == ["encoding"]


MANAGED = {
    "shop/__init__.py": "",
    "shop/manage.py": (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    try:\n        importlib.import_module(name)\n"
        "    except ImportError:\n        continue\n"
        "    print(name)\n"
    ),
    "shop/core/__init__.py": "",
    "shop/core/settings.py": "",
    "shop/core/urls.py": "from core.settings import *\nfrom ..shared import tools\n",
    "shop/orders/models.py": "",
    "shop/shared/__init__.py": "",
    "shop/shared/tools.py": "",
    "other.py": "",
}


@pytest.mark.parametrize("name", ["core.settings", "orders.models", "shared.tools", "core.absent"])
def test_the_folder_of_manage_py_is_searched_although_it_is_a_package(
    name: str, tmp_path: Path
) -> None:
    for path, text in MANAGED.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    command = [sys.executable, "shop/manage.py", name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    graph = ModuleGraph(Modules(Snapshot.of(MANAGED)))
    found = graph.module(name, "shop/core/urls.py")
    assert (found is not None) == (done.stdout.split() == [name])


def test_a_package_that_holds_manage_py_keeps_its_own_name_and_relative_imports() -> None:
    graph = ModuleGraph(Modules(Snapshot.of(MANAGED)))
    assert graph.module("shop.core.settings", "other.py") == "shop/core/settings.py"
    assert graph.module("shop.core.settings", "shop/core/urls.py") == "shop/core/settings.py"
    assert graph.name_of("shop/core/urls.py") == "core.urls"
    targets = [edge.targets[-1] for edge in graph.edges("shop/core/urls.py")]
    assert targets == ["shop/core/settings.py", "shop/shared/tools.py"]
