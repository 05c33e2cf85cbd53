"""Shells are told apart, and other languages left alone."""

import pytest

from dockerlint_py.shell import ShellFamily, shell_family, split
from dockerlint_py.text import LogicalText, Source, Span


@pytest.mark.parametrize(
    ("argv", "family"),
    [
        ([], ShellFamily.ASH),
        (["/bin/sh", "-c"], ShellFamily.ASH),
        (["/bin/bash", "-o", "pipefail", "-c"], ShellFamily.BASH),
        (["dash"], ShellFamily.DASH),
        (["/bin/busybox", "sh"], ShellFamily.ASH),
        (["/usr/bin/env", "bash"], ShellFamily.BASH),
        (["/usr/bin/env", "-S", "bash", "-eu"], ShellFamily.BASH),
        (["zsh"], ShellFamily.ZSH),
        (["mksh"], ShellFamily.KSH),
        (["powershell", "-Command"], ShellFamily.POWERSHELL),
        (["C:\\Program Files\\PowerShell\\pwsh.exe"], ShellFamily.POWERSHELL),
        (["cmd", "/S", "/C"], ShellFamily.CMD),
        (["CMD.EXE"], ShellFamily.CMD),
        (["/usr/bin/python3", "-c"], ShellFamily.OTHER),
        (["fish"], ShellFamily.OTHER),
    ],
)
def test_family(argv: list[str], family: ShellFamily) -> None:
    assert shell_family(argv, sh=ShellFamily.ASH) is family


def test_sh_is_unknown_without_facts_about_the_image() -> None:
    assert shell_family(["/bin/sh", "-c"]) is ShellFamily.UNKNOWN


def test_other_languages_are_left_alone() -> None:
    text = LogicalText.verbatim(Source("x", "Get-Item 'a"), Span(0, 11))
    script = split(text, ShellFamily.POWERSHELL)
    assert (script.commands, script.problems) == ((), ())
    assert script.unread == "the shell is PowerShell"
    assert split(text, ShellFamily.UNKNOWN).unread == ""
