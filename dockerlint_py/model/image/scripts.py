"""From shell text to the programs it runs: variables, `cd`, `export` and `activate` followed."""

from collections.abc import Mapping

from dockerlint_py.facts import Environment, EnvLayer, Fact, Known, Layers, Unknown
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.shellstate import (
    LAYER,
    Branches,
    ShellVariables,
    WorkingFolder,
    branches_of,
    may_be_skipped,
)
from dockerlint_py.model.image.situation import Situation
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import (
    POSIX_SHELLS,
    Assignment,
    BlockKind,
    Command,
    Lookup,
    PartKind,
    Unwrapped,
    Word,
    split,
    unwrap,
)
from dockerlint_py.text import LogicalText, Piece, Place

MAX_DEPTH = 8
"""Scripts inside scripts: `sh -c "bash -c '...'"`."""

ACTIVATE = "/bin/activate"
ALL_ARGUMENTS = ('"$@"', "$@", "$*", '"${@}"', "${@}")
DEFAULTING = ("-", ":-", "=", ":=")
CONDITIONS = ("[", "[[", "test", "grep", "command", "which", "type", "hash")
"""Programs that are run for their exit status: what follows `&&` may be skipped."""

SET_BY_SHELL = frozenset(
    "EUID GROUPS HOME HOSTNAME HOSTTYPE IFS LINENO MACHTYPE OLDPWD OSTYPE PIPESTATUS PPID PWD "
    "RANDOM REPLY SECONDS SHELL SHLVL UID USER".split()
)
"""Variables that have a value although no Dockerfile sets them (bash's manual, Docker's HOME)."""

CHANGES_ENVIRONMENT: Mapping[str, tuple[str, ...]] = {
    "env": ("-i", "--ignore-environment", "-u", "--unset"),
    "uv": ("--env-file",),
    "pdm": ("--env-file",),
    "chpst": ("-e",),
    "dockerize": ("-env",),
    "conda": (),
    "sudo": (),
    "su": (),
    "runuser": (),
}
"""Wrappers that change the environment in ways that are not followed; with these options only,
where there are some."""


class Activation(NamedTuple):
    """`. DIR/bin/activate`: the virtual environment as an absolute path, and the command."""

    path: str
    place: Place


def read_script(text: LogicalText, situation: Situation) -> "ScriptReader":
    """The shell of a RUN that is given a text."""
    reader = ScriptReader(situation)
    reader.read(text)
    return reader


def read_argv(argv: tuple[LogicalText, ...], situation: Situation) -> "ScriptReader":
    """The exec form of a RUN: one program, or the script that it hands to a shell."""
    reader = ScriptReader(situation)
    reader.take(Command.from_argv(argv))
    return reader


class ScriptReader:
    """Follows a script from command to command; `invocations` are the programs it runs.

    `activations` are the virtual environments that the script's own shell is switched to.
    `arguments` are what `"$@"` stands for, None when that is not known. With `at_start` the script
    runs in a container, which may be given variables that the image does not have; a RUN has the
    variables that the Dockerfile gives it and no others. `user` is whom the shell runs as, if that
    is another user than the situation's.
    """

    __slots__ = (
        "_arguments",
        "_at_start",
        "_block",
        "_depth",
        "_folder",
        "_guarded",
        "_situation",
        "_tested",
        "_user",
        "_variables",
        "_venv",
        "activations",
        "invocations",
    )

    def __init__(
        self,
        situation: Situation,
        arguments: tuple[Word, ...] | None = (),
        *,
        at_start: bool = False,
        user: str | None = None,
        depth: int = 0,
    ) -> None:
        self._situation = situation
        self._arguments = arguments
        self._at_start = at_start
        self._user = user
        self._depth = depth
        self._folder = WorkingFolder(situation.workdir.effective)
        self._variables = ShellVariables()
        self._venv: str | None = None
        self._block: Branches = ()
        self._tested = False
        self._guarded = False
        self.activations: list[Activation] = []
        self.invocations: list[Invocation] = []

    def read(self, text: LogicalText) -> None:
        """Reads a script; one inside another is read when its command comes."""
        for command in split(text).commands:
            self.take(command)

    def take(self, command: Command) -> None:
        """Follows one command."""
        branches = branches_of(command)
        self._folder.enter(branches)
        if branches[: len(self._block)] != self._block:
            # A test inside a block that has ended says nothing of what comes behind the block.
            self._tested = False
        self._block = branches
        self._guarded = command.before == "||" or (command.before == "&&" and self._tested)
        words = self.expanded(command)
        if not words:
            for assignment in command.assignments:
                self._assign(command, assignment.name, self._assigned(assignment, branches))
        elif not self._change_shell(command, words):
            self._run(command, _with_heredoc(command, unwrap(words)))
        chained = command.before in ("&&", "||") and self._tested
        self._tested = chained or command.name in CONDITIONS

    def expanded(self, command: Command) -> tuple[Word, ...]:
        """The words as the program gets them; a word that is not known stays as it is written."""
        branches = branches_of(command)
        result: list[Word] = []
        for word in command.words:
            if word.raw in ALL_ARGUMENTS and self._arguments is not None:
                result.extend(self._arguments)
                continue
            expands = word.dynamic and not word.globs
            fields = word.fields(self._lookup(branches, word)) if expands else None
            if fields is None:
                result.append(word)
            else:
                result.extend(_literal(word, field) for field in fields)
        return tuple(result)

    def inner_script(self, command: Command) -> Unwrapped | None:
        """The script that a command hands to a shell; None when it runs a program itself."""
        words = self.expanded(command)
        unwrapped = _with_heredoc(command, unwrap(words)) if words else None
        return unwrapped if unwrapped is not None and unwrapped.script is not None else None

    def situation_in(self, command: Command, unwrapped: Unwrapped) -> Situation:
        """What holds for a script that a command starts."""
        return self._situation._replace(
            env=self._environment(command, unwrapped),
            workdir=Layers[str](()).over(LAYER, self._folder.now),
        )

    def _run(self, command: Command, unwrapped: Unwrapped) -> None:
        user = unwrapped.user.value if unwrapped.user is not None else self._user
        if unwrapped.script is not None:
            self._read_inside(unwrapped.script, self.situation_in(command, unwrapped), user)
            return
        program = unwrapped.program
        if program is None:
            return
        self.invocations.append(
            Invocation(
                unwrapped.words,
                program,
                command,
                unwrapped.wrappers,
                self._environment(command, unwrapped),
                self._folder.now,
                user,
                self._venv,
                self._guarded or may_be_skipped(command),
            )
        )

    def _read_inside(self, script: LogicalText, situation: Situation, user: str | None) -> None:
        """A shell of its own: what it changes is gone when it ends."""
        if self._depth >= MAX_DEPTH:
            return
        inside = ScriptReader(
            situation, None, at_start=self._at_start, user=user, depth=self._depth + 1
        )
        # The outer shell expands its own variables in "..." before the inner one reads the text.
        inside._variables = self._variables.handed_on()
        inside._venv = self._venv
        inside.read(script)
        self.invocations += inside.invocations

    def _change_shell(self, command: Command, words: tuple[Word, ...]) -> bool:
        """Whether the command only changes the shell itself; if so, it is followed."""
        name, arguments = words[0].value, words[1:]
        match name:
            case "cd":
                self._folder.change(arguments, branches_of(command), sure=not self._guarded)
            case "export":
                self._export(command, arguments)
            case "declare" | "typeset" if arguments and "x" in arguments[0].value:
                self._export(command, arguments)
            case "unset":
                for word in arguments:
                    self._assign(command, word.value, Known(None, (word.place,)))
            case "read" | "getopts":
                for word in arguments:
                    self._assign(command, word.value, Unknown("it is read at run time"))
            case "." | "source" if arguments:
                self._source(arguments[0])
            case "eval":
                self._variables.forget("`eval` may set it")
            case "set":
                self._set(arguments)
            case "shift":
                self._arguments = None
            case _:
                return False
        return True

    def _assign(self, command: Command, name: str, fact: Fact[str | None]) -> None:
        self._variables.assign(name, fact, branches_of(command), sure=not self._guarded)

    def _export(self, command: Command, arguments: tuple[Word, ...]) -> None:
        for word in arguments:
            name, equals, value = word.value.partition("=")
            if not name.isidentifier():
                if word.dynamic:
                    self._variables.forget(f"`export {word.raw}` may set it")
                continue
            if equals:
                fact: Fact[str] = Known(value, (word.place,), says=f"the script exports {name}")
                if word.dynamic:
                    fact = Unknown("it is computed", places=(word.place,))
                self._assign(command, name, fact)
            self._variables.export(name, self._situation.lookup(name))

    def _source(self, word: Word) -> None:
        """`. file`: the script of a virtual environment is known, any other may do anything."""
        if not word.value.endswith(ACTIVATE):
            self._variables.forget(f"{word.value} may set it")
            return
        folder = word.value.removesuffix(ACTIVATE)
        if not word.dynamic and isinstance(self._folder.now, Known):
            folder = joined(self._folder.now.value, folder)
        self._venv = folder
        if folder.startswith("/") and not word.dynamic:
            self.activations.append(Activation(folder, word.place))

    def _set(self, arguments: tuple[Word, ...]) -> None:
        values = [word.value for word in arguments]
        if values[:2] in (["-o", "allexport"], ["+o", "allexport"]):
            self._variables.exports_all = values[0] == "-o"
        for word in arguments:
            if word.value[:1] not in ("-", "+") or word.value == "--":
                if values[:1] not in (["-o"], ["+o"]):
                    self._arguments = None
                return
            if "a" in word.value:
                self._variables.exports_all = word.value.startswith("-")

    def _assigned(self, assignment: Assignment, branches: Branches) -> Fact[str]:
        value = assignment.value.expand(self._lookup(branches, assignment.value))
        place = assignment.value.place
        if value is None or assignment.appends:
            return Unknown(f"{assignment.name} is computed", places=(place,))
        return Known(value, (place,), says=f"the command sets {assignment.name}={value}")

    def _lookup(self, branches: Branches, word: Word) -> Lookup:
        """Tells the variables of a word; one that only a container may be given is unknown.

        `${PORT:-8000}` stands for its default then.
        """
        defaulted = {
            part.name
            for part in word.parts
            if part.kind is PartKind.VARIABLE and part.operator in DEFAULTING
        }

        def look(name: str) -> Fact[str | None]:
            if any(block.kind is BlockKind.FOR and block.label == name for block in branches):
                return Unknown(f"{name} changes from loop to loop")
            fact = self._variables.get(name, branches)
            if fact is not None:
                return fact
            if name in SET_BY_SHELL:
                return self._set_by_shell(name)
            fact = self._situation.lookup(name)
            unset = isinstance(fact, Known) and fact.value is None
            if unset and self._at_start and name not in defaulted:
                return Unknown(f"{name} may be given to the container")
            return fact

        return look

    def _set_by_shell(self, name: str) -> Fact[str | None]:
        if name == "HOME":
            return self._situation.home
        return self._folder.now if name == "PWD" else Unknown(f"the shell sets {name}")

    def _environment(self, command: Command, unwrapped: Unwrapped) -> Environment:
        """What the program behind the wrappers of a command gets."""
        branches = branches_of(command)
        env = self._situation.run_env
        exported = self._variables.exported(branches)
        if exported is not None:
            env = env.over(exported)
        env = self._over(env, command.assignments, branches)
        for wrapper in unwrapped.wrappers:
            options = CHANGES_ENVIRONMENT.get(wrapper.name)
            if options is not None and (not options or wrapper.has(*options)):
                env = env.over(EnvLayer("prefix", {}, Unknown(f"{wrapper.name} may change it")))
        return self._over(env, unwrapped.environment, branches)

    def _over(
        self, env: Environment, assignments: tuple[Assignment, ...], branches: Branches
    ) -> Environment:
        if not assignments:
            return env
        values: dict[str, Fact[str | None]] = {
            a.name: self._assigned(a, branches) for a in assignments
        }
        return env.over(EnvLayer("prefix", values))


def _literal(word: Word, value: str) -> Word:
    """A word with a known value, mapped to where the expansion stands."""
    span = word.place.span
    piece = Piece(0, len(value), span.start, span.end - span.start)
    return Word.verbatim(LogicalText(word.text.source, value, (piece,)))


def _with_heredoc(command: Command, unwrapped: Unwrapped) -> Unwrapped:
    """A bare shell gets its script from a here-document: `bash <<EOF`."""
    words = unwrapped.words
    if not command.heredocs or len(words) != 1 or words[0].value not in POSIX_SHELLS:
        return unwrapped
    return unwrapped._replace(words=(), script=command.heredocs[-1].body, shell=words[0])
