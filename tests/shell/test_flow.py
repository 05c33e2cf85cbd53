"""Which commands end a script, and which of them takes the place of the shell.

The second column is what the model says; the same text is then run by the real shell.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from dockerlint_py.shell import Ending, ShellFamily, endings, split
from dockerlint_py.text import LogicalText, Source, Span

P = "/usr/bin/readlink /proc/self"

# The script, then whether the program replaces dash, bash and busybox ash that run it with -c.
REPLACES = [
    (P, "no yes yes"),
    (f"{P};", "no yes yes"),
    (f"{P} # comment", "no yes yes"),
    (f"{P}\n", "no yes no"),
    (f"{P} # comment\n", "no yes no"),
    (f"{P}\n\n", "no no no"),
    (f"{P}\n# comment", "no no no"),
    (f"{P} <<E\nx\nE\n", "no no no"),
    (f"true && {P}", "no yes yes"),
    (f"false || {P}", "no yes yes"),
    (f"true; {P}", "no yes yes"),
    (f"true\n{P}", "no yes yes"),
    (f"true && true; {P}", "no yes yes"),
    (f"true; true && {P}", "no no yes"),
    (f"true;\ntrue && {P}", "no yes yes"),
    (f"true | true && {P}", "no yes yes"),
    (f"true & {P}", "no no yes"),
    (f"true &\n{P}", "no yes yes"),
    (f"true & true; {P}", "no yes yes"),
    (f"if true; then true; fi; {P}", "no yes yes"),
    (f"f() {{ true; }}; {P}", "no yes yes"),
    (f"X=1 {P}", "no yes yes"),
    (f"{P} </dev/null", "no no yes"),
    (f"exec 2>&1; {P}", "no yes yes"),
    (f"env {P}", "no yes yes"),
    (f"command {P}", "no yes yes"),
    (f"trap : TERM; {P}", "no no no"),
    (f"trap - TERM; {P}", "no yes yes"),
    (f'trap "" INT; {P}', "no yes yes"),
    (f"true | {P}", "no no no"),
    (f"{P} | cat", "no no no"),
    (f"! {P}", "no no no"),
    (f"{{ {P}; }}", "no no yes"),
    (f"({P})", "no no yes"),
    (f"true && ({P})", "no no yes"),
    (f"{{ {P}; }} </dev/null", "no no no"),
    (f"if true; then {P}; fi", "no no yes"),
    (f"if true\nthen {P}\n# comment\nfi", "no no yes"),
    (f"if true\nthen {P}\nfi\n", "no no no"),
    (f"case x in x) {P};; esac", "no no yes"),
    (f"for i in 1; do {P}; done", "no no no"),
    (f"f() {{ {P}; }}; f", "no no no"),
    (f"exec {P}", "yes yes yes"),
    (f"true && exec {P}", "yes yes yes"),
    (f"X=1 exec {P} </dev/null", "yes yes yes"),
    (f"{{ exec {P}; }}", "yes yes yes"),
    (f"if true; then exec {P}; fi", "yes yes yes"),
    (f"f() {{ exec {P}; }}; f", "yes yes yes"),
    (f"exec {P}\ntrue", "yes yes yes"),
    (f"exec {P} | cat", "no no no"),
    (f"exec {P} & wait", "no no no"),
]
SHELLS = {
    ShellFamily.DASH: ["dash"],
    ShellFamily.BASH: ["bash"],
    ShellFamily.ASH: ["busybox", "ash"],
}


def ending(text: str, shell: ShellFamily, *, of_file: bool = False) -> tuple[Ending, ...]:
    script = split(LogicalText.verbatim(Source("x", text), Span(0, len(text))))
    return endings(script, shell, of_file=of_file)


def program_replaces(text: str, shell: ShellFamily, *, of_file: bool = False) -> bool:
    found = ending(text, shell, of_file=of_file)
    return any(P in end.command.place.text and end.replaces for end in found)


def start(shell: ShellFamily, *arguments: str) -> subprocess.Popen[str]:
    argv = [*SHELLS[shell], *arguments]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def skip_if_missing(shell: ShellFamily) -> None:
    if shell is ShellFamily.ASH and shutil.which("busybox") is None:
        pytest.skip("busybox is not installed")


def cases() -> list[tuple[str, ShellFamily, bool]]:
    return [
        (text, shell, expected == "yes")
        for text, row in REPLACES
        for shell, expected in zip(SHELLS, row.split(), strict=True)
    ]


@pytest.mark.parametrize(("text", "shell", "expected"), cases())
def test_replaces(text: str, shell: ShellFamily, expected: bool) -> None:
    assert program_replaces(text, shell) == expected


@pytest.mark.parametrize("shell", SHELLS)
def test_real_shells_do_the_same(shell: ShellFamily) -> None:
    skip_if_missing(shell)
    running = [
        (text, expected, start(shell, "-c", text))
        for text, family, expected in cases()
        if family is shell
    ]
    for text, expected, process in running:
        output, _ = process.communicate(timeout=20)
        assert (output.split() == [str(process.pid)]) == expected, text


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("text", "expected"), [(P, False), (f"true; exec {P}\n", True)])
def test_script_files(tmp_path: Path, shell: ShellFamily, text: str, expected: bool) -> None:
    assert program_replaces(text, shell, of_file=True) == expected
    skip_if_missing(shell)
    file = tmp_path / "start"
    file.write_text(text)
    process = start(shell, str(file))
    output, _ = process.communicate(timeout=20)
    assert (output.split() == [str(process.pid)]) == expected


@pytest.mark.parametrize("shell", [ShellFamily.UNKNOWN, ShellFamily.ZSH])
def test_other_shells_are_not_judged(shell: ShellFamily) -> None:
    assert [end.replaces for end in ending("a && b", shell)] == [None]
    assert [end.replaces for end in ending("exec b", shell)] == [True]
    assert [end.replaces for end in ending("a && b", shell, of_file=True)] == [False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a; b", ["b"]),
        ("a | b", ["b"]),
        ("a &", ["a &"]),
        ("a\nwait", ["wait"]),
        ("if a; then b; elif c; then d; else e; fi", ["b", "d", "e"]),
        ("case $1 in web) a; b;; worker) c;; esac", ["b", "c"]),
        ("if a; then exec b; fi; c", ["b", "c"]),
        ("exec a; b", ["a"]),
        ("a || exec b; c", ["b", "c"]),
        ("while a; do b; done", ["b"]),
        ("{ a; b; } > log", ["b"]),
        ("(a; (b; c))", ["c"]),
        ("f() { a; b; }; f", ["b"]),
        ("f() { a; g; }; g() { exec b; }; f", ["b"]),
        ("f() { f; }; f", ["f"]),
        ("f() { exec a; }; b", ["b"]),
        ("a $(b)", ["a"]),
        ("cat <<E\n$(b)\nE\n", ["cat"]),
        ("a > f", ["a"]),
        ('set -e\nexec "$@"', ["$@"]),
    ],
)
def test_final_commands(text: str, expected: list[str]) -> None:
    names = []
    for end in ending(text, ShellFamily.DASH):
        words = [word.value for word in end.command.words if word.value != "exec"]
        names.append(words[0] + (" &" if end.command.background else ""))
    assert names == expected
