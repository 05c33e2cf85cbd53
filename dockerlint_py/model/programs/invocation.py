"""One program that a RUN, a command or a script runs, and what it sees."""

from dockerlint_py.facts import Environment, Fact, Known
from dockerlint_py.model.programs.serving import Serving, serving
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import Command, Program, Word, Wrapper
from dockerlint_py.text import Place


class Invocation(NamedTuple):
    """A program with its arguments, after `exec`, `env X=1`, `tini --` and the like.

    `argv` has known variables expanded; `program` sees through interpreters. `command` is the
    command as the shell read it, wrappers and redirections included. `env` is the environment with
    what `export` and prefixes add; `cwd` the folder it runs in, after `cd`; `user` whom gosu and
    the like switch to; `venv` the virtual environment that an `activate` script of this very shell
    put on the PATH. `is_conditional`: it may not run at all, for it stands in a branch, a loop, a
    function, behind `||`, or behind `&&` and a test.
    """

    argv: tuple[Word, ...]
    program: Program
    command: Command
    wrappers: tuple[Wrapper, ...]
    env: Environment
    cwd: Fact[str]
    user: str | None = None
    venv: str | None = None
    is_conditional: bool = False

    @property
    def name(self) -> str:
        """The program: `gunicorn` for `python -m gunicorn` too."""
        return self.program.name

    @property
    def place(self) -> Place:
        """From the program to its last argument."""
        first, last = self.argv[0].place, self.argv[-1].place
        if first.source is not last.source or last.span.end <= first.span.start:
            return first
        return first.source.place(first.span.start, last.span.end)

    @property
    def text(self) -> str:
        """The program and its arguments for people."""
        return " ".join(word.value for word in self.argv)

    @property
    def values(self) -> tuple[str, ...]:
        """The program's arguments, dynamic ones as written."""
        return tuple(word.value for word in self.program.arguments)

    @property
    def serving(self) -> Serving | None:
        """The server or worker that it starts; None when it is none that is known."""
        return serving(self.program.name, self.program.arguments)

    def has(self, *options: str) -> bool:
        """Whether one of these options is given, alone or with `=value`."""
        return any(value.partition("=")[0] in options for value in self.values)

    def fact(self, says: str = "") -> Known[str]:
        """The invocation as a fact to be cited."""
        return Known(self.text, (self.place,), says=says or f"`{self.text}` is run")
