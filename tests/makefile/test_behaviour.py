"""What we say of Makefiles, held against GNU make itself."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.makefile import Scope, Unclear, lines_for, read
from dockerlint_py.text import Source

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs GNU make")
NEEDS_DASH = pytest.mark.skipif(Path("/bin/sh").resolve().name != "dash", reason="needs dash")

MAKEFILES = {
    "variables": (
        "PORT ?= 8000\nHOST := 0.0.0.0\nBIND = $(HOST):${PORT}\nQ = @\n"
        "run:\n\t$(Q)gunicorn app:app -b $(BIND) # $@\n"
    ),
    "continued": (
        "ARGS = --workers 2 \\\n       --threads 4\nrun:\n\t-gunicorn \\\n\t\t$(ARGS) \\\n\t  app\n"
    ),
    "needs": (
        ".PHONY: all one \\\n two\nall: one two | three\n\techo all\none: two\n\t@echo one\n"
        "two:\n\t@-  echo two; echo $$HOME\n\nthree:\n# a comment\n\n\techo three\n\t# another\n"
    ),
    "default goal": ".hid:\n\techo no\na%:\n\techo no\none two: three\n\techo $@\nthree: ;\n",
    "told goal": ".DEFAULT_GOAL := b\na:\n\techo a\nb:\n\techo b\n",
    "late": "A = $(B)\nrun:\n\techo $(A) $(RM) $(CURDIR)\nB = b\n",
    "targets": "NAME = run\n$(NAME): $(NAME)-first\n\techo $(NAME)\n$(NAME)-first:\n\techo $@\n",
    "no tab": "run: \n\n\techo 1\nX = 1\n",
    "dollars": "A = $$X$$$$\nrun:\n\techo $(A) '$$Y' \"$$$(A)\"\n",
    "hash": "A = a\\#b # comment\nrun:\n\techo '#'\n",
}


def ours(text: str, folder: Path, goals: list[str], given: dict[str, str]) -> list[str]:
    def look(name: str) -> Known[str | None]:
        return Known(os.environ.get(name))

    scope = Scope(read(Source("Makefile", text)), given, look, str(folder))
    lines = lines_for(scope, goals, lambda name: (folder / name).exists())
    return [line.text.text for line in lines]


@pytest.mark.parametrize("given", [{}, {"PORT": "90", "B": "c"}], ids=["", "given"])
@pytest.mark.parametrize("name", MAKEFILES)
def test_make_prints_the_commands_that_we_find(
    tmp_path: Path, name: str, given: dict[str, str]
) -> None:
    (tmp_path / "Makefile").write_text(MAKEFILES[name])
    words = [f"{key}={value}" for key, value in given.items()]
    done = subprocess.run(["make", "-n", *words], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    try:
        found = ours(MAKEFILES[name], tmp_path, [], given)
    except Unclear:
        assert name in ("default goal", "hash")  # `;` and `\#` are not followed
        return
    printed = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    assert "\n".join(found).splitlines() == printed


COMMANDS = [
    "{python} p.py",
    "{python} 'p.py' a=b",
    "exec {python} p.py",
    '{python} "p.py"',
    "A=1 {python} p.py",
    "cd . && {python} p.py",
    "{python} p.py \\\n\t  --more",
    "{python} p.py > out",
    "{python} p.py *",
    "{python} p.py ~",
    "{python} p.py $$HOME",
    "{python} p.py a\\ b",
    "{python} p.py 'a;b'",
    "{python} p.py a,b:c@d+e/%",
]
PROGRAM = (
    "import os, signal, sys, time\n"
    "def stop(*_):\n    open('told', 'w').close()\n    sys.exit()\n"
    "signal.signal(signal.SIGTERM, stop)\n"
    "parent = open(f'/proc/{os.getppid()}/comm').read().strip()\n"
    "open('made', 'w').write(parent)\nos.rename('made', 'parent')\n"
    "time.sleep(float(os.environ['SLEEP']))\n"
)


@NEEDS_DASH
@pytest.mark.parametrize("command", COMMANDS)
def test_make_starts_simple_commands_without_a_shell(tmp_path: Path, command: str) -> None:
    text = "run:\n\t" + command.format(python=sys.executable) + "\n"
    (tmp_path / "Makefile").write_text(text)
    (tmp_path / "p.py").write_text(PROGRAM)
    env = {**os.environ, "SLEEP": "0"}
    subprocess.run(["make", "run"], cwd=tmp_path, env=env, check=True, capture_output=True)
    scope = Scope(read(Source("Makefile", text)), {}, lambda _: Known(None), "/")
    [line] = lines_for(scope, ["run"], lambda _: False)
    parent = (tmp_path / "parent").read_text()
    assert parent == ("make" if line.is_direct or "exec" in command else "sh")


@NEEDS_DASH
@pytest.mark.parametrize("command", ["{python} p.py", "exec {python} p.py", "A=1 {python} p.py"])
def test_make_hands_sigterm_to_what_it_has_started_and_to_nothing_behind_dash(
    tmp_path: Path, command: str
) -> None:
    (tmp_path / "Makefile").write_text("run:\n\t" + command.format(python=sys.executable) + "\n")
    (tmp_path / "p.py").write_text(PROGRAM)
    env = {**os.environ, "SLEEP": "2"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        ["make", "run"], cwd=tmp_path, env=env, stdout=quiet, stderr=quiet
    ) as make:
        for _ in range(500):
            if (tmp_path / "parent").exists():
                break
            signal.sigtimedwait([], 0.02)
        make.send_signal(signal.SIGTERM)
        make.wait(10)
    behind_shell = (tmp_path / "parent").read_text() == "sh"
    for _ in range(100):
        if behind_shell or (tmp_path / "told").exists():
            break
        signal.sigtimedwait([], 0.02)
    assert (tmp_path / "told").exists() is not behind_shell
