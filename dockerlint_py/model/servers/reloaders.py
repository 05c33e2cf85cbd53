"""Programs that start a server, and start it anew when files change."""

from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.shell import Word, program, split


def reloaded(invocation: Invocation) -> Invocation | None:
    """What `watchmedo auto-restart` or `watchfiles` starts; None when it is neither."""
    words = invocation.program.arguments
    command: tuple[Word, ...] = ()
    if invocation.name == "watchmedo" and words and words[0].value == "auto-restart":
        command = _after_dashes(words) or _first_command(words[1:])
    elif invocation.name == "watchfiles":
        command = _quoted_command(words)
    if not command:
        return None
    return invocation._replace(argv=command, program=program(command))


def _after_dashes(words: tuple[Word, ...]) -> tuple[Word, ...]:
    values = [word.value for word in words]
    return words[values.index("--") + 1 :] if "--" in values else ()


def _first_command(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without dashes: from the first word that is no option and no value of one."""
    for number, word in enumerate(words):
        before = words[number - 1].value if number else ""
        takes = before.startswith("-") and "=" not in before and before not in _SWITCHES
        if not word.value.startswith("-") and not takes:
            return words[number:]
    return ()


_SWITCHES = ("-R", "--recursive", "--ignore-directories", "--no-restart-on-command-exit", "-q")


def _quoted_command(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """watchfiles takes the command as one word."""
    for word in words:
        if " " in word.value and not word.value.startswith("-"):
            commands = split(word.cooked()).commands
            return commands[0].words if len(commands) == 1 else ()
    return ()
