"""What rules say of variables and options of Python, shown with Python."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.behaviour.programs import run, write

PRINTS = "import sys, os, signal\nprint('said')\nos.kill(os.getpid(), signal.SIGKILL)\n"
LOGS = "import logging, os, signal\nlogging.warning('said')\nos.kill(os.getpid(), signal.SIGKILL)\n"


@pytest.mark.parametrize(
    ("options", "env", "code", "is_seen"),
    [
        ([], {}, PRINTS, False),
        ([], {"PYTHONUNBUFFERED": ""}, PRINTS, False),
        ([], {"PYTHONUNBUFFERED": "1"}, PRINTS, True),
        ([], {"PYTHONUNBUFFERED": "no"}, PRINTS, True),
        (["-u"], {}, PRINTS, True),
        ([], {}, LOGS, True),
    ],
)
def test_a_killed_program_loses_what_is_in_the_buffer(
    tmp_path: Path, options: list[str], env: dict[str, str], code: str, is_seen: bool
) -> None:
    """PYR002."""
    done = run(tmp_path, *options, "-c", code, **env)
    assert done.status == -9
    assert ("said" in done.output) is is_seen


@pytest.mark.parametrize(
    ("env", "writes"),
    [
        ({}, True),
        ({"PYTHONDONTWRITEBYTECODE": ""}, True),
        ({"PYTHONDONTWRITEBYTECODE": "1"}, False),
    ],
)
def test_bytecode_is_written_unless_a_variable_is_set(
    tmp_path: Path, env: dict[str, str], writes: bool
) -> None:
    """PYR003."""
    write(tmp_path, app="x = 1\n")
    assert run(tmp_path, "-c", "import app", **env) == (0, "")
    assert (tmp_path / "__pycache__").exists() is writes


@pytest.mark.parametrize(
    ("options", "env", "runs"),
    [
        ([], {}, True),
        ([], {"PYTHONOPTIMIZE": ""}, True),
        ([], {"PYTHONOPTIMIZE": "1"}, False),
        (["-O"], {}, False),
        (["-OO"], {}, False),
    ],
)
def test_asserts_are_left_out_with_all_that_they_do(
    tmp_path: Path, options: list[str], env: dict[str, str], runs: bool
) -> None:
    """PYR004."""
    done = run(tmp_path, *options, "-c", "assert print('asked') is None", **env)
    assert done == (0, "asked\n" if runs else "")


@pytest.mark.parametrize(
    ("text", "mode", "error"),
    [
        ("#!/bin/sh\ntrue\n", 0o644, PermissionError),
        ("#!/bin/sh\r\ntrue\r\n", 0o755, FileNotFoundError),
        ("#!/no/such/interpreter\n", 0o755, FileNotFoundError),
        ("#!/bin/sh\ntrue\n", 0o755, None),
    ],
)
def test_what_a_script_needs_to_be_executed(
    tmp_path: Path, text: str, mode: int, error: type[OSError] | None
) -> None:
    """PKG005."""
    script = tmp_path / "start.sh"
    script.write_bytes(text.encode())
    script.chmod(mode)
    if error is None:
        subprocess.run([script], check=True)
    else:
        with pytest.raises(error):
            subprocess.run([script], check=False)


@pytest.mark.parametrize("value", ["False", "0", "no", ""])
def test_every_text_but_the_empty_one_is_true(tmp_path: Path, value: str) -> None:
    """CFG002."""
    code = "import os; print(bool(os.environ.get('DEBUG')))"
    assert run(tmp_path, "-c", code, DEBUG=value) == (0, f"{bool(value)}\n")


def test_the_search_path_passes_over_what_does_not_exist(tmp_path: Path) -> None:
    """PKG003."""
    done = run(tmp_path, "-c", "print(1)", PYTHONPATH="/nowhere/at/all")
    assert done == (0, "1\n")


def test_one_module_by_two_names_has_two_states(tmp_path: Path) -> None:
    """PKG001, PKG003."""
    package = tmp_path / "shop"
    package.mkdir()
    write(package, __init__="", state="items = []\n")
    code = "import state, shop.state\nstate.items.append(1)\nprint(shop.state.items)"
    assert run(tmp_path, "-c", code, PYTHONPATH=f"{tmp_path}:{package}") == (0, "[]\n")


@pytest.mark.skipif(find_spec("setuptools") is None, reason="not everywhere any more")
def test_a_folder_without_init_is_imported_but_not_found_by_others(tmp_path: Path) -> None:
    """PKG002."""
    find = ("-c", "import setuptools; print(*sorted(setuptools.find_packages()))")
    folder = tmp_path / "shop/orders"
    folder.mkdir(parents=True)
    write(tmp_path / "shop", __init__="")
    test = "import unittest\nclass Test(unittest.TestCase):\n    def test(self): print('tried')\n"
    write(folder, test_it=test)
    assert run(tmp_path, "-c", "import shop.orders.test_it") == (0, "")
    discover = ("-m", "unittest", "discover", "-t", ".", "-s", "shop")
    assert run(tmp_path, *find) == (0, "shop\n")
    assert "tried" not in run(tmp_path, *discover).output
    write(folder, __init__="")
    assert run(tmp_path, *find) == (0, "shop shop.orders\n")
    assert "tried" in run(tmp_path, *discover).output


@pytest.mark.parametrize("has_init", [True, False])
def test_pytest_puts_the_folder_above_packages_on_the_path(tmp_path: Path, has_init: bool) -> None:
    """PKG001."""
    root = tmp_path / "project"
    root.mkdir()
    write(root, app="", test_app="def test(): import app\n")
    if has_init:
        write(root, __init__="")
    argv = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", root]
    env = {"PATH": "", "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        argv, cwd=root, env=env, capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.returncode == 0) is not has_init, done.stdout
