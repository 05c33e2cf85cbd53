"""What a container starts: entrypoint and command put together, entry scripts followed."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known, Layers, Unknown
from dockerlint_py.model.image.scripts import ScriptReader
from dockerlint_py.model.image.shellstate import LAYER
from dockerlint_py.model.image.situation import Situation
from dockerlint_py.model.programs.command import CommandLine
from dockerlint_py.model.programs.entry import entry_script, python_script
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.programs.signals import DIRECT, Keeper, Path, catches_signals
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import BlockKind, Command, ShellFamily, Word, endings, shell_family, split
from dockerlint_py.text import LogicalText, Source, Span

if TYPE_CHECKING:
    from dockerlint_py.makefile import Line
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.make_goals import Recipe

PYTHON_PROGRAMS = frozenset(
    "aerich alembic arq celery daphne django-admin dramatiq fastapi flask flower granian gunicorn "
    "huey_consumer hypercorn jupyter manage.py prefect rq scrapy streamlit taskiq uvicorn "
    "waitress-serve".split()
)
"""Programs that are written in Python and run the project's own code."""

MAKES = ("make", "gmake")

MAX_SCRIPTS = 4
"""Entry scripts that call one another; further ones are left unread."""


class Final(NamedTuple):
    """A program that the container may end up running.

    `gets_signals` tells whether `docker stop` reaches it, None where that is not known: it is the
    first process, or nothing but an init is before it. Otherwise `keeper` is the shell in between.
    """

    invocation: Invocation
    gets_signals: bool | None
    keeper: Keeper | None = None


class Process(NamedTuple):
    """The start of a container.

    `lines` are the command lines it is made of, as facts, and `invocations` all programs that are
    started, up to a server that does not end by itself. `finals` are those that it may end up
    running: one, unless a script has branches. `unknown` says why the rest cannot be known; then
    anything may run. `of_base_image`: all of it comes from the base image, nobody in the repository
    chose it. `scripts` are the shell scripts and Makefiles of the repository that it went through.
    """

    lines: tuple[Known[CommandLine], ...]
    invocations: tuple[Invocation, ...] = ()
    finals: tuple[Final, ...] = ()
    unknown: str | None = None
    of_base_image: bool = False
    scripts: tuple[Invocation, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it is known that the image starts nothing."""
        return not self.lines and self.unknown is None

    @property
    def given_a_shell(self) -> Invocation | None:
        """The program that gets a CMD in shell form as its arguments: `/bin/sh`, `-c`, the text."""
        script = self.lines[-1].value.script if len(self.lines) > 1 else None
        for invocation in self.invocations if script is not None else ():
            if any(word.text is script for word in invocation.program.arguments):
                return invocation
        return None

    @property
    def is_shell_form(self) -> bool:
        """Whether a shell reads the command line."""
        return any(line.value.script is not None for line in self.lines)

    @property
    def python(self) -> tuple[Invocation, ...]:
        """Those of the final programs that are Python; the prompt of a bare base image is none."""
        if self.of_base_image:
            return ()
        return tuple(f.invocation for f in self.finals if is_python(f.invocation))


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
    return _Start(container).follow(lines)


def _lines(fact: Known[CommandLine | None]) -> tuple[Known[CommandLine], ...]:
    line = fact.value
    return () if line is None else (Known(line, fact.places, fact.confidence, fact.says),)


class _Here(NamedTuple):
    """Where a script is read: what holds, what it was given, who it runs as, what is before it."""

    situation: Situation
    arguments: tuple[Word, ...] | None = ()
    user: str | None = None
    path: Path = DIRECT
    scripts: int = 0


class _Start:
    """Follows command lines into shells and entry scripts."""

    def __init__(self, container: "Container") -> None:
        self._container = container
        self._base = container.base
        self._situation = container.configuration
        self._invocations: list[Invocation] = []
        self._scripts: list[Invocation] = []
        self._unknown: str | None = None

    def follow(self, lines: tuple[Known[CommandLine], ...]) -> Process:
        here = _Here(self._situation)
        first = lines[0].value
        if first.script is not None and len(lines) == 1:
            family = ShellFamily.UNKNOWN if first.shell is None else self._family(first.shell)
            finals = self._script(first.script, family, here)
        else:
            if any(line.value.script is not None and not line.value.shell for line in lines):
                return Process(lines, unknown="its shell is not known")
            command = Command.from_argv(_joined(lines))
            finals = self._end(_reader(here), command, here)
        of_base_image = all(line.value.place == self._base.place for line in lines)
        return Process(
            lines,
            tuple(self._invocations),
            finals,
            self._unknown,
            of_base_image,
            tuple(self._scripts),
        )

    def _script(
        self, text: LogicalText, family: ShellFamily, here: _Here, *, of_file: bool = False
    ) -> tuple[Final, ...]:
        """The final programs of a script."""
        if not family.posix:
            self._unknown = f"its shell is {family.value}"
            return ()
        script = split(text)
        ends = {id(e.command): e.replaces for e in endings(script, family, of_file=of_file)}
        keeper = Keeper(text.place(0, len(text.text)), family, of_file)
        catches = catches_signals(script)
        reader = _reader(here)
        finals: list[Final] = []
        for command in script.commands:
            if id(command) in ends:
                path = here.path.behind(keeper, replaced=ends[id(command)], catches=catches)
                finals += self._end(reader, command, here._replace(path=path))
                continue
            path = here.path.behind(keeper, replaced=False, catches=catches)
            stays = self._server(reader, command, path)
            finals += stays
            if stays and not command.context and command.after != "|":
                break
        return tuple(finals)

    def _server(self, reader: ScriptReader, command: Command, path: Path) -> list[Final]:
        """The server that a script waits for in its middle: it goes no further."""
        before = len(reader.invocations)
        reader.take(command)
        others = reader.invocations[before:]
        self._invocations += others
        return [Final(i, path.open, path.keeper) for i in others if _stays(i)]

    def _end(self, reader: ScriptReader, command: Command, here: _Here) -> tuple[Final, ...]:
        """The final programs of one command: its own, or those of the script that it runs."""
        inner = reader.inner_script(command)
        if inner is not None and inner.script is not None:
            inside = _Here(
                reader.situation_in(command, inner),
                inner.arguments[1:],
                inner.user.value if inner.user else here.user,
                here.path.through(inner.wrappers),
                here.scripts + 1,
            )
            if inside.scripts > MAX_SCRIPTS:
                return ()
            shell = (inner.shell.value,) if inner.shell else ()
            return self._script(inner.script, self._family(shell), inside)
        before = len(reader.invocations)
        reader.take(command)
        finals: list[Final] = []
        for invocation in reader.invocations[before:]:
            finals += self._program(invocation, here)
        return tuple(finals)

    def _program(self, invocation: Invocation, here: _Here) -> tuple[Final, ...]:
        path = here.path.through(invocation.wrappers)
        if invocation.argv[0].dynamic:
            self._unknown = f"{invocation.argv[0].raw} is known only when the container starts"
        if invocation.name in MAKES:
            return self._made(invocation, here, path)
        script = entry_script(self._container, invocation)
        if script.missing is not None:
            where = "the build context" if self._container.build else "the repository"
            self._unknown = f"the script {script.missing} is not found in {where}"
        source = script.source if here.scripts < MAX_SCRIPTS else None
        if source is None:
            invocation = python_script(self._container, invocation) or invocation
            self._invocations.append(invocation)
            return (Final(invocation, path.open, path.keeper),)
        inside = _Here(
            self._situation._replace(
                env=invocation.env, workdir=Layers[str](()).over(LAYER, invocation.cwd)
            ),
            invocation.program.arguments,
            invocation.user,
            path,
            here.scripts + 1,
        )
        self._scripts.append(invocation)
        return self._entry(source, inside)

    def _made(self, invocation: Invocation, here: _Here, path: Path) -> tuple[Final, ...]:
        """The final programs of make, which hands SIGTERM on to what it has started."""
        from dockerlint_py.model.programs.make_goals import recipe_of

        recipe = recipe_of(self._container, invocation)
        if isinstance(recipe, Unknown) or here.scripts >= MAX_SCRIPTS:
            self._unknown = recipe.why if isinstance(recipe, Unknown) else "make calls make"
            self._invocations.append(invocation)
            return (Final(invocation, path.open, path.keeper),)
        self._scripts.append(invocation)
        workdir = Layers[str](()).over(LAYER, Known(recipe.value.cwd))
        situation = self._situation._replace(env=recipe.value.env, workdir=workdir)
        return self._recipe(
            recipe.value, _Here(situation, (), invocation.user, path, here.scripts + 1)
        )

    def _recipe(self, recipe: "Recipe", here: _Here) -> tuple[Final, ...]:
        """The final programs of a recipe: those of its last line, and servers before it."""
        kept: tuple[Final, ...] = ()
        ends: tuple[Final, ...] = ()
        for line in recipe.lines:
            kept += tuple(final for final in ends if _stays(final.invocation))
            ends = self._recipe_line(line, here)
            if ends and all(_stays(final.invocation) for final in ends):
                break
        return kept + ends

    def _recipe_line(self, line: "Line", here: _Here) -> tuple[Final, ...]:
        if not line.is_direct:
            known = line.is_direct is not None
            family = self._family(line.shell) if known else ShellFamily.UNKNOWN
            return self._script(line.text, family, here)
        reader = _reader(here)
        finals: list[Final] = []
        for command in split(line.text).commands:
            finals += self._end(reader, command, here)
        return tuple(finals)

    def _entry(self, source: Source, here: _Here) -> tuple[Final, ...]:
        first = source.text.partition("\n")[0]
        words = first[2:].split() if first.startswith("#!") else []
        text = LogicalText.verbatim(source, Span(0, len(source.text)))
        return self._script(text, self._family(words), here, of_file=True)

    def _family(self, argv: tuple[str, ...] | list[str]) -> ShellFamily:
        known = {"dash": ShellFamily.DASH, "ash": ShellFamily.ASH, "bash": ShellFamily.BASH}
        sh = known.get(self._base.facts.shell or "", ShellFamily.UNKNOWN)
        return shell_family(argv, sh)


def _stays(invocation: Invocation) -> bool:
    """Whether a script goes no further for as long as the program runs: a server does not end."""
    command = invocation.command
    if command.background or command.within(BlockKind.FUNCTION):
        return False
    return invocation.serving is not None and invocation.serving.detach is None


def _reader(here: _Here) -> ScriptReader:
    return ScriptReader(here.situation, here.arguments, at_start=True, user=here.user)


def _joined(lines: tuple[Known[CommandLine], ...]) -> tuple[LogicalText, ...]:
    """One argument list; a command in shell form is handed over as `/bin/sh -c script`."""
    argv: list[LogicalText] = []
    for line in lines:
        if line.value.argv is not None:
            argv += line.value.argv
        elif line.value.script is not None:
            script = line.value.script
            argv += [LogicalText(script.source, word, ()) for word in line.value.shell or ()]
            argv.append(script)
    return tuple(argv)


def is_python(invocation: Invocation) -> bool:
    """Whether a program is Python, or is known to be written in it."""
    program = invocation.program
    return program.interpreter == "python" or program.name in PYTHON_PROGRAMS
