"""From shell text to the programs it runs: variables, `cd`, `export` and `activate` followed."""

from collections.abc import Mapping

from dockerlint_py.facts import Environment, EnvLayer, Fact, Known, Unknown
from dockerlint_py.model.invocation import Invocation
from dockerlint_py.model.paths import joined
from dockerlint_py.model.situation import Situation
from dockerlint_py.shell import (
    POSIX_SHELLS,
    Assignment,
    Command,
    Unwrapped,
    Word,
    split,
    unwrap,
)
from dockerlint_py.text import LogicalText, Piece

MAX_DEPTH = 8
"""Scripts inside scripts: `sh -c "bash -c '...'"`."""

LAYER = "script"
ACTIVATE = "/bin/activate"
ALL_ARGUMENTS = ('"$@"', "$@", "$*", '"${@}"', "${@}")


def invocations_of_script(text: LogicalText, situation: Situation) -> tuple[Invocation, ...]:
    """What a shell runs when it is given a text, in the order of the text."""
    reader = ScriptReader(situation)
    reader.read(text, 0)
    return tuple(reader.invocations)


def invocations_of_argv(
    argv: tuple[LogicalText, ...], situation: Situation
) -> tuple[Invocation, ...]:
    """What an exec form runs: one program, or the script that it hands to a shell."""
    reader = ScriptReader(situation)
    reader.take(Command.from_argv(argv), 0)
    return tuple(reader.invocations)


class ScriptReader:
    """Follows a script from command to command; `invocations` are the programs it runs.

    `arguments` are what `"$@"` stands for, `exported` the variables that later programs get.
    """

    __slots__ = (
        "_arguments",
        "_cwd",
        "_situation",
        "_variables",
        "_venv",
        "exported",
        "invocations",
    )

    def __init__(self, situation: Situation, arguments: tuple[Word, ...] = ()) -> None:
        self._situation = situation
        self._arguments = arguments
        self._cwd = situation.workdir.effective
        self._variables: dict[str, Fact[str | None]] = {}
        self.exported: dict[str, Fact[str | None]] = {}
        self._venv: str | None = None
        self.invocations: list[Invocation] = []

    def read(self, text: LogicalText, depth: int) -> None:
        """Reads a script; one inside another is read when its command comes."""
        for command in split(text).commands:
            self.take(command, depth)

    def take(self, command: Command, depth: int) -> None:
        """Follows one command."""
        assigned = {a.name: self._assigned(a) for a in command.assignments}
        words = self._expanded(command.words)
        if not words:
            self._variables |= assigned
        elif not self._change_shell(command, words):
            self._run(command, unwrap(words), assigned, depth)

    def _run(
        self,
        command: Command,
        unwrapped: Unwrapped,
        assigned: Mapping[str, Fact[str | None]],
        depth: int,
    ) -> None:
        script = unwrapped.script
        if script is None and _reads_heredoc(command, unwrapped):
            script = command.heredocs[-1].body
        if script is not None:
            if depth < MAX_DEPTH:
                self._read_inside(script, assigned, depth)
            return
        program = unwrapped.program
        if program is None:
            return
        given = {a.name: self._assigned(a) for a in unwrapped.environment}
        user = unwrapped.user
        self.invocations.append(
            Invocation(
                unwrapped.words,
                program,
                command,
                unwrapped.wrappers,
                self._environment({**assigned, **given}),
                self._cwd,
                user.value if user is not None else None,
                self._venv,
            )
        )

    def _read_inside(
        self, script: LogicalText, assigned: Mapping[str, Fact[str | None]], depth: int
    ) -> None:
        """A shell of its own: what it changes is gone when it ends."""
        before = (self._cwd, dict(self._variables), dict(self.exported), self._venv)
        self._variables |= assigned
        self.read(script, depth + 1)
        self._cwd, self._variables, self.exported, self._venv = before

    def _change_shell(self, command: Command, words: tuple[Word, ...]) -> bool:
        """Whether the command only changes the shell itself; if so, it is followed."""
        name, arguments = words[0].value, words[1:]
        if name == "cd":
            self._cwd = self._changed_folder(command, arguments)
        elif name == "export":
            self._export(arguments)
        elif name in (".", "source") and arguments and arguments[0].value.endswith(ACTIVATE):
            self._venv = self._activated(arguments[0])
        elif name == "read":
            self._variables |= {w.value: Unknown("it is read at run time") for w in arguments}
        else:
            return False
        return True

    def _changed_folder(self, command: Command, arguments: tuple[Word, ...]) -> Fact[str]:
        if len(arguments) != 1 or arguments[0].dynamic or arguments[0].value in ("-", "~"):
            return Unknown("a `cd` cannot be followed", places=(command.place,))
        if command.context or command.before == "||":
            return Unknown("a `cd` may or may not happen", places=(command.place,))
        path = arguments[0].value
        if path.startswith("/"):
            return Known(joined("/", path), (command.place,))
        if isinstance(self._cwd, Known):
            return Known(joined(self._cwd.value, path), (command.place,))
        return self._cwd

    def _export(self, arguments: tuple[Word, ...]) -> None:
        for word in arguments:
            name, equals, value = word.value.partition("=")
            if equals:
                fact: Fact[str] = Known(value, (word.place,), says=f"the script exports {name}")
                self.exported[name] = Unknown("it is computed") if word.dynamic else fact
            elif name in self._variables:
                self.exported[name] = self._variables[name]

    def _activated(self, word: Word) -> str | None:
        if word.dynamic:
            return None
        folder = word.value.removesuffix(ACTIVATE)
        if folder.startswith("/"):
            return joined("/", folder)
        return joined(self._cwd.value, folder) if isinstance(self._cwd, Known) else None

    def _assigned(self, assignment: Assignment) -> Fact[str]:
        value = assignment.value.expand(self._lookup)
        place = assignment.value.place
        if value is None:
            return Unknown(f"{assignment.name} is computed", places=(place,))
        return Known(value, (place,), says=f"the command sets {assignment.name}={value}")

    def _lookup(self, name: str) -> Fact[str | None]:
        fact = self._variables.get(name, self.exported.get(name))
        return self._situation.lookup(name) if fact is None else fact

    def _environment(self, prefix: Mapping[str, Fact[str | None]]) -> Environment:
        env = self._situation.run_env
        if self.exported:
            env = env.over(EnvLayer(LAYER, dict(self.exported)))
        return env.over(EnvLayer("prefix", dict(prefix))) if prefix else env

    def _expanded(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The words as the program gets them; a word that is not known stays as it is written."""
        result: list[Word] = []
        for word in words:
            if word.raw in ALL_ARGUMENTS:
                result.extend(self._arguments)
                continue
            fields = word.fields(self._lookup) if word.dynamic and not word.globs else None
            if fields is None:
                result.append(word)
            else:
                result.extend(_literal(word, field) for field in fields)
        return tuple(result)


def _literal(word: Word, value: str) -> Word:
    """A word with a known value, mapped to where the expansion stands."""
    span = word.place.span
    piece = Piece(0, len(value), span.start, span.end - span.start)
    return Word.verbatim(LogicalText(word.text.source, value, (piece,)))


def _reads_heredoc(command: Command, unwrapped: Unwrapped) -> bool:
    """Whether a bare shell gets its script from a here-document: `bash <<EOF`."""
    words = unwrapped.words
    return bool(command.heredocs) and len(words) == 1 and words[0].value in POSIX_SHELLS
