"""The shells that a command may be read by."""

from collections.abc import Sequence
from enum import StrEnum


class ShellFamily(StrEnum):
    """A kind of shell, as far as the tool has to tell them apart."""

    DASH = "dash"
    BASH = "bash"
    ASH = "busybox ash"
    ZSH = "zsh"
    KSH = "ksh"
    POWERSHELL = "PowerShell"
    CMD = "cmd.exe"
    OTHER = "another language"
    UNKNOWN = "unknown"

    @property
    def posix(self) -> bool:
        """Whether `split` reads its language; an unknown shell is taken for one of that kind."""
        return self not in (ShellFamily.POWERSHELL, ShellFamily.CMD, ShellFamily.OTHER)


_BY_PROGRAM = {
    "dash": ShellFamily.DASH,
    "bash": ShellFamily.BASH,
    "ash": ShellFamily.ASH,
    "busybox": ShellFamily.ASH,
    "zsh": ShellFamily.ZSH,
    "ksh": ShellFamily.KSH,
    "mksh": ShellFamily.KSH,
    "powershell": ShellFamily.POWERSHELL,
    "pwsh": ShellFamily.POWERSHELL,
    "cmd": ShellFamily.CMD,
}

POSIX_SHELLS = frozenset({"sh", "dash", "bash", "ash", "zsh", "ksh", "mksh"})
"""Base names of the shells that take a script with `-c`, or a file."""


def basename(program: str) -> str:
    """The last component of a path, of Windows too."""
    return program[max(program.rfind("/"), program.rfind("\\")) + 1 :]


def shell_family(argv: Sequence[str], sh: ShellFamily = ShellFamily.UNKNOWN) -> ShellFamily:
    """The family of a `SHELL`, of a script's `#!` line, or of a command's first words.

    `sh` is what `/bin/sh` is in the image: dash on Debian and Ubuntu, busybox ash on Alpine, bash
    on Fedora, RHEL and their kin. An empty `argv` means the default shell, `/bin/sh`.
    """
    words = list(argv)
    if words and basename(words[0]) == "env":
        words = [word for word in words[1:] if not word.startswith("-")]
    name = basename(words[0]).lower().removesuffix(".exe") if words else "sh"
    if name == "sh":
        return sh
    return _BY_PROGRAM.get(name, ShellFamily.OTHER)
