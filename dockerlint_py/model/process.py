"""What a container starts: entrypoint and command put together, entry scripts followed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.command import CommandLine
from dockerlint_py.model.invocation import Invocation
from dockerlint_py.model.scripts import ScriptReader
from dockerlint_py.shell import Command, ShellFamily, Word, endings, shell_family, split
from dockerlint_py.text import LogicalText, Source, Span

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.stage import Stage

PYTHON_PROGRAMS = frozenset(
    "alembic celery daphne django-admin fastapi flask flower granian gunicorn hypercorn manage.py "
    "uvicorn waitress-serve".split()
)

MAX_SCRIPTS = 4
"""Entry scripts that call one another; further ones are left unread."""


class Final(NamedTuple):
    """A program that the container may end up running, and whether it is PID 1 then.

    `is_pid_1` is None where the shell in between is not known well enough.
    """

    invocation: Invocation
    is_pid_1: bool | None


class Process(NamedTuple):
    """The start of a container.

    `lines` are the command lines it is made of, as facts. `finals` are the programs that it may
    end up running: one, unless a script has branches. `exports` are the variables that entry
    scripts set. `unknown` says why the rest cannot be known; then anything may run.
    """

    lines: tuple[Known[CommandLine], ...]
    invocations: tuple[Invocation, ...] = ()
    finals: tuple[Final, ...] = ()
    exports: Mapping[str, Fact[str | None]] = {}
    unknown: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it is known that the image starts nothing."""
        return not self.lines and self.unknown is None

    @property
    def is_shell_form(self) -> bool:
        """Whether a shell reads the command line."""
        return any(line.value.script is not None for line in self.lines)


def effective_process(container: "Container") -> Process:
    """Docker's rules: an entrypoint in shell form takes no command, otherwise they are joined."""
    entrypoint, command = container.entrypoint.effective, container.command.effective
    if isinstance(entrypoint, Unknown):
        return Process((), unknown=entrypoint.why)
    lines = _lines(entrypoint)
    if not (entrypoint.value and entrypoint.value.script is not None):
        if isinstance(command, Unknown):
            return Process(lines, unknown=command.why)
        lines += _lines(command)
    if not lines:
        return Process(())
    return _Start(container.stage).follow(lines)


def _lines(fact: Known[CommandLine | None]) -> tuple[Known[CommandLine], ...]:
    line = fact.value
    return () if line is None else (Known(line, fact.places, fact.confidence, fact.says),)


class _Start:
    """Follows command lines into shells and entry scripts."""

    def __init__(self, stage: "Stage") -> None:
        self._stage = stage
        self._situation = stage.after._replace(arguments={})
        self._invocations: list[Invocation] = []
        self._exports: dict[str, Fact[str | None]] = {}
        self._unknown: str | None = None

    def follow(self, lines: tuple[Known[CommandLine], ...]) -> Process:
        first = lines[0].value
        if first.script is not None and len(lines) == 1:
            family = self._family(first.shell or ())
            finals = self._script(first.script, family, (), of_file=False, depth=0)
        else:
            finals = self._argv(self._joined(lines))
        return Process(lines, tuple(self._invocations), finals, dict(self._exports), self._unknown)

    def _joined(self, lines: tuple[Known[CommandLine], ...]) -> tuple[LogicalText, ...]:
        argv: list[LogicalText] = []
        for line in lines:
            if line.value.argv is not None:
                argv += line.value.argv
            elif line.value.script is not None:
                script = line.value.script
                shell = line.value.shell or ("/bin/sh", "-c")
                argv += [LogicalText(script.source, word, ()) for word in shell]
                argv.append(script)
        return tuple(argv)

    def _argv(self, argv: tuple[LogicalText, ...]) -> tuple[Final, ...]:
        command = Command.from_argv(argv)
        inner = _shell_script_of(argv)
        if inner is not None:
            shell, script = inner
            return self._script(script, self._family((shell,)), (), of_file=False, depth=0)
        reader = ScriptReader(self._situation)
        reader.take(command, 0)
        return self._finals(reader, [(command, True)], depth=0)

    def _script(
        self,
        text: LogicalText,
        family: ShellFamily,
        arguments: tuple[Word, ...],
        *,
        of_file: bool,
        depth: int,
    ) -> tuple[Final, ...]:
        if not family.posix:
            self._unknown = f"its shell is {family.value}"
            return ()
        reader = ScriptReader(self._situation, arguments)
        script = split(text)
        for command in script.commands:
            reader.take(command, 0)
        ends = [
            (ending.command, ending.replaces) for ending in endings(script, family, of_file=of_file)
        ]
        return self._finals(reader, ends, depth)

    def _finals(
        self, reader: ScriptReader, ends: list[tuple[Command, bool | None]], depth: int
    ) -> tuple[Final, ...]:
        """The final programs; an entry script among them is followed in its turn."""
        self._exports |= reader.exported
        finals: list[Final] = []
        for invocation in reader.invocations:
            replaces = next((r for c, r in ends if c is invocation.command), ...)
            if replaces is ...:
                self._invocations.append(invocation)
                continue
            entry = self._entry_script(invocation) if depth < MAX_SCRIPTS else None
            if entry is None:
                self._invocations.append(invocation)
                finals.append(Final(invocation, replaces))
                continue
            inside = self._follow_entry(entry, invocation, depth)
            finals += [f if replaces else f._replace(is_pid_1=replaces) for f in inside]
        return tuple(finals)

    def _follow_entry(
        self, source: Source, invocation: Invocation, depth: int
    ) -> tuple[Final, ...]:
        first = source.text.partition("\n")[0]
        words = first[2:].split() if first.startswith("#!") else []
        text = LogicalText.verbatim(source, Span(0, len(source.text)))
        arguments = invocation.program.arguments
        return self._script(text, self._family(words), arguments, of_file=True, depth=depth + 1)

    def _entry_script(self, invocation: Invocation) -> Source | None:
        """The text of a shell script that is started; notes when it cannot be found."""
        script = invocation.program.script
        name = script.value if script is not None else invocation.argv[0].value
        if invocation.program.interpreter == "python" or name.endswith(".py"):
            return None
        is_script = invocation.program.interpreter or name.endswith((".sh", ".bash"))
        if not is_script and "/" not in name and "entrypoint" not in name:
            return None
        source = self._stage.source_of(name, invocation.cwd)
        if source is None:
            if is_script or "entrypoint" in name:
                self._unknown = f"the script {name} is not found in the build context"
            return None
        return source if is_script or source.text.startswith("#!") else None

    def _family(self, argv: tuple[str, ...] | list[str]) -> ShellFamily:
        known = {"dash": ShellFamily.DASH, "ash": ShellFamily.ASH, "bash": ShellFamily.BASH}
        sh = known.get(self._stage.base.facts.shell or "", ShellFamily.UNKNOWN)
        return shell_family(argv, sh)


def _shell_script_of(argv: tuple[LogicalText, ...]) -> tuple[str, LogicalText] | None:
    """The shell and the script of `["sh", "-c", "..."]`; other wrappers are left to `unwrap`."""
    words = [word.text for word in argv]
    if len(words) >= 3 and words[1] in ("-c", "-ec", "-exc", "-lc") and words[0].endswith("sh"):
        return words[0], argv[2]
    return None


def is_python(invocation: Invocation) -> bool:
    """Whether a program is Python, or is known to be written in it."""
    program = invocation.program
    return program.interpreter == "python" or program.name in PYTHON_PROGRAMS
