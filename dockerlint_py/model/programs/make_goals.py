"""What make runs in a container: its Makefile there, and the commands of its goals."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, EnvLayer, Fact, Known, Unknown
from dockerlint_py.makefile import Call, Line, Makefile, Scope, Unclear, lines_for, read, read_call
from dockerlint_py.model.container_files import file_in, has_in
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Source

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

FILES = ("GNUmakefile", "makefile", "Makefile")
_OPTION_VARIABLES = ("MAKEFLAGS", "GNUMAKEFLAGS", "MAKEFILES")


class Recipe(NamedTuple):
    """The commands that make runs one after another, each in a shell of its own."""

    lines: tuple[Line, ...]
    env: Environment
    cwd: str


def recipe_of(container: "Container", invocation: Invocation) -> Fact[Recipe]:
    """The commands that an invocation of make leads to."""
    try:
        return Known(_recipe(container, invocation), (invocation.place,))
    except Unclear as why:
        return Unknown(f"what `{invocation.text}` runs is not known: {why}")


def _recipe(container: "Container", invocation: Invocation) -> Recipe:
    call = read_call(invocation.program.arguments)
    if any(_is_given(invocation.env.get(name)) for name in _OPTION_VARIABLES):
        raise Unclear("variables give it options")
    if isinstance(invocation.cwd, Unknown):
        raise Unclear(invocation.cwd.why)
    folder = invocation.cwd.value
    for part in call.folders:
        folder = joined(folder, part)
    makefile = read(_makefile(container, call, folder))
    scope = Scope(makefile, call.variables, invocation.env.get, folder)

    def exists(name: str) -> bool | None:
        there = has_in(container, joined(folder, name))
        return there.value if isinstance(there, Known) else None

    lines = lines_for(scope, call.goals, exists)
    exports = {name: _exported(scope, name) for name in _exports(makefile, call, invocation.env)}
    return Recipe(lines, invocation.env.over(EnvLayer("make", exports)), folder)


def _is_given(fact: Fact[str | None]) -> bool:
    return isinstance(fact, Known) and bool(fact.value)


def _makefile(container: "Container", call: Call, folder: str) -> Source:
    for name in FILES if call.file is None else (call.file,):
        found = file_in(container, joined(folder, name))
        if isinstance(found, Unknown):
            raise Unclear(found.why)
        if found.value is not None:
            return found.value
    raise Unclear("its Makefile is not found")


def _exports(makefile: Makefile, call: Call, env: Environment) -> list[str]:
    """The variables that the commands get from make; those of the environment are among them."""
    names = [*makefile.exported, *call.variables]
    for name in makefile.variables:
        given = env.get(name)
        if makefile.exports_all or isinstance(given, Unknown) or given.value is not None:
            names.append(name)
    return sorted(set(names))


def _exported(scope: Scope, name: str) -> Fact[str | None]:
    if name not in scope.given and name not in scope.makefile.variables:
        return scope.environment(name)
    try:
        text = scope.variable(name)
    except Unclear as why:
        return Unknown(str(why))
    return Unknown(f"{name} depends on the environment") if text.is_open else Known(text.value)
