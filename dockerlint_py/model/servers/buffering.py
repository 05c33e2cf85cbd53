"""Whether what Python programs print stays in a buffer."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


def buffers_of(container: "Container") -> Known[str | None] | None:
    """PYTHONUNBUFFERED where a program needs it and it is off; servers in the background count."""
    if container.process.unknown:
        return None
    servers = (each.invocation for each in container.servers if each.is_certain and each.is_python)
    for program in (*container.process.python, *servers):
        variable = program.env.get("PYTHONUNBUFFERED")
        is_off = isinstance(variable, Known) and variable.value in (None, "", "0")
        if is_off and isinstance(variable, Known) and "u" not in program.program.python_flags:
            return variable
    return None
