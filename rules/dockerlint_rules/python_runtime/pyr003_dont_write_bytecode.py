"""Python writes bytecode files at run time, or is told two things about them.

## Why
Without `PYTHONDONTWRITEBYTECODE` Python writes a `.pyc` file for every module that it imports, into
a container that is thrown away. Opinions differ: who compiles while building
(`UV_COMPILE_BYTECODE=1`, `python -m compileall`) starts faster and has no use for the variable. To
ask for both means that modules which the build does not compile are compiled at every start.

## Instead
Decide for one: `ENV PYTHONDONTWRITEBYTECODE=1`, or bytecode that is compiled while building.

## References
- https://docs.python.org/3/using/cmdline.html#envvar-PYTHONDONTWRITEBYTECODE
- https://docs.astral.sh/uv/guides/integration/docker/#compiling-bytecode
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Severity, rule

NAME = "PYTHONDONTWRITEBYTECODE"
OFF = (None, "", "0")


@rule(
    "PYR003",
    "dont-write-bytecode",
    on=Container,
    severities=(Severity.INFO,),
    role="prod",
    tags=("python-runtime", "dockerfile", "performance"),
)
def check(container: Container) -> Iterator[Finding]:
    if container.process.unknown or not container.process.python:
        return
    stages = container.needed_stages
    for compiler in (c for stage in stages for c in stage.bytecode.compilers):
        forbids = compiler.env.get(NAME)
        if isinstance(forbids, Known) and forbids.value not in OFF:
            yield container.finding(
                compiler.place,
                f"this compiles bytecode although {NAME} is set: decide for one of them",
                because=(compiler.fact(), forbids),
            )
    if any(stage.bytecode.compilers or not stage.bytecode.complete for stage in stages):
        return
    variable = _unset(container)
    if variable is not None:
        yield container.finding(
            container.lacking_place(_unset),
            f"nothing sets {NAME}: Python writes .pyc files when it starts",
            because=(*container.process.lines, variable),
        )


def _unset(container: Container) -> Known[str | None] | None:
    """The variable where a program would write bytecode; None when it does not, or may not."""
    for program in container.process.python:
        variable, folder = program.env.get(NAME), program.env.get("PYTHONPYCACHEPREFIX")
        elsewhere = not isinstance(folder, Known) or folder.value
        is_off = isinstance(variable, Known) and variable.value in OFF and not elsewhere
        if is_off and isinstance(variable, Known) and "B" not in program.program.python_flags:
            return variable
    return None
