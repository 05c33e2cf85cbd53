"""Which commands of a build compile Python modules to bytecode because somebody asked for it."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

COMPILERS = ("compileall", "py_compile")
OPTIONS = {
    "pip": ("--compile",),
    "uv": ("--compile-bytecode", "--compile"),
    "uv pip": ("--compile-bytecode", "--compile"),
    "poetry": ("--compile",),
}
VARIABLE = "UV_COMPILE_BYTECODE"
OFF = ("", "0", "false", "f", "no", "n", "off")


class Bytecode(NamedTuple):
    """The commands of a stage that compile. More of them may be unseen unless it is `complete`."""

    compilers: tuple[Invocation, ...] = ()
    complete: bool = True


def bytecode_of(stage: "Stage") -> Bytecode:
    """The commands of a stage's own RUNs that compile on purpose.

    What pip compiles by default is not meant, and Python writes at run time neither.
    """
    complete = not any(step.hidden for step in stage.steps)
    complete = complete and not any(run.opaque for run in stage.runs)
    compilers = [i for run in stage.runs for i in run.invocations if i.name in COMPILERS]
    for install in stage.installs:
        tool = install.command.tool
        asked = install.invocation.has(*OPTIONS.get(tool, ()))
        if not asked and tool in ("uv", "uv pip"):
            variable = install.invocation.env.get(VARIABLE)
            complete = complete and not isinstance(variable, Unknown)
            asked = isinstance(variable, Known) and (variable.value or "").lower() not in OFF
        if asked:
            compilers.append(install.invocation)
    return Bytecode(tuple(compilers), complete)
