"""What a run may import: start-up time is a feature. `benchmarks/` measures it."""

import subprocess
import sys
from pathlib import Path

import pytest

OTHER_PARSERS = ("yaml", "libcst", "ruamel", "dockerfile_parse", "packaging", "pathspec", "tomllib")
SLOW_MODULES = (
    *("dataclasses", "json", "tempfile", "shutil", "subprocess", "difflib", "zipfile"),
    *("importlib.metadata", "importlib.resources", "concurrent.futures", "asyncio", "logging"),
)
PARTS_NOT_NEEDED = ("dockerlint_py.compose", "dockerlint_py.python")
MODULES_OF_OURS = 20
"""More than `--help` needs."""

SCRIPT = """
import gc, sys
from dockerlint_py.__main__ import main
sys.argv[1:] = sys.argv[1].split("|")
try:
    main()
except SystemExit as end:
    assert end.code in (0, 1), end.code
print(*sys.modules, file=sys.stderr)
"""


def imported(*arguments: str) -> tuple[str, set[str]]:
    """The output of a command, and the modules that it imported."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "|".join(arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout, set(done.stderr.split())


def test_a_run_on_a_dockerfile_imports_no_other_parser(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text('FROM python:3.13-slim\nCMD ["python", "app.py"]\n')
    output, modules = imported("check", "--isolated", str(tmp_path))
    assert "container-runs-as-root" in output
    assert modules.isdisjoint({*OTHER_PARSERS, *SLOW_MODULES})
    assert not any(module.startswith(PARTS_NOT_NEEDED) for module in modules)


def test_what_is_installed_is_looked_up_without_the_python_part(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(
        "FROM python:3.13-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"
    )
    (tmp_path / "requirements.txt").write_text("flask==3.1.0\n")
    _, modules = imported("check", "--isolated", str(tmp_path))
    assert "packaging" in modules
    assert not any(module.startswith(PARTS_NOT_NEEDED) for module in modules)


def test_a_run_with_compose_imports_yaml_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text('FROM python:3.13-slim\nCMD ["python", "app.py"]\n')
    (tmp_path / "compose.yaml").write_text("services: {web: {build: .}}\n")
    _, modules = imported("check", "--isolated", str(tmp_path))
    assert modules & {*OTHER_PARSERS, *SLOW_MODULES} == {"yaml"}


@pytest.mark.parametrize("command", ["--help", "--version", "check|--help", "rules"])
def test_a_command_that_audits_nothing_imports_hardly_anything(command: str) -> None:
    output, modules = imported(*command.split("|"))
    assert output
    modules.discard("shutil")  # click asks it for the width of the terminal
    assert modules.isdisjoint({*OTHER_PARSERS, *SLOW_MODULES})
    ours = [module for module in modules if module.startswith("dockerlint_py.")]
    assert len(ours) < MODULES_OF_OURS or command == "rules"
    assert not any(module.startswith("dockerlint_rules.") for module in ours)


def test_the_console_script_leaves_at_once_and_says_everything(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text('FROM python:3.13-slim\nCMD ["python", "app.py"]\n')
    script = (
        "import atexit, sys\n"
        "from dockerlint_py.__main__ import console\n"
        "atexit.register(lambda: print('taken apart'))\n"
        "console()\n"
    )
    for arguments, status, said in (
        (["check", str(tmp_path)], 1, "container-runs-as-root"),
        (["check", str(tmp_path / "absent")], 2, "no such file or folder"),
        (["--version"], 0, "dockerlint-py, version"),
        (["check", "--nonsense"], 2, "No such option"),
    ):
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == status
        assert said in done.stdout + done.stderr
        assert "taken apart" not in done.stdout


def test_the_console_script_spares_the_garbage_collector() -> None:
    script = (
        "import gc, sys\n"
        "from dockerlint_py.__main__ import main\n"
        "try:\n main()\nexcept SystemExit:\n print(gc.get_threshold()[0])\n"
    )
    command = [sys.executable, "-c", script, "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "100000"
